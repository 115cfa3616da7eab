"""*people*：用自己的话来办事的人，照封存的话说给真正的流程听；量结论、阶段对不对，记错多少，说几句得到结论。"""

import asyncio
import logging
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import text
from tests.postgres import postgres_database, postgres_server

from nonebot_plugin_refund.cli.rehearsing.rehearsal import Rehearsal, rehearsal_on
from nonebot_plugin_refund.dialogue.assembly import settle_memory
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.storage.tables import SnapshotRow, metadata, table_of
from nonebot_plugin_refund.storage.upgrade import open_database

from .driver import run_campaign
from .ledger import Ledger, RunResult, Summary
from .persons.people_desk import Desk
from .persons.people_phrases import FAMILIES, Mouth, Sealed
from .persons.people_report import counted, printed
from .persons.people_talk import Talk
from .persons.people_truth import Truth
from .persons.people_weeks import Weeks
from .worlds.inline_sqlite import use_inline_sqlite
from .worlds.simulated import ReusableDatabase, copy_template

NAME = "people"
STARTS = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
"""第一句话都是这个时候说的：封存的第一句话里，日子照它写。"""
SCENARIOS = {
    "shop-return": 8,
    "live-tip": 6,
    "refund-only": 5,
    "paid-content": 4,
    "top-up": 4,
    "contact": 2,
    "appeal": 2,
}
"""来办哪种事的有几份。"""
_SEALED_OPENINGS = 0.5
KEPT = frozenset({table_of(SnapshotRow).name})
"""清空的时候留着的表：手册的底。"""


class Backend(StrEnum):
    """在哪种数据库上。"""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


@dataclass(frozen=True)
class Stage:
    """一个进程里各场对话共用的：手册、识别器、封存的话、一个库。"""

    editions: Editions
    classifier: Classifier
    sealed: Sealed
    database: ReusableDatabase
    template: Path | None
    """升好级的空库；PostgreSQL 没有，每场之前清空。"""
    runner: asyncio.Runner


def register(app: typer.Typer) -> None:
    """挂上子命令。"""
    app.command(NAME)(people)


def people(
    runs: Annotated[int, typer.Option(help="几个人")] = 200,
    seed: Annotated[int, typer.Option(help="种子")] = 1,
    workers: Annotated[int, typer.Option(help="几个进程一起跑")] = 2,
    database: Annotated[Backend, typer.Option(help="在哪种数据库上")] = Backend.SQLITE,
    show: Annotated[int | None, typer.Option(metavar="NUMBER", help="把第几个人的对话印在终端上，不记账")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次的账跑")] = False,
) -> None:
    """用自己的话来办事的人：结论、阶段对不对，记错多少，说几句得到结论。"""
    with _servers(database, workers) as urls:
        if show is not None:
            _show(urls, seed, show)
            return
        summary = run_campaign(
            ledger_of(database), partial(run_one, urls=urls), seed=seed, runs=runs, workers=workers, resume=resume
        )
    results = Ledger(ledger_of(database), seed, resume=True).results()
    printed([result for index, result in sorted(results.items()) if index < runs])
    _fail_if_broken(summary)


def ledger_of(database: Backend) -> str:
    """账本的名字。"""
    return NAME if database is Backend.SQLITE else f"{NAME}-{database.value}"


def run_one(folder: Path, seed: int, index: int, urls: tuple[str, ...] = ()) -> RunResult:
    """一个人：说到结论，再过几个星期。``urls`` 是几个 PostgreSQL 库，一个进程占一个；空的就用 SQLite。"""
    started = time.monotonic()
    desk, counts = _played(folder, seed, index, urls)
    return RunResult(index, round(time.monotonic() - started, 3), dict(counts), desk.violations)


def _played(folder: Path, seed: int, index: int, urls: tuple[str, ...]) -> tuple[Desk, Counter[str]]:
    stage = _stage(folder, urls, os.getpid())
    return stage.runner.run(_play(stage, random.Random(f"{NAME}:{seed}:{index}")))


async def _play(stage: Stage, chance: random.Random) -> tuple[Desk, Counter[str]]:
    await _emptied(stage)
    try:
        return await _live(stage, chance)
    finally:
        if stage.template is not None:
            await stage.database.close()


async def _live(stage: Stage, chance: random.Random) -> tuple[Desk, Counter[str]]:
    desk = Desk(_rehearsal(stage))
    scenario_id = chance.choices(list(SCENARIOS), weights=list(SCENARIOS.values()))[0]
    edition = stage.editions.current(scenario_id)
    assert edition is not None
    mouth = Mouth(chance)
    truth = Truth(edition.scenario, stage.sealed, chance, desk.now)
    openings = stage.sealed.openings[scenario_id]
    opening = chance.choice(openings) if chance.random() < _SEALED_OPENINGS else None
    talk = Talk(desk, truth, mouth, chance)
    await talk.run(opening)
    if talk.judgement is None:
        return desk, counted(talk, None, stage_right=None)
    case = (await desk.look()).case
    final_rule = case.rule_id if case is not None else None
    weeks = None
    if scenario_id in FAMILIES:
        rule, true = talk.judgement.true_rule, truth.applying()
        weeks = Weeks.after(desk, stage.sealed, mouth, chance, edition.scenario, rule, true)
    if weeks is None:
        return desk, counted(talk, final_rule, stage_right=None)
    await weeks.run()
    return desk, counted(talk, final_rule, stage_right=await weeks.stands_right()) + weeks.counts


def _rehearsal(stage: Stage) -> Rehearsal:
    rehearsal = rehearsal_on(stage.database, stage.editions, stage.classifier)
    rehearsal.clock.moment = STARTS.astimezone(UTC)
    return rehearsal


async def _emptied(stage: Stage) -> None:
    """换成一个空库。"""
    if stage.template is not None:
        file = stage.database.file
        assert file is not None
        copy_template(stage.template, file)
        stage.database.reborn()
        return
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables if table.name not in KEPT)
    async with stage.database.transaction() as session:
        await session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


@cache
def _stage(folder: Path, urls: tuple[str, ...], process: int) -> Stage:
    # 哪种事立了案、哪件没办成，每次都如实记日志；这里只看账
    logging.getLogger("nonebot_plugin_refund").setLevel(logging.CRITICAL)
    book = load_rulebook()
    editions, classifier = Editions(book), Classifier(book.signals(), book.scenarios)
    runner = asyncio.Runner()
    settle_memory()
    if urls:
        url = _mine(folder, urls)
        runner.run(_prepared(url, editions))
        return Stage(editions, classifier, Sealed.read(), ReusableDatabase(url), None, runner)
    template, file = folder / f"template-{process}.db", folder / f"{process}.db"
    use_inline_sqlite()
    runner.run(_prepared(template, editions))
    return Stage(editions, classifier, Sealed.read(), ReusableDatabase(file), template, runner)


def _mine(folder: Path, urls: tuple[str, ...]) -> str:
    """占一个别的进程没占的库。"""
    for number, url in enumerate(urls):
        try:
            (folder / f"taken-{number}").touch(exist_ok=False)
        except FileExistsError:
            continue
        return url
    raise RuntimeError("进程比库多")


async def _prepared(target: str | Path, editions: Editions) -> None:
    """建好库，手册先留底：每场都要留，一场留一遍占去十分之一的时间。"""
    database = await open_database(target)
    async with database.transaction() as session:
        for scenario_id in SCENARIOS:
            edition = editions.current(scenario_id)
            assert edition is not None
            await editions.keep(session, edition, STARTS)
    await database.close()


@contextmanager
def _servers(database: Backend, workers: int) -> Iterator[tuple[str, ...]]:
    """每个进程一个空的 PostgreSQL 库，用完就扔；SQLite 不用。"""
    with ExitStack() as stack:
        if database is Backend.SQLITE:
            yield ()
            return
        server = stack.enter_context(postgres_server())
        yield tuple(stack.enter_context(postgres_database(server)) for _ in range(workers))


def _show(urls: tuple[str, ...], seed: int, index: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk, counts = _played(Path(folder), seed, index, urls)
        for line in desk.lines:
            source = f"（{line.source}）" if line.source else ""
            typer.echo(f"{line.who}：{line.text}{source}")
        for name, count in sorted(counts.items()):
            typer.echo(f"  {name}：{count}")


def _fail_if_broken(summary: Summary) -> None:
    for index, words in summary.violations:
        typer.echo(f"第 {index} 个人：{words}")
    if summary.violations:
        raise typer.Exit(1)
