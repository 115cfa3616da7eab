"""拿上一个发行版的每段对话问今天的手册：规则上变了的都要写明；它留下的案件升级后一样往下走。"""

import asyncio
import functools
import itertools
import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.cli import replaying
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.models import Scenario

from .frozen import VERSIONS, Frozen, frozen
from .recording import Recording, current_book, record, seen, stage_on

ALL = [(version, name) for version in VERSIONS for name in sorted(frozen(version).conversations)]
WITH_CASES = [(version, name) for version, name in ALL if frozen(version).conversations[name]["database"]]
OF_A_CASE = ("scenario", "answers", "rule", "verdict", "stage", "outcome", "timers", "reminders")
book = functools.cache(current_book)


@pytest.fixture(autouse=True, scope="module")
def read_once() -> Iterator[None]:
    """手册和词表只读一次：二十来遍对话用的都是同一本。"""
    with pytest.MonkeyPatch.context() as patch:
        ready = Classifier(book().signals(), book().scenarios)
        patch.setattr(replaying, "open_rulebook", lambda _own=None: book())
        patch.setattr(replaying, "Classifier", lambda *_: ready)
        patch.setattr(type(book()), "signals", lambda _: None)
        yield


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """说完同一句话之后，规则上哪些部分不一样；措辞不在这里比。"""
    changed = [] if before["asked"] == after["asked"] else ["asked"]
    if [case["code"] for case in before["cases"]] != [case["code"] for case in after["cases"]]:
        return [*changed, "cases"]
    pairs = list(zip(before["cases"], after["cases"], strict=True))
    return [*changed, *(part for part in OF_A_CASE if any(old[part] != new[part] for old, new in pairs))]


def undeclared(release: Frozen, name: str, now: Recording) -> Iterator[str]:
    """没写明的变化，每处一句，照着就能写进 ``declared-changes.yaml``。"""
    declared = release.changes_in(name)
    for before, after in zip(release.conversations[name]["steps"], now.steps, strict=True):
        item = declared.get(before["said"])
        if item is not None and item.from_here:
            return
        extra = sorted(set(differences(before, after)) - set(item.changed if item else ()))
        if extra:
            yield f"- {{conversation: {name}, said: “{before['said']}”, changed: {extra}, why: }}"


@functools.cache
def replayed(version: str, name: str) -> Recording:
    transcript = frozen(version).conversations[name]["transcript"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "replay.sqlite3"
        return asyncio.run(record(transcript, book(), file, keep_database=False))


@pytest.mark.parametrize(("version", "name"), ALL)
def test_every_change_of_a_rule_since_the_release_is_declared(
    version: str, name: str, record_property: Callable[[str, object], None]
) -> None:
    now = replayed(version, name)

    assert list(undeclared(frozen(version), name, now)) == []

    before = frozen(version).conversations[name]["transcript"]
    lines = zip(before.splitlines(), now.transcript.splitlines(), strict=False)
    record_property("措辞变了的行", sum(before != after for before, after in lines))


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_declared_really_changed(version: str) -> None:
    """写明的变化若已经没有了，就该删掉：不然真变了也看不出来。"""
    release = frozen(version)
    for item in release.declared:
        then, now = release.conversations[item.conversation]["steps"], replayed(version, item.conversation).steps
        here = [differences(*pair) for pair in zip(then, now, strict=True) if pair[0]["said"] == item.said]
        assert here, f"{item.conversation} 里没有这句话：{item.said}"
        assert item.from_here or any(set(item.changed) <= set(changed) for changed in here), item


def test_an_undeclared_change_is_found_and_said_so_that_it_can_be_copied() -> None:
    release = frozen(VERSIONS[-1])
    name = next(name for _, name in WITH_CASES)
    steps = [dict(step) for step in release.conversations[name]["steps"]]
    steps[-1] = {**steps[-1], "cases": [{**case, "verdict": "other"} for case in steps[-1]["cases"]]}
    (said,) = undeclared(release, name, Recording(steps, "", "", ""))
    assert "verdict" in said
    assert name in said


@pytest.mark.parametrize("version", VERSIONS)
def test_every_edition_the_release_kept_can_still_be_read(version: str) -> None:
    for kept in frozen(version).editions.values():
        assert Edition.from_json(json.dumps(kept["body"])).scenario.id == kept["scenario"]


def _event_of(scenario: Scenario, stage_id: str | None) -> str | None:
    """这个阶段能报告的第一件事；没有为空。"""
    stage = next((stage for stage in scenario.stages if stage.id == stage_id), None)
    return stage.events[0].label if stage is not None and stage.events else None


@pytest.mark.parametrize(("version", "name"), WITH_CASES)
async def test_a_case_of_the_release_keeps_its_answers_dates_and_reminders_and_goes_on(
    version: str, name: str, tmp_path: Path
) -> None:
    release, file = frozen(version), tmp_path / "refund.sqlite3"
    release.restore(name, file)
    async with stage_on(file) as stage:
        stage._numbers = itertools.count(100_000)
        now = stage.clock.moment = datetime.fromisoformat(release.conversations[name]["database_at"])
        before = seen(file, book(), now)
        while await stage.office.mover.step(now):
            pass
        after = seen(file, book(), now)
        for old, new in zip(before["cases"], after["cases"], strict=True):
            changed = {part for part in OF_A_CASE if old[part] != new[part]}
            # 换过去的可以换了规则的名字；要告诉本人的多一条通知；别的一样不变
            assert changed <= {"rule", "reminders"}, (name, old["code"])
            kept = [item for item in new["reminders"] if not item[1].startswith("rules@")]
            assert kept == old["reminders"]

        open_now = [case for case in after["cases"] if case["outcome"] is None]
        assert open_now
        for case in open_now:
            event = _event_of(book().edition(case["scenario"]).scenario, case["stage"])
            if event is None:
                continue
            await stage.play(f"私聊：更新 {case['code']} {event}")
            (moved,) = [item for item in seen(file, book(), now)["cases"] if item["code"] == case["code"]]
            assert moved["stage"] != case["stage"], (name, case["code"], event)
            assert moved["answers"] == case["answers"]
