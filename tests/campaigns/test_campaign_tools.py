"""账本与防线的清单。"""

from pathlib import Path

import pytest
from campaigns.defences.guards import GUARDS
from campaigns.defences.security_guards import SECURITY_GUARDS
from campaigns.defences.sql_conditions import conditions_in, sql_guards
from campaigns.defences.taking_out import Edit, Guard
from campaigns.ledger import Ledger, RunResult, Summary
from campaigns.mutations import PACKAGE, ROOT
from campaigns.table import markdown


def test_a_ledger_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    ledger = Ledger("crash", 1, resume=False, folder=tmp_path)
    ledger.append(RunResult(0, 1.5, {"提醒": 2}))
    ledger.append(RunResult(2, 0.5, {"提醒": 1}, ["丢了"]))
    with ledger.path.open("a", encoding="utf-8") as opened:
        opened.write('{"index": 3, "sec')
    again = Ledger("crash", 1, resume=True, folder=tmp_path)
    assert sorted(again.results()) == [0, 2]
    summary = Summary.of(again.results().values())
    assert (summary.runs, summary.counts["提醒"], summary.violations) == (2, 3, [(2, "丢了")])
    assert Ledger("crash", 1, resume=False, folder=tmp_path).results() == {}


@pytest.mark.parametrize("guard", [*GUARDS, *SECURITY_GUARDS], ids=lambda guard: guard.name)
def test_every_guard_can_be_taken_out_of_the_code_as_it_is(guard: Guard) -> None:
    for edit in guard.edits:
        text = (ROOT / PACKAGE / edit.file).read_text(encoding="utf-8")
        compile(edit.applied_to(text), edit.file, "exec")


SOURCE = """\
class Desk:
    def hand_over(self, paper):
        if (
            paper.is_ready
            and self.open
        ):
            note(paper, 时刻=1, twice=True)
            send(paper)
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("if paper.is_ready and self.open", "False", "if (\n            False\n        ):"),
        ("twice=True", "", "note(paper, 时刻=1)"),
        ("时刻=1", "时刻=2", "note(paper, 时刻=2, twice=True)"),
        ("send(paper)", "None", "            None\n"),
    ],
)
def test_a_place_is_found_by_its_function_however_it_is_written(old: str, new: str, expected: str) -> None:
    without = Edit("desk.py", "Desk.hand_over", old, new).applied_to(SOURCE)
    compile(without, "desk.py", "exec")
    assert expected in without


def test_a_guard_that_no_longer_fits_the_code_is_refused() -> None:
    with pytest.raises(ValueError, match="有 0 处"):
        Edit("desk.py", "Desk.hand_over", "gone()").applied_to(SOURCE)
    with pytest.raises(ValueError, match="有 3 处"):
        Edit("desk.py", "Desk.hand_over", "paper").applied_to(SOURCE)
    with pytest.raises(ValueError, match=r"没有 Desk\.take"):
        Edit("desk.py", "Desk.take", "paper").applied_to(SOURCE)


def test_the_table_shows_every_count_and_the_broken_promises() -> None:
    summary = Summary.of([RunResult(0, 1.0, {"提醒": 2}), RunResult(1, 1.0, {"提醒": 1}, ["丢了"])])
    written = markdown(summary).splitlines()
    assert written[2:] == ["| 运行 | 2 |", "| 提醒 | 3 |", "| **违反承诺** | **1** |"]


@pytest.mark.parametrize("guard", sql_guards(ROOT / PACKAGE), ids=lambda guard: guard.name)
def test_every_condition_found_in_the_database_code_can_be_taken_out(guard: Guard) -> None:
    (condition,) = guard.edits
    text = (ROOT / PACKAGE / condition.file).read_text(encoding="utf-8")
    without = condition.applied_to(text)
    compile(without, condition.file, "exec")
    assert without != text


def test_a_moment_compared_outside_a_statement_is_found_whichever_side_it_is_on(tmp_path: Path) -> None:
    (tmp_path / "delivery").mkdir()
    (tmp_path / "delivery" / "rows.py").write_text(
        "late = first_seen <= mark.at, now - at < EVERY, until < due_at, deadline is None, len(seen) > limit\n",
        encoding="utf-8",
    )
    assert [one.text for one in conditions_in(tmp_path)] == [
        "first_seen <= mark.at",
        "now - at < EVERY",
        "until < due_at",
    ]


def test_conditions_wrapped_or_written_as_methods_are_found_too(tmp_path: Path) -> None:
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage" / "rows.py").write_text(
        "open = Row.closed_at.is_(None), tuple_(Row.platform, Row.user_id).in_(few), Row.state.in_(states)\n"
        "due = func.coalesce(Row.next_try_at, Row.due_at) <= now, now >= Row.due_at\n"
        "mine = _column(table, 'platform') == person.platform, person.user_id.removeprefix('x') == 'y'\n",
        encoding="utf-8",
    )
    assert [one.text for one in conditions_in(tmp_path)] == [
        "Row.closed_at.is_(None)",
        "tuple_(Row.platform, Row.user_id).in_(few)",
        "func.coalesce(Row.next_try_at, Row.due_at) <= now",
        "now >= Row.due_at",
        "_column(table, 'platform') == person.platform",
    ]


def test_conditions_on_owner_platform_attempt_and_time_are_found_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage" / "rows.py").write_text(
        "mine = Row.platform == person.platform, _T.c.user_id == bindparam('人')\n"
        "kept = [row for row in rows if row.kept_at > now]\n"
        "other = Row.state == 1, other.platform == Row.platform, len(rows) == 2\n",
        encoding="utf-8",
    )
    found = {one.text: one.always for one in conditions_in(tmp_path)}
    in_sql = '__import__("sqlalchemy").true()'
    assert found == {
        "Row.platform == person.platform": in_sql,
        "_T.c.user_id == bindparam('人')": in_sql,
        "other.platform == Row.platform": in_sql,
        "row.kept_at > now": "True",
    }
    source = (tmp_path / "storage" / "rows.py").read_text(encoding="utf-8")
    (bound,) = (one for one in conditions_in(tmp_path) if "bindparam" in one.text)
    assert bound.applied_to(source).splitlines()[0] == f"mine = Row.platform == person.platform, {in_sql}"
