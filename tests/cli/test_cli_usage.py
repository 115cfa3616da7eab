"""命令打错了：一句中文说哪里错、怎么打，没有英文，没有调用栈，退出码 2。"""

import re

import pytest

from tests.cli.command import refund


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["lint", "--nw"], "没有 --nw 这个选项，是不是 --now"),
        (["lnt"], "没有 “lnt” 这个命令，是不是 lint"),
        (["lint", "--now"], "后面要写一个值"),
        (["copy", "top-up"], "少写了"),
        (["parse", "dat"], "只能写约定好的几种值：date、amount、yesno"),
        (["backup", "x", "--keep", "0"], "--keep"),
        (["backup", "x", "--keep", "y"], "“y”；只写数字"),
    ],
)
def test_a_mistyped_command_is_explained(arguments: list[str], says: str) -> None:
    ran = refund(*arguments)

    assert (ran.code, says in ran.err) == (2, True), ran.err
    assert not re.search(r"Usage|Error|Missing|Invalid|should|Try", ran.err)
    assert ran.out == ""


def test_the_help_page_is_in_chinese() -> None:
    page = refund("overlay", "--help").out

    assert "用法：" in page
    assert "显示这页说明" in page
    assert not re.search(r"Usage|Options|Show this|Commands", page)
