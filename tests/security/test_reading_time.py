"""最难对付的话也读得完：在分出来的进程里读，卡住了就是失败，不会拖住整场测试。"""

import re
from collections.abc import Callable
from multiprocessing import get_context

from tests.security.harness.hostile_strings import hostile_strings
from tests.security.harness.reading_everything import read_everything
from tests.security.harness.written_patterns import written_patterns

LENGTHS = (100, 200, 400)
"""各种答案至多看两百到四百个字。"""
PLENTY = 300
"""秒；全部读完约五秒。"""
OLD_DONE = r"^(?:我|商家)?(?:已经|早就|早|都|刚|刚刚|昨天|也|全部?|全都|就)*(?:收到|签收)了"
"""从前卡住过整台机器人的：“刚刚刚刚……x”。"""
ONCE_STUCK = ("刚刚" * 50 + "x", "二个、十" * 24 + "1", "我要   " * 40, "。 " * 150, "忘了" * 100 + "?")


def finishes(read: Callable[[], None], seconds: float) -> bool:
    """``read`` 在另一个进程里读不读得完；抛了异常的也不算读完。"""
    child = get_context("fork").Process(target=read, daemon=True)
    child.start()
    child.join(seconds)
    if child.is_alive():
        child.kill()
        child.join()
    return child.exitcode == 0


def test_every_hostile_string_is_read_to_the_end() -> None:
    texts = dict.fromkeys(ONCE_STUCK)
    for number, item in enumerate(written_patterns()[0]):
        length = LENGTHS[number % len(LENGTHS)]
        texts |= dict.fromkeys(hostile_strings(item.pattern.pattern, item.pattern.flags, length))
    assert len(texts) > len(ONCE_STUCK) + 200

    def read() -> None:
        for text in texts:
            read_everything(text)

    assert finishes(read, PLENTY)


def test_a_pattern_that_hangs_is_noticed() -> None:
    texts = hostile_strings(OLD_DONE, 0, LENGTHS[0])

    def read() -> None:
        for text in texts:
            re.match(OLD_DONE, text)

    assert not finishes(read, seconds=1)
