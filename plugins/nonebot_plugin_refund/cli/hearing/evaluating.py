"""听得准不准：``refund evaluate 文件``，拿标注过的话对一遍。"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer

from ...domain.understanding.evaluation import (
    AnswerEvaluation,
    Mistake,
    ScenarioEvaluation,
    evaluate_answers,
    evaluate_scenarios,
)
from ...domain.understanding.scenarios import Classifier, Recognition
from ..output import NowOption, emit, fail, moment, say
from ..rulebooks.books import RulebookOption, open_classifier, open_rulebook, own_scenarios
from ..scoring.bounds import broken_bounds
from ..scoring.dangers import score_dangers
from ..scoring.events import score_events
from ..scoring.follow_ups import score_follow_ups
from ..scoring.labels import FORMATS, Labelled, read_files
from ..scoring.openings import score_openings
from ..scoring.options import score_options
from ..scoring.tally import HEADER, Tally
from .language import readers
from .stated_context import StatedReader, UnknownContextError

_SHOWN_CONFUSIONS = 12


def register(app: typer.Typer) -> None:
    """把命令挂到 ``refund`` 上。"""
    app.command("evaluate")(evaluate)


def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", exists=True, dir_okay=False, help=f"JSON 一行一句：{FORMATS}。"),
    ],
    mistakes: Annotated[bool, typer.Option("--mistakes", help="把认错的每一句列到标准错误。")] = False,
    minimum: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="某个数低于它就退出 1，如 options.recorded=0.94。"),
    ] = None,
    maximum: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="某个数高于它就退出 1，如 options.wrong=0.01。")
    ] = None,
    minimum_f1: Annotated[float, typer.Option(help="各场景 F1 的平均低于它，退出码为 1。")] = 0.0,
    minimum_precision: Annotated[float, typer.Option(help="主动开口的准确率低于它，退出码为 1。")] = 0.0,
    minimum_recall: Annotated[float, typer.Option(help="主动开口的召回率低于它，退出码为 1。")] = 0.0,
    minimum_answers: Annotated[float, typer.Option(help="任何一种答案读对的比例低于它，退出码为 1。")] = 0.0,
    now: NowOption = None,
    rulebook: RulebookOption = None,
) -> None:
    """评听得准不准：标准输出一个 JSON 对象，标准错误一张表。"""
    labelled = read_files(files)
    at = moment(now)
    result: dict[str, Any] = {}
    short: list[str] = []
    if labelled.phrases:
        recognise = _Timed(open_classifier(rulebook))
        scenarios = _evaluated(recognise, labelled.phrases, own_scenarios(rulebook))
        result["scenarios"] = _as_json(scenarios) | {"microseconds": recognise.figures()}
        _show_scenarios(scenarios, recognise.figures(), mistakes)
        short += _below("各场景 F1 的平均", scenarios.macro_f1, minimum_f1)
        short += _below("主动开口的准确率", scenarios.trigger_precision, minimum_precision)
        short += _below("主动开口的召回率", scenarios.trigger_recall, minimum_recall)
    if labelled.answers:
        result["answers"] = {}
        reading = readers(at)
        for kind, rows in labelled.answers.items():
            score = evaluate_answers(reading[kind], rows)
            result["answers"][kind.value] = _answers_as_json(score)
            _show_answers(kind.value, score, mistakes)
            short += _below(f"{kind.value} 读对的比例", score.accuracy, minimum_answers)
    if labelled.needs_reading:
        tallies = _read_like_the_chat(labelled, at, rulebook)
        result |= {tally.name: tally.to_json() for tally in tallies}
        _show_tallies(tallies, mistakes)
    short += broken_bounds(result, minimum or (), maximum or ())
    emit(result)
    for line in short:
        say(line)
    if short:
        raise typer.Exit(1)


def _read_like_the_chat(labelled: Labelled, now: datetime, rulebook: Path | None) -> list[Tally]:
    """照聊天里的听法听一遍；标注里写了手册没有的东西，说清楚并以退出码 2 结束。"""
    reader = StatedReader.of(open_rulebook(rulebook))
    try:
        return [
            *score_options(reader, labelled.options, now),
            *score_events(reader, labelled.events, now),
            *score_openings(reader, labelled.openings, now),
            *score_follow_ups(reader, labelled.follow_ups, now),
            *score_dangers(reader, labelled.dangers, now),
        ]
    except UnknownContextError as error:
        fail(str(error))


def _show_tallies(tallies: Sequence[Tally], mistakes: bool) -> None:
    say(HEADER)
    for tally in tallies:
        say(tally.to_line())
    for tally in tallies if mistakes else ():
        for miss in tally.misses:
            say(f"  {tally.name} {miss.outcome.value}  应是 {miss.wanted}，得到 {miss.heard}：{miss.text}")


class _Timed:
    """识别一句话，顺便记下各用了多久。"""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._passed_by: list[float] = []
        self._looked_at: list[float] = []

    def __call__(self, text: str) -> Recognition:
        before = time.perf_counter()
        worth_a_look = self._classifier.refund_word_present(text)
        checked = time.perf_counter()
        found = self._classifier.classify(text)
        after = time.perf_counter()
        if worth_a_look:
            self._looked_at.append((after - before) * 1e6)
        else:
            self._passed_by.append((checked - before) * 1e6)
        return found

    def figures(self) -> dict[str, float | None]:
        """每句的微秒数：没有退款用字的（只做预查）、有的（预查加识别）。"""
        return {
            "without_refund_word_median": _median(self._passed_by),
            "with_refund_word_median": _median(self._looked_at),
            "with_refund_word_slowest": round(max(self._looked_at), 1) if self._looked_at else None,
        }


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None


def _evaluated(
    recognise: Callable[[str], Recognition], phrases: Sequence[tuple[str, str]], own: Sequence[str]
) -> ScenarioEvaluation:
    try:
        return evaluate_scenarios(recognise, phrases, [one.id for one in open_rulebook().scenarios], own)
    except ValueError as error:
        fail(str(error))


def _as_json(score: ScenarioEvaluation) -> dict[str, Any]:
    return {
        "phrases": score.phrases,
        "macro_f1": round(score.macro_f1, 4),
        "labels": {label: _rounded(asdict(each)) for label, each in score.labels.items()},
        "confusions": [list(pair) for pair in score.confusions],
        "trigger": {"precision": round(score.trigger_precision, 4), "recall": round(score.trigger_recall, 4)},
    }


def _answers_as_json(score: AnswerEvaluation) -> dict[str, Any]:
    return {
        "phrases": score.phrases,
        "accuracy": round(score.accuracy, 4),
        "wrong_values": len(score.wrong_values),
        "asked_again": len(score.asked_again),
    }


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


def _show_scenarios(score: ScenarioEvaluation, figures: Mapping[str, float | None], mistakes: bool) -> None:
    say(f"{'场景':<13}准确率  召回率  F1     句数")
    for label, each in score.labels.items():
        say(f"{label:<15}{each.precision:.3f}   {each.recall:.3f}   {each.f1:.3f}  {each.labelled}")
    say(f"各场景 F1 的平均 {score.macro_f1:.4f}，共 {score.phrases} 句")
    say(f"主动开口：准确率 {score.trigger_precision:.4f}，召回率 {score.trigger_recall:.4f}")
    for true, said, count in score.confusions[:_SHOWN_CONFUSIONS]:
        say(f"  应是 {true}，认成 {said}：{count} 句")
    say(
        f"每句用时（微秒，中位数）：没有退款用字 {figures['without_refund_word_median']}，"
        f"有 {figures['with_refund_word_median']}（最慢 {figures['with_refund_word_slowest']}）"
    )
    if mistakes:
        _list("认错", score.mistakes)
        _list("开错口", score.wrong_triggers)


def _show_answers(kind: str, score: AnswerEvaluation, mistakes: bool) -> None:
    say(
        f"{kind}：读对 {score.accuracy:.4f}（{score.phrases} 句），"
        f"值错 {len(score.wrong_values)} 句，再问 {len(score.asked_again)} 句"
    )
    if mistakes:
        _list("值错", score.wrong_values)
        _list("再问", score.asked_again)


def _list(what: str, mistakes: Sequence[Mistake]) -> None:
    for mistake in mistakes:
        say(f"  {what}  应是 {mistake.label}，得到 {mistake.said}：{mistake.text}")


def _below(name: str, value: float, minimum: float) -> list[str]:
    return [f"{name}是 {value:.4f}，没到 {minimum:g}"] if value < minimum else []
