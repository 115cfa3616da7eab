"""命令：词、参数、连写、打错的；场景自己的命令词由手册给出。"""

import pytest

from nonebot_plugin_refund.dialogue.reading.commands import Command, CommandName, NearMiss, parse_command
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.spoken import load_spoken

OWN = {"客服": "contact", "联系客服": "contact", "申诉": "appeal", "申诉升级": "appeal"}


def test_the_packaged_scenarios_say_their_own_words() -> None:
    assert Editions(load_rulebook()).command_words == OWN


@pytest.mark.parametrize(("word", "scenario"), OWN.items())
def test_a_scenarios_word_opens_it_and_means_nothing_without_the_scenario(word: str, scenario: str) -> None:
    assert parse_command(word, OWN) == Command(CommandName.SCENARIOS, scenario)
    assert not isinstance(parse_command(word, {}), Command)


def test_a_scenarios_word_with_more_behind_it_is_a_description() -> None:
    assert parse_command("客服 电话多少", OWN) is None


@pytest.mark.parametrize("name", CommandName)
def test_every_word_of_a_command_is_the_command(name: CommandName) -> None:
    words = load_spoken().commands.by_id()[name]

    assert words[0] == name.word
    assert {parse_command(word, OWN) for word in words} == {Command(name)}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", Command(CommandName.MENU)),
        ("進度 K7Q2", Command(CommandName.PROGRESS, "k7q2")),
        ("进度K7Q2", Command(CommandName.PROGRESS, "k7q2")),
        ("设置冷却 10分钟", Command(CommandName.SETTINGS, "冷却 10分钟")),
        ("设置恢复默认", Command(CommandName.SETTINGS, "恢复默认")),
        ("图片 关", Command(CommandName.SETTINGS, "图片 关")),
        ("设置图片验证码收不到", None),
        ("孩子打赏了主播怎么办", None),
        ("申", NearMiss("申", "申诉")),
        ("联系", NearMiss("联系", "客服")),
        ("进展", NearMiss("进展", "进度")),
        ("投诉", NearMiss("投诉", "文书")),
    ],
)
def test_what_follows_the_command_word(written: str, expected: Command | NearMiss | None) -> None:
    assert parse_command(written, OWN) == expected
