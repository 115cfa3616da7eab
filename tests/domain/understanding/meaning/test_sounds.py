"""读音：与工具做出来的一致；同音的字读音相同。"""

import pytest

from nonebot_plugin_refund.domain.understanding.meaning.features.families import families_in
from nonebot_plugin_refund.domain.understanding.meaning.features.sounds import sounds_of


def test_the_packaged_table_is_what_the_tool_makes() -> None:
    from tools import sounds as tool  # 它带着几万个词的读音，收集测试时用不着

    assert tool.TARGET.read_text(encoding="utf-8") == tool.written()


@pytest.mark.parametrize(("heard", "meant"), [("退火", "退货"), ("商加", "商家"), ("平太", "平台"), ("退宽", "退款")])
def test_words_that_sound_alike(heard: str, meant: str) -> None:
    assert sounds_of(heard) == sounds_of(meant)


@pytest.mark.parametrize(
    ("heard", "family"), [("退火", "return-goods"), ("商加", "merchant"), ("平太", "platform"), ("据绝", "refuse")]
)
def test_a_word_written_by_its_sound_is_of_the_same_family(heard: str, family: str) -> None:
    assert family in families_in(heard)[1]


def test_what_is_not_in_the_table_stays_itself() -> None:
    assert sounds_of("a1，喺") == ("a", "1", "，", "喺")


def test_the_longest_word_wins_in_the_string() -> None:
    string, every = families_in("被驳回诉讼请求")
    assert string[-1].end - string[-1].start == len("驳回诉讼请求")
    assert {"lose", "refuse"} <= every
