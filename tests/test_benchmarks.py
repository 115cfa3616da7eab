"""性能对照脚本还跑得起来、量的是它们说的那件事；不看快慢。"""

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.answers import measure_answers, measure_reading
from benchmarks.answers import report as report_answers
from benchmarks.bot import ECHO, OURS, QUICK, EchoProcess, play
from benchmarks.bot import report as report_bots
from benchmarks.flood import Shape, measure_reception
from benchmarks.flood import report as report_flood
from benchmarks.measuring import Worker, percentile, table
from benchmarks.reminder_worker import Claiming, hold_interview
from benchmarks.render import gallery_cards, measure, renewed, typesetting
from benchmarks.render import report as report_cards
from benchmarks.scheduler_worker import fill_job_table
from benchmarks.start import Start, imports
from benchmarks.start import measure as measure_starts
from benchmarks.start import report as report_starts
from benchmarks.stock import AcceptingMessenger, Furniture, assembled, fill

from nonebot_plugin_refund.storage.upgrade import open_database
from tests.e2e.harness.fake_qq import FakeQQ


async def test_a_filled_stock_sends_exactly_what_is_due_and_takes_interviews(tmp_path: Path) -> None:
    stock = await fill(str(tmp_path / "stock.sqlite3"), pending=60)
    assert (stock.pending, stock.cases) == (60, 12)
    database = await open_database(stock.target)
    messenger = AcceptingMessenger()
    assembly = assembled(database, Furniture(), messenger)
    claiming = Claiming(assembly, messenger)
    for _ in range(2):
        assert set(await claiming.round(10)) == {"milliseconds", "cpu"}
        assert len(set(messenger.sent)) == 10
    assert len((await hold_interview(assembly))["milliseconds"]) == 6
    await database.close()


def test_sentences_of_every_kind_are_read_and_interviews_held_beside_one_and_many_cases(tmp_path: Path) -> None:
    answers, reads = measure_answers(tmp_path, cases=3, rounds=1), measure_reading(2)

    assert {cases: len(taken) for cases, taken in answers.items()} == {1: 6, 3: 6}
    assert {kind: len(taken) for kind, taken in reads.items()} == dict.fromkeys(
        ["第一句话", "答一题", "报告进展", "案件里的话", "危险和像危险的"], 2
    )
    assert report_answers({1: [1.0], 3: [1.0]}, {"第一句话": [1.0]})
    assert not report_answers({1: [1.0], 3: [16.0]}, {"第一句话": [1.0]})
    assert not report_answers({1: [1.0], 3: [1.0]}, {"第一句话": [6.0]})


async def test_the_schedulers_fire_what_is_due(tmp_path: Path) -> None:
    stock = await fill(str(tmp_path / "stock.sqlite3"), pending=30)
    jobs = tmp_path / "jobs.sqlite3"
    fill_job_table(jobs, Path(stock.target))
    for store, file in (("memory", stock.target), ("sqlalchemy", str(jobs))):
        with closing(Worker("benchmarks.scheduler_worker", "fire", store, file)) as worker:
            assert worker.ask("3")["milliseconds"] > 0


def test_a_worker_that_cannot_start_names_the_command_to_look_closer() -> None:
    with closing(Worker("benchmarks.nobody", "start")) as worker, pytest.raises(RuntimeError, match="nobody start"):
        worker.ask()


async def test_the_echo_bot_answers_the_one_in_a_hundred(tmp_path: Path) -> None:
    process = EchoProcess(tmp_path)
    await process.start()
    try:
        async with FakeQQ(process.url, clock=time.perf_counter) as qq:
            assert len(await play(qq, rate=200, seconds=1.0, seed=1)) == 2
            assert [message.text for message in qq.delivered] == ["你说的是：", "你说的是：快手买的衣服不合适能退吗"]
    finally:
        await process.stop()


@pytest.mark.parametrize(("ours", "met"), [([4.0, 4.2], True), ([6.0, 6.0], False)])
def test_the_bot_is_judged_by_the_slow_answers(
    ours: Sequence[float], met: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_bots({(OURS, 100): ours, (ECHO, 100): [4.0, 4.0]}, QUICK) is met
    assert ("达标" in capsys.readouterr().out) is met


def test_percentiles_and_tables() -> None:
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0
    assert percentile([7.0], 95) == 7.0
    lines = table(["做法", "毫秒"], [["a", "1.0"], ["退款", "22.0"]]).splitlines()
    assert lines[2:] == ["| a    |  1.0 |", "| 退款 | 22.0 |"]


def test_every_card_is_painted_anew_and_judged_by_kind() -> None:
    cards = dict(list(gallery_cards().items())[:3])
    assert all(renewed(card, "1号") != card and renewed(card, "1号")["kind"] == card["kind"] for card in cards.values())

    taken = measure(typesetting(), cards, rounds=1)

    assert taken.keys() == cards.keys()
    assert min(taken.values()) > 0
    assert "没有比较" in report_cards(cards, taken, {})
    assert "2.0" in report_cards(cards, taken, {name: value * 2 for name, value in taken.items()})


async def test_everybody_else_is_timed_with_and_without_a_flood(capsys: pytest.CaptureFixture[str]) -> None:
    taken = await measure_reception(rounds=1, people=2, pauses=(0.0, 0.01), messages=40)
    assert {shape: len(values) for shape, values in taken.items()} == dict.fromkeys(Shape, 12)
    assert report_flood("试", {shape: [1.0, 2.0] for shape in Shape}) is True
    assert report_flood("试", {Shape.NONE: [1.0], Shape.AT_ONCE: [3.0], Shape.STEADY: [1.0]}) is False
    assert "超出" in capsys.readouterr().out


async def test_a_start_is_timed_weighed_and_judged() -> None:
    (ours,), (first,), (echo,) = (await measure_starts(1, 0.0)).values()
    assert 0 < echo.cpu < ours.cpu < 60
    assert 0 < echo.megabytes < ours.megabytes < first.megabytes
    assert report_starts({"退款助手": [Start(2.4, 2.0, 140, 149)], "回声": [echo]})
    assert not report_starts({"退款助手": [Start(2.6, 2.0, 140, 149)], "回声": [echo]})
    assert not report_starts({"退款助手": [Start(2.4, 2.0, 140, 151)], "回声": [echo]})
    slow_at_first = {"退款助手": [Start(2.4, 2.0, 140, 149)], "退款助手，头一次": [Start(2.6, 2.0, 140, 149)]}
    assert not report_starts(slow_at_first | {"回声": [echo]})


def test_the_imports_are_summed_by_package() -> None:
    written = imports(3).splitlines()
    assert len(written) == 6
    assert "nonebot_plugin_refund" in "".join(written)
