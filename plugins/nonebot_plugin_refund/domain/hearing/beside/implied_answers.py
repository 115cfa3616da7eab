"""说了后面几题的答案，前面没明说的那一题往往也就定了：说了“脑萎缩、我是他女儿”，刷的人就是成年家人。

只认走得到的已经听见的答案最多的选项，而且一段话本身也像在说它；推出来的与别的一样说回给他听，可以改。
"""

from collections.abc import Callable, Mapping, Sequence

from ....rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...interview.answers import Answer, Answers
from ...understanding.meaning.scored import Scored

LEAST = 0.25
"""推出来的选项，一段话自己至少要有这么像；由没参加训练的人写的话定的，见 docs/understanding.md。"""
LEAST_IN_A_REPLY = 0.5
"""一句答别的题的话，要有这么像：“有啊 开胶的照片 还有聊天截图”没有说退货原因。"""
_TIMES = 3
"""是走得到的选项里第二像的多少倍。"""


def implied_option(
    question: Question,
    heard: Sequence[str],
    scores: Sequence[Scored],
    never_asked: Callable[[str], frozenset[str]],
    *,
    least: float = LEAST,
) -> str | None:
    """正要问的 ``question`` 由已经听见、还没用上的 ``heard``（问题 id）定下来的选项；定不下来是 ``None``。

    ``never_asked`` 给出选了一个选项之后再也问不到的题；每个选项走得到的一样多，什么也没有定。
    ``least`` 是推出来的选项自己至少要有多像。
    """
    if question.kind is not QuestionKind.CHOICE or not heard or not scores:
        return None
    reached = {option.id: len(set(heard) - never_asked(option.id)) for option in question.options}
    leading = [option for option, count in reached.items() if count == max(reached.values())]
    if len(leading) == len(reached):
        return None
    likely: Mapping[str, float] = {one.id: one.score for one in scores}
    best, *others = sorted(leading, key=lambda option: -likely.get(option, 0.0))
    second = likely.get(others[0], 0.0) if others else 0.0
    sure = likely.get(best, 0.0)
    return best if sure >= least and sure >= _TIMES * second else None


def named_outright(scenario: Scenario, also: Answers) -> dict[str, Answer]:
    """手册写明了的：说了这个选项、这一题，前面的几题就是哪一项。"""
    questions = {question.id: question for question in scenario.questions}
    found: dict[str, Answer] = {}
    for key, answer in also.items():
        if not answer.is_unsure:
            found |= {asked: Answer(value) for asked, value in questions[key].implies.items()}
    for key, answer in also.items():
        chosen = next((option for option in questions[key].options if option.id == answer.value), None)
        if chosen is not None:
            found |= {asked: Answer(value) for asked, value in chosen.implies.items()}
    return found
