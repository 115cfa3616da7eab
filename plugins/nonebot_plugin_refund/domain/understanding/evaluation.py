"""识别得准不准：拿标注过的话一句句对，数出每个场景的准确率、召回率和最容易混的几对。

场景的总分是各场景 F1 的平均，“都不是”不算在内；主动开口的准确率里，场景说错了也算开错了口。
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .scenarios import Recognition

NONE_LABELS = ("other-refund", "unrelated", "none")
"""“都不是”的几种写法：别处的退款、不相干的话。"""


@dataclass(frozen=True, slots=True)
class LabelScore:
    """一个场景的成绩。"""

    precision: float
    recall: float
    f1: float
    labelled: int
    """标成它的有几句。"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """认错的一句。"""

    text: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class ScenarioEvaluation:
    """一批话的成绩。"""

    phrases: int
    macro_f1: float
    labels: dict[str, LabelScore]
    confusions: tuple[tuple[str, str, int], ...]
    """（应该是，认成了，几句），多的在前。"""
    trigger_precision: float
    """主动开口的里面，该开口、场景也说对的占多少；一次都没开口算 1。"""
    trigger_recall: float
    """该开口的里面，开了口、场景也说对的占多少。"""
    mistakes: tuple[Mistake, ...]
    wrong_triggers: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class AnswerEvaluation:
    """一种答案（日期、金额、是非）的成绩。"""

    phrases: int
    right: int
    wrong_values: tuple[Mistake, ...]
    """读出了值，值却不对：最要紧的一种错。"""
    asked_again: tuple[Mistake, ...]
    """该读出来的没读出来，会再问一次。"""

    @property
    def accuracy(self) -> float:
        """读对的占多少。"""
        return self.right / self.phrases if self.phrases else 1.0


def evaluate_scenarios(
    recognise: Callable[[str], Recognition],
    labelled: Iterable[tuple[str, str]],
    scenarios: Sequence[str],
    own: Sequence[str] = (),
) -> ScenarioEvaluation:
    """评场景识别与主动开口。

    Args:
        recognise: 识别一句话。
        labelled: （话，标签）；标签是场景，或 :data:`NONE_LABELS` 里的一种。
        scenarios: 参加评分的场景的 id，即随包手册里的那些。
        own: 操作者自己加的场景的 id：也能作标签，各有成绩，只是不进平均，也不评主动开口。

    Raises:
        ValueError: 有不认识的标签。
    """
    seen = [(text, label, recognise(text)) for text, label in labelled]
    known = (*scenarios, *own, *NONE_LABELS)
    unknown = {label for _, label, _ in seen} - set(known)
    if unknown:
        raise ValueError(f"不认识的标签：{'、'.join(sorted(unknown))}；应是 {'、'.join(known)}")
    pairs = Counter((_scenario(label), found.scenario or "none") for _, label, found in seen)
    labels = {scenario: _score(scenario, pairs) for scenario in (*scenarios, *own)}
    spoken = [(text, label, found) for text, label, found in seen if found.trigger]
    wrong = [item for item in spoken if item[1] != item[2].scenario]
    wanted = sum(label in scenarios for _, label, _ in seen)
    return ScenarioEvaluation(
        phrases=len(seen),
        macro_f1=sum(labels[scenario].f1 for scenario in scenarios) / len(scenarios),
        labels=labels,
        confusions=tuple((true, said, count) for (true, said), count in pairs.most_common() if true != said),
        trigger_precision=1 - len(wrong) / len(spoken) if spoken else 1.0,
        trigger_recall=(len(spoken) - len(wrong)) / wanted if wanted else 1.0,
        mistakes=_mistakes((text, label, found) for text, label, found in seen if _scenario(label) != _said(found)),
        wrong_triggers=_mistakes(wrong),
    )


def evaluate_answers(read: Callable[[str], object], labelled: Iterable[tuple[str, Sequence[Any]]]) -> AnswerEvaluation:
    """评一种答案的读法。

    Args:
        read: 读一句话，读不准为 ``None``。
        labelled: （话，可以接受的值）；``None`` 表示该再问一次。
    """
    phrases = right = 0
    wrong: list[Mistake] = []
    again: list[Mistake] = []
    for text, accepted in labelled:
        phrases += 1
        value = read(text)
        if value in accepted:
            right += 1
        else:
            expected = "、".join("再问" if item is None else str(item) for item in accepted)
            mistake = Mistake(text, expected, "再问" if value is None else str(value))
            (again if value is None else wrong).append(mistake)
    return AnswerEvaluation(phrases, right, tuple(wrong), tuple(again))


def _scenario(label: str) -> str:
    return "none" if label in NONE_LABELS else label


def _said(found: Recognition) -> str:
    return found.scenario or "none"


def _score(scenario: str, pairs: Counter[tuple[str, str]]) -> LabelScore:
    hit = pairs[scenario, scenario]
    labelled = sum(count for (true, _), count in pairs.items() if true == scenario)
    claimed = sum(count for (_, said), count in pairs.items() if said == scenario)
    both = labelled + claimed
    return LabelScore(
        precision=hit / claimed if claimed else 0.0,
        recall=hit / labelled if labelled else 0.0,
        f1=2 * hit / both if both else 0.0,
        labelled=labelled,
    )


def _mistakes(items: Iterable[tuple[str, str, Recognition]]) -> tuple[Mistake, ...]:
    return tuple(Mistake(text, label, _said(found)) for text, label, found in items)
