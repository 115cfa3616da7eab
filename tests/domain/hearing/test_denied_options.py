"""说了没有这样的，不记成这样：“我没同意过”不是同意过。"""

import pytest

from nonebot_plugin_refund.domain.hearing.options.learnt_answers import heard_answer
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import read_answer
from nonebot_plugin_refund.domain.understanding.options import denied_in_words
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, QuestionKind
from tests.domain.hearing.hearing_bench import NOW, begin, scenario_of

CHOICES = [
    (scenario.id, question)
    for scenario in load_rulebook().scenarios
    for question in scenario.questions
    if question.kind is QuestionKind.CHOICE
]


def _recorded(scenario_id: str, question: Question, text: str) -> object:
    read = heard_answer(scenario_id, question, text, read_answer(question, text, NOW))
    return read.value if isinstance(read, Answer) else None


@pytest.mark.parametrize(("scenario_id", "question"), CHOICES, ids=lambda one: getattr(one, "id", one))
def test_an_option_denied_in_its_own_words_is_not_recorded(scenario_id: str, question: Question) -> None:
    denied = [(option.id, words) for option in question.options for words in denied_in_words(option)[:4]]
    wrong = [f"我{words}过" for key, words in denied if _recorded(scenario_id, question, f"我{words}过") == key]
    assert len(wrong) <= len(denied) / 20, wrong


@pytest.mark.parametrize(
    "said",
    [
        "我没同意过",
        "我没让他刷过",
        "没有允许",
        "谁答应过了 没答应过",
        "密码是他偷看的",
        "我没跟他说过密码",
        "我怎么可能同意",
    ],
)
def test_nobody_who_denies_it_is_said_to_have_agreed(said: str) -> None:
    guardian = scenario_of("live-tip").question("guardian")
    assert _recorded("live-tip", guardian, said) != "agreed"


def test_what_denies_one_option_and_is_the_word_for_another_is_that_other() -> None:
    assert _recorded("live-tip", scenario_of("live-tip").question("guardian"), "我没同意过") == "unaware"


@pytest.mark.parametrize("said", ["同意过一回", "我让他刷的", "答应过给他充五十"])
def test_what_was_agreed_is_still_recorded(said: str) -> None:
    assert _recorded("live-tip", scenario_of("live-tip").question("guardian"), said) == "agreed"


def test_an_option_that_is_itself_a_denial_is_recorded_by_it() -> None:
    condition = scenario_of("shop-return").question("condition")
    assert all("没" not in words[2:] for option in condition.options for words in denied_in_words(option))
    assert _recorded("live-tip", scenario_of("live-tip").question("guardian"), "没同意") == "unaware"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("孩子9岁打赏主播花了五千", {"situation": "minor", "age": 9.0, "amount": 5000.0}),
        ("女儿13岁 刷礼物刷了两万", {"situation": "minor", "age": 13.0, "amount": 20000.0}),
        ("打赏了2000 我16岁", {"situation": "self-minor"}),
    ],
)
def test_a_short_first_message_tells_who_tipped_by_what_else_it_tells(said: str, told: dict[str, object]) -> None:
    assert begin("live-tip", said).items() >= told.items()


def test_a_sum_alone_does_not_tell_who_tipped() -> None:
    assert "situation" not in begin("live-tip", "打赏了五千块钱")
