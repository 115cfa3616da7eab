"""一句话要多久：只读它的意思，和从收到到办完提交的整个一句。

- 读：五种情形（第一句话、答一题、报告、案件里的话、危险和像危险的），句子取自没参加训练的例句，每种轮流读；
  95% 在 3 毫秒以内、99% 在 5 毫秒以内。
- 答：一场访谈从头说到立案，库里只有一件案件，和躺着十万件案件，轮流走；案件多的那边 95% 在 15 毫秒以内，
  中位数不超过案件少的那边的 1.3 倍。

用法：``uv run python benchmarks/answers.py [--quick]``。全部达标退出码为 0，否则为 1；``--quick`` 只看跑不跑得通，
不论达不达标。
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import Worker, percentile, table
from benchmarks.stock import fill

READ_P95_MS, READ_P99_MS, ANSWER_P95_MS, GROWTH_TARGET = 3.0, 5.0, 15.0, 1.3


def main() -> int:
    """跑一遍，印出两张表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description="读一句、答一句要多久")
    parser.add_argument("--quick", action="store_true", help="各跑一轮，只看跑不跑得通")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        answers = measure_answers(Path(folder), cases=50 if quick else 100_000, rounds=1 if quick else 60)
    reads = measure_reading(20 if quick else 400)
    met = report(answers, reads)
    return 0 if met or quick else 1


def measure_answers(folder: Path, *, cases: int, rounds: int) -> dict[int, list[float]]:
    """案件数 → 访谈里每一句的毫秒数；只有一件案件的库与躺着许多案件的库轮流量。"""
    taken: dict[int, list[float]] = {}
    with ExitStack() as running:
        workers: dict[int, Worker] = {}
        for count in (1, cases):
            target = str(folder / f"{count}-cases.sqlite3")
            asyncio.run(fill(target, cases=count))
            workers[count] = running.enter_context(Worker("benchmarks.reminder_worker", "interview", target))
            workers[count].ask()  # 热身，不计
            taken[count] = []
        for _ in range(rounds):
            for count, worker in workers.items():
                taken[count] += worker.ask()["milliseconds"]
    return taken


def measure_reading(sentences: int) -> dict[str, list[float]]:
    """情形 → 每一句读了几毫秒；每种情形 ``sentences`` 句。"""
    with Worker("benchmarks.reading_worker", str(sentences)) as worker:
        return worker.ask()


def report(answers: Mapping[int, Sequence[float]], reads: Mapping[str, Sequence[float]]) -> bool:
    """印出两张表，返回是否全部达标。"""
    _say(table(["读一句，毫秒", "句数", "p50", "p95", "p99"], [_row(kind, taken) for kind, taken in reads.items()]))
    every = [taken for kind in reads.values() for taken in kind]
    read = _judged("读，全部的 p95", percentile(every, 95), READ_P95_MS, "毫秒")
    read &= _judged("读，全部的 p99", percentile(every, 99), READ_P99_MS, "毫秒")
    rows = [_row(f"库里 {cases:,} 件案件", taken) for cases, taken in answers.items()]
    _say("\n" + table(["访谈里答一句，毫秒", "句数", "p50", "p95", "p99"], rows))
    most, fewest = answers[max(answers)], answers[min(answers)]
    answered = _judged("答，案件多的 p95", percentile(most, 95), ANSWER_P95_MS, "毫秒")
    growth = statistics.median(most) / statistics.median(fewest)
    return _judged("答，案件多的比少的", growth, GROWTH_TARGET, "倍") and answered and read


def _row(name: str, taken: Sequence[float]) -> list[str]:
    return [name, str(len(taken)), *(f"{percentile(taken, percent):.1f}" for percent in (50, 95, 99))]


def _judged(name: str, figure: float, target: float, unit: str) -> bool:
    met = figure <= target
    _say(f"{name}：{figure:.2f} {unit}（目标 ≤ {target:g}，{'达标' if met else '超出'}）")
    return met


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
