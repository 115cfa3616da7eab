"""从头说起的话的头：说的是哪种事；每个场景的各个选项说没说到；日子和数是答哪一题的。

一段话标的是整段说了什么，没有标在哪一段：先由答话学一遍，找出最像的那一段，再当作就是它学一遍。
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nonebot_plugin_refund.domain.hearing.values.told_values import values_in
from nonebot_plugin_refund.domain.understanding.meaning.linear import Head
from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE, UNSURE
from nonebot_plugin_refund.domain.understanding.meaning.stories import JOINED, MATTER_HEAD, NOTHING, around, windows_of
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .answers import targets
from .corpus import Clause, Opening, Reply, Utterance, questions, rulebook
from .fitting import Fitted, fit, head_of
from .matrices import Floats, matrix, vocabulary

VALUED = (QuestionKind.DATE, QuestionKind.AMOUNT, QuestionKind.NUMBER)
_CHOOSING = (QuestionKind.CHOICE, QuestionKind.YESNO)
_KEPT_FOR_MATTER, _KEPT_FOR_STORY, _KEPT_FOR_VALUES = 12_000, 7000, 2000
_PENALTY = 3e-6
_VALUE_PENALTY = 1e-5
_FIRST_ROUNDS, _ROUNDS = 25, 45
_SEEN_OFTEN = 3
"""少于这么多句里有的特征不要：段与段重叠，只见过一两次的记不住什么。"""
_NOT_SAID = 1.5
"""用了一题的字却没有说到它的小句有多要紧。"""
_ELSEWHERE = 200
"""别的场景的话里，抽这么多段当作什么也没说到。"""


@dataclass
class _Table:
    """例句，和它对各个“题=选项”的意思、要紧多少。"""

    labels: list[str]
    texts: list[str]
    wanted: list[Floats]
    weights: list[Floats]

    def add(self, text: str, wanted: Mapping[int, float], weights: Floats) -> int:
        """加一句，返回它是第几句。"""
        row = np.zeros(len(self.labels), dtype=np.float32)
        for column, value in wanted.items():
            row[column] = value
        self.texts.append(text)
        self.wanted.append(row)
        self.weights.append(weights)
        return len(self.texts) - 1


def stories_of(
    openings: Sequence[Opening], replies: Sequence[Reply], clauses: Sequence[Clause], utterances: Sequence[Utterance]
) -> dict[str, Head]:
    """全部的头，名字见 :mod:`nonebot_plugin_refund.domain.understanding.meaning.stories`。"""
    scenarios = [scenario.id for scenario in rulebook().scenarios]
    heads = {MATTER_HEAD: head_of(fit_matter(openings, utterances, scenarios), keep=_KEPT_FOR_MATTER, temperature=1.0)}
    for scenario in scenarios:
        fitted = fit_story(scenario, openings, replies, clauses)
        heads[scenario] = head_of(fitted, keep=_KEPT_FOR_STORY, temperature=1.0)
        for kind in VALUED:
            if (valued := fit_values(scenario, kind, openings, clauses)) is not None:
                heads[f"{scenario}/{kind.value}"] = head_of(valued, keep=_KEPT_FOR_VALUES, temperature=1.0)
    return heads


def fit_matter(openings: Sequence[Opening], utterances: Sequence[Utterance], scenarios: Sequence[str]) -> Fitted:
    """说的是哪种事。"""
    named = [(one.text, one.label if one.label in scenarios else NOTHING, 0.5) for one in utterances]
    told = [(one.text, one.scenario or NOTHING, 1.0) for one in openings]
    rows = [*named, *told]
    labels = sorted({label for _, label, _ in rows})
    wanted = targets([(label,) for _, label, _ in rows], labels)
    weights = np.array([weight for *_, weight in rows], dtype=np.float32)
    return fit_primal(
        [text for text, *_ in rows], wanted, labels, weights[:, None].repeat(len(labels), 1), independent=False
    )


def fit_story(
    scenario: str, openings: Sequence[Opening], replies: Sequence[Reply], clauses: Sequence[Clause]
) -> Fitted:
    """一个场景里各题的各个选项说没说到。"""
    table = _Table(_labels(scenario, openings, replies, clauses), [], [], [])
    columns = _columns(table.labels)
    _add_replies(table, columns, scenario, replies, clauses)
    places = _add_openings(table, columns, scenario, openings)
    first = _fitted(table, _FIRST_ROUNDS)
    for opening, windows, start in places:
        scores = first.scores(windows)
        for question, value in opening.facts.items():
            column = columns.get(question, {}).get(str(value))
            if column is not None:
                row = start + int(scores[:, column].argmax())
                table.wanted[row] = table.wanted[row].copy()
                table.weights[row] = table.weights[row].copy()
                table.wanted[row][column], table.weights[row][column] = 1.0, 3.0
    return _fitted(table, _ROUNDS)


def fit_values(
    scenario: str, kind: QuestionKind, openings: Sequence[Opening], clauses: Sequence[Clause]
) -> Fitted | None:
    """这种日子或数答的是哪一题；这个场景没有这种题是 ``None``。"""
    rows: list[tuple[str, str, float]] = []
    for one in [*openings, *(clause.as_opening() for clause in clauses)]:
        weight = 1.0 if one.scenario == scenario else 0.05
        for told in values_in(kind, one.text, one.now):
            label = NONE
            if one.scenario == scenario:
                label = next(
                    (key for key, value in one.facts.items() if _same(scenario, key, kind, value, told.value)), NONE
                )
            rows.append((around(told.text, told.start, told.end), label, weight))
    labels = sorted({label for _, label, _ in rows})
    if len(labels) < 2:
        return None
    return fit(
        [text for text, *_ in rows],
        targets([(label,) for _, label, _ in rows], labels),
        labels,
        penalty=_VALUE_PENALTY,
        weights=np.array([weight for *_, weight in rows], dtype=np.float32),
    )


def fit_primal(
    texts: Sequence[str],
    wanted: Floats,
    labels: Sequence[str],
    weights: Floats,
    *,
    independent: bool,
    rounds: int = _ROUNDS,
) -> Fitted:
    """直接在特征的权重上求：例句多、意思多的时候比在句子的内积上求快。

    ``weights`` 一句一行、一个意思一列：不知道说没说到的是 0。
    """
    known = vocabulary(texts)
    rows = matrix(texts, known)
    often = np.flatnonzero(np.bincount(rows.indices, minlength=len(known)) >= _SEEN_OFTEN)
    rows = rows[:, often]
    turned = rows.T.tocsr()
    count, width = len(often), len(labels)
    share = weights / (weights.sum(0).mean() if independent else weights[:, 0].sum())

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        point = flat.astype(np.float32)
        table, biases = point[: count * width].reshape(count, width), point[count * width :]
        scores = rows @ table + biases
        loss, slope = _independent(scores, wanted, share) if independent else _exclusive(scores, wanted, share)
        loss += 0.5 * _PENALTY * float((table * table).sum())
        inner = turned @ slope + np.float32(_PENALTY) * table
        return loss, np.concatenate([inner.ravel(), slope.sum(0)]).astype(np.float64)

    start = np.zeros(count * width + width)
    if independent:
        start[count * width :] = -3.0
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 5})
    solution = found.x.astype(np.float32)
    return Fitted(
        tuple(labels), known[often], solution[: count * width].reshape(count, width), solution[count * width :]
    )


def _independent(scores: Floats, wanted: Floats, share: Floats) -> tuple[float, Floats]:
    chances = 1 / (1 + np.exp(-scores))
    tiny = np.float32(1e-7)
    right = wanted * np.log(chances + tiny) + (1 - wanted) * np.log(1 - chances + tiny)
    return -float((share * right).sum()), np.asarray((chances - wanted) * share, dtype=np.float32)


def _exclusive(scores: Floats, wanted: Floats, share: Floats) -> tuple[float, Floats]:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    chances = raised / raised.sum(1, keepdims=True)
    loss = -float((share * wanted * np.log(chances + np.float32(1e-12))).sum())
    return loss, np.asarray((chances - wanted) * share, dtype=np.float32)


def _fitted(table: _Table, rounds: int) -> Fitted:
    wanted, weights = np.array(table.wanted), np.array(table.weights)
    return fit_primal(table.texts, wanted, table.labels, weights, independent=True, rounds=rounds)


def _labels(
    scenario: str, openings: Sequence[Opening], replies: Sequence[Reply], clauses: Sequence[Clause]
) -> list[str]:
    """例句里说到过的题的各个选项；一句例句也没有的题学不了，照字面听。"""
    said = {
        *(reply.head for reply in replies),
        *(f"{clause.scenario}/{clause.question}" for clause in clauses),
        *(f"{one.scenario}/{question}" for one in openings for question in one.facts),
    }
    return [
        f"{head.partition('/')[2]}{JOINED}{option}"
        for head, question in sorted(questions().items())
        if head.startswith(f"{scenario}/") and head in said and question.kind in _CHOOSING
        for option in ([one.id for one in question.options] or ["yes", "no"])
    ]


def _columns(labels: Sequence[str]) -> dict[str, dict[str, int]]:
    """题 → 选项 → 第几列。"""
    columns: dict[str, dict[str, int]] = {}
    for index, label in enumerate(labels):
        question, _, option = label.partition(JOINED)
        columns.setdefault(question, {})[option] = index
    return columns


def _add_replies(
    table: _Table,
    columns: Mapping[str, Mapping[str, int]],
    scenario: str,
    replies: Sequence[Reply],
    clauses: Sequence[Clause],
) -> None:
    """答话说的是那一题的那个选项；别的题多半没说到。选项的名称和别名只管那一题。"""

    def weights(question: str, own: float, others: float) -> Floats:
        row = np.full(len(table.labels), others, dtype=np.float32)
        row[list(columns[question].values())] = own
        return row

    for reply in replies:
        owner, _, question = reply.head.partition("/")
        if owner == scenario and question in columns and reply.answers[0] != UNSURE:
            said = {columns[question][one]: 1.0 for one in reply.answers if one in columns[question]}
            table.add(reply.text, said, weights(question, 0.4, 0.03))
    for clause in clauses:
        if clause.scenario != scenario or clause.question not in columns:
            continue
        if clause.value is None:
            table.add(clause.text, {}, weights(clause.question, _NOT_SAID, 0.0))
        elif clause.value in columns[clause.question]:
            table.add(
                clause.text, {columns[clause.question][str(clause.value)]: 1.0}, weights(clause.question, 1.5, 0.05)
            )
    for question, options in columns.items():
        for option in questions()[f"{scenario}/{question}"].options:
            for said in (option.label, *option.aliases):
                table.add(said, {options[option.id]: 1.0}, weights(question, 0.3, 0.0))


def _add_openings(
    table: _Table, columns: Mapping[str, Mapping[str, int]], scenario: str, openings: Sequence[Opening]
) -> list[tuple[Opening, tuple[str, ...], int]]:
    """没标的题，每一段都没说到；标了的那个选项，先不知道在哪一段。"""
    places: list[tuple[Opening, tuple[str, ...], int]] = []
    chance = Random(crc32(scenario.encode()))
    for opening in (one for one in openings if one.scenario == scenario):
        weights = np.ones(len(table.labels), dtype=np.float32)
        for question, value in opening.facts.items():
            own = columns.get(question, {})
            weights[[own[str(value)]] if str(value) in own else list(own.values())] = 0.0
        windows = windows_of(opening.text)
        rows = [table.add(window, {}, weights) for window in windows]
        places.append((opening, windows, rows[0]))
    elsewhere = [one for one in openings if one.scenario != scenario]
    for opening in chance.sample(elsewhere, min(_ELSEWHERE, len(elsewhere))):
        for window in windows_of(opening.text)[:4]:
            table.add(window, {}, np.full(len(table.labels), 0.3, dtype=np.float32))
    return places


def _same(scenario: str, question: str, kind: QuestionKind, wanted: Any, told: str | float) -> bool:
    if questions()[f"{scenario}/{question}"].kind is not kind:
        return False
    if isinstance(told, str) or isinstance(wanted, str):
        return str(wanted) == told
    return abs(float(wanted) - told) < 0.01
