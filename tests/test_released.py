"""发布过的每一版：那时的规则读得出，那时的数据库打得开、一个值不少，那时的案件接着办。"""

import itertools
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from tools import freeze

from nonebot_plugin_refund.cli.rehearsing.rehearsal import ACCOUNT, rehearsal_on
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE, open_database

_RELEASED = sorted(path.name for path in freeze.RELEASED.glob("*")) if freeze.RELEASED.is_dir() else []
_JUST_NOW = "just-now"
_TALKS = ("shop-return", "live-tip")
Contents = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
async def frozen_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """照现在的手册和结构留的一份：下一版就要照它试。"""
    folder = tmp_path_factory.mktemp("released") / _JUST_NOW
    talks = freeze.ROOT / "docs" / "conversations"
    await freeze.write(folder, [(talks / f"{name}.txt").read_text(encoding="utf-8") for name in _TALKS])
    return folder


@pytest.fixture(params=[_JUST_NOW, *_RELEASED])
def released(request: pytest.FixtureRequest, frozen_now: Path) -> Path:
    """一版留的那一份。"""
    return frozen_now if request.param == _JUST_NOW else freeze.RELEASED / request.param


@pytest.fixture
def database_then(released: Path, tmp_path: Path) -> Path:
    """那一版的数据库文件。"""
    file = tmp_path / "refund.sqlite3"
    connection = sqlite3.connect(file)
    connection.executescript(freeze.unpacked(released / freeze.DATABASE))
    connection.close()
    return file


def _contents(file: Path) -> Contents:
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    finally:
        connection.close()


def _users(contents: Contents) -> list[str]:
    return sorted({row["user_id"] for row in contents["refund_cases"]})


def test_the_rules_of_that_release_are_still_read(released: Path) -> None:
    bodies: dict[str, str] = json.loads(freeze.unpacked(released / freeze.EDITIONS))
    assert len(bodies) > 1
    for scenario_id, body in bodies.items():
        edition = Edition.from_json(body)
        told = json.loads(body)["scenario"]
        assert edition.scenario.id == scenario_id
        assert [stage.id for stage in edition.scenario.stages] == [stage["id"] for stage in told["stages"]]
        assert [rule.id for rule in edition.scenario.rules] == [rule["id"] for rule in told["rules"]]


async def test_the_database_of_that_release_opens_with_every_value(database_then: Path) -> None:
    before = _contents(database_then)
    await (await open_database(database_then)).close()
    after = _contents(database_then)
    assert before["refund_cases"]
    for name in before.keys() - {VERSION_TABLE}:
        kept = [{key: row[key] for key in old} for old, row in zip(before[name], after[name], strict=True)]
        assert kept == before[name], name


async def test_cases_of_that_release_go_on(database_then: Path) -> None:
    """各件案件还读得出它那一版的规则；问起来，案件号还在。"""
    contents = _contents(database_then)
    last = max(datetime.fromisoformat(row["updated_at"]) for row in contents["refund_cases"])
    database = await open_database(database_then)
    book = load_rulebook()
    editions = Editions(book)
    rehearsal = rehearsal_on(database, editions, Classifier(book.signals(), book.scenarios))
    rehearsal._numbers = itertools.count(1_000_000)  # 那时说过的话，号都比它小
    rehearsal.clock.moment = last.replace(tzinfo=UTC) + timedelta(minutes=5)
    try:
        for user in _users(contents):
            rehearsal.user_id = user
            async with database.session() as session:
                person = Person(ACCOUNT.platform, user)
                every = await cases.listed(session, person, include_closed=True)
                assert all([await editions.of_case(session, case) for case in every])
            told = "".join(reply.text for reply in await rehearsal.hear("/退款 我的"))
            assert all(case.code in told for case in every if case.closed_at is None)
    finally:
        await database.close()


def test_a_release_is_frozen_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "RELEASED", tmp_path)
    version = tmp_path / freeze.released_as()
    version.mkdir()
    with pytest.raises(typer.Exit):
        freeze.freeze()
    assert not list(version.iterdir())
