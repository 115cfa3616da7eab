"""一件事分几条发来：前面几条没听出是什么事的，和接着来的连成一段听。"""

from datetime import UTC, datetime, timedelta

from nonebot_plugin_refund.dialogue.base.told_so_far import ToldSoFar
from nonebot_plugin_refund.storage.records import Person
from tests.chat.conversation_harness import Bench

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SOMEBODY, OTHER = Person("qq", "1"), Person("qq", "2")


async def test_what_was_told_before_the_matter_was_clear_counts(bench: Bench) -> None:
    await bench.private("我儿子拿我手机")
    said = "".join(await bench.private("给快手主播刷了八千多"))

    assert "谁打赏的 孩子刷的" in said
    assert "8000 元" in said
    assert "是谁刷的" not in said


async def test_three_lines_without_a_matter_wait_for_the_fourth(bench: Bench) -> None:
    await bench.private("我儿子拿我手机", "他才十一岁", "我一点不知道")
    said = "".join(await bench.private("给快手主播刷了八千多"))

    assert "打赏总额：8000 元" in said
    assert "用的是孩子自己的账号" in said


async def test_what_was_said_long_ago_is_another_story(bench: Bench) -> None:
    await bench.private("我儿子拿我手机")
    await bench.advance(hours=1)

    assert "谁打赏的 孩子刷的" not in "".join(await bench.private("给快手主播刷了八千多"))


async def test_a_command_in_between_ends_the_story(bench: Bench) -> None:
    await bench.private("我儿子拿我手机", "/退款 帮助")

    assert "谁打赏的 孩子刷的" not in "".join(await bench.private("给快手主播刷了八千多"))


async def test_a_line_that_is_clear_by_itself_is_heard_by_itself(bench: Bench) -> None:
    first = "".join(await bench.private("快手打赏想退"))
    assert "谁" in first


def test_pieces_are_ones_own_and_soon_forgotten() -> None:
    told = ToldSoFar()
    told.keep(SOMEBODY, "a", "我儿子拿我手机", NOW)
    told.keep(SOMEBODY, "b", "刷了八千", NOW)

    assert told.before(SOMEBODY, "c", NOW) == "我儿子拿我手机，刷了八千"
    assert told.before(SOMEBODY, "b", NOW) == "我儿子拿我手机"
    assert told.before(OTHER, "c", NOW) == ""
    assert told.before(SOMEBODY, "c", NOW + timedelta(minutes=3)) == ""
    told.forget(SOMEBODY)
    assert told.before(SOMEBODY, "c", NOW) == ""


def test_what_is_kept_is_bounded() -> None:
    told = ToldSoFar()
    for number in range(1200):
        told.keep(Person("qq", str(number)), "a", "话", NOW)
    for number in range(9):
        told.keep(OTHER, str(number), "长" * 200, NOW)

    assert told.before(Person("qq", "0"), "z", NOW) == ""
    assert len(told.before(OTHER, "z", NOW)) == 300
