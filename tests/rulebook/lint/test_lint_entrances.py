"""检查：场景的命令词撞上命令、控制词、别的场景，菜单上抢位置。"""

from importlib.resources import files
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.findings import Finding
from nonebot_plugin_refund.rulebook.lint import entrances
from nonebot_plugin_refund.rulebook.loader import load_rulebook

CONTACT = files("nonebot_plugin_refund.rulebook").joinpath("content", "contact.yaml").read_text(encoding="utf-8")
WORDS, PLACE = "command: [客服, 联系客服]\n", "menu: 6\n"


@pytest.fixture
def contact(tmp_path: Path) -> Path:
    """操作者自己的一份“联系客服”，盖过随包的。"""
    return tmp_path / "contact.yaml"


def planted(path: Path, old: str, new: str) -> list[Finding]:
    """把 ``old`` 换成 ``new`` 之后查出的问题。"""
    assert CONTACT.count(old) == 1
    path.write_text(CONTACT.replace(old, new), encoding="utf-8")
    return list(entrances.check(load_rulebook(path.parent)))


def line_of(path: Path, snippet: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text[: text.index(snippet)].count("\n") + 1


def test_the_packaged_entrances_do_not_meet() -> None:
    assert list(entrances.check(load_rulebook())) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("[菜单]", "已经是命令或控制词"),
        ("[找客服, 退出]", "已经是命令或控制词"),
        ("[继续]", "已经是命令或控制词"),
        ("[不清楚]", "已经是命令或控制词"),
        ("[冷却]", "已经是命令或控制词"),
        ("[客服, 客服]", "写了两遍"),
        ("[12315]", "全是数字的是编号"),
        ("[找 客服]", "中间也不能有空格"),
    ],
)
def test_a_command_word_that_cannot_be_one_is_found(contact: Path, words: str, message: str) -> None:
    (found,) = planted(contact, WORDS, f"command: {words}\n")

    assert (found.file, found.line, found.id) == (str(contact), line_of(contact, "command:"), "contact")
    assert (found.check, message in found.message) == ("taken-word", True)


def test_a_word_of_two_scenarios_is_found_in_both(contact: Path) -> None:
    found = planted(contact, WORDS, "command: [客服, 申诉]\n")

    assert [(item.check, item.id) for item in found] == [("taken-word", "contact"), ("taken-word", "appeal")]
    assert "“申诉”也是“appeal”的命令词" in found[0].message


def test_a_place_on_the_menu_taken_twice_is_found_in_both(contact: Path) -> None:
    found = planted(contact, PLACE, "menu: 7\n")

    assert {(item.check, item.id) for item in found} == {("taken-place", "contact"), ("taken-place", "appeal")}
    assert next(item.line for item in found if item.file == str(contact)) == line_of(contact, "menu: 7")


def test_several_without_a_place_share_the_end_of_the_menu(contact: Path) -> None:
    assert planted(contact, PLACE, "") == []
