"""操作者的场景照自己写的词听出来：对得上才认，对不上时识别与没有它时一样。"""

import gc
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from nonebot_plugin_refund.domain.understanding.scenarios import Classifier, Recognition
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import RecognisedBy, Scenario
from nonebot_plugin_refund.rulebook.wording_models.signal_additions import SignalAdditions, with_additions
from nonebot_plugin_refund.rulebook.wording_models.signals import Signals, load_signals
from tests.domain.understanding.corpus import read_utterances, sealed_utterances

SHOES = "抖音买的鞋不合适想退"
WORDS: Mapping[str, Any] = {
    "needs_one_of": ["抖音", "抖店"],
    "and_one_of": ["想退", "不合适", "退货"],
    "unless": ["快手", "打赏"],
}


@cache
def packaged() -> tuple[Scenario, ...]:
    return load_rulebook().scenarios


@cache
def signals() -> Signals:
    return load_signals()


@cache
def plain() -> Classifier:
    return Classifier(signals())


def scenario(scenario_id: str = "douyin-return", **changes: Any) -> Scenario:
    """随便一个场景，换上 id 和三列词。"""
    words = RecognisedBy.model_validate({**WORDS, **changes})
    return packaged()[0].model_copy(update={"id": scenario_id, "recognised_by": words})


def heard(text: str, *scenarios: Scenario) -> Recognition:
    return Classifier(signals(), scenarios).classify(text)


def test_a_phrase_with_both_words_is_the_operators_scenario() -> None:
    assert plain().classify(SHOES).scenario is None
    assert heard(SHOES, scenario()).scenario == "douyin-return"


@pytest.mark.parametrize(
    "text", ["抖音真好看", "买的鞋不合适想退", "快手和抖音买的鞋都不合适想退", "抖音打赏想退", "刷了一天抖音"]
)
def test_anything_else_is_heard_as_before(text: str) -> None:
    assert heard(text, scenario()) == plain().classify(text)


def test_packaged_decisions_do_not_change_where_the_words_are_not_said() -> None:
    ours = Classifier(signals(), [*packaged(), scenario()])
    changed = [
        utterance.text
        for utterance in [*read_utterances("utterances-dev.jsonl"), *sealed_utterances()]
        if ours.classify(utterance.text) != plain().classify(utterance.text)
    ]

    assert [text for text in changed if "抖音" not in text and "抖店" not in text] == []


@pytest.mark.parametrize("text", ["抖 音買的鞋不合適想退".replace(" ", ""), "ＤＯＵＹＩＮ 上买的想退货"])
def test_script_and_width_do_not_matter_on_either_side(text: str) -> None:
    assert heard(text, scenario(needs_one_of=["抖音", "DouYin"])).scenario == "douyin-return"


def test_it_does_not_speak_unasked_unless_the_file_says_so() -> None:
    silent, speaking = heard(SHOES, scenario()), heard(SHOES, scenario(speaks_up=True))

    assert (silent.trigger, silent.doubtful) == (False, True)
    assert (speaking.trigger, speaking.doubtful) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "专业代退款 抖音买的想退找我 加v秒到账",  # 广告
        "我是商家 抖音顾客退货要赔运费吗",  # 卖家
        "淘宝抖音买的鞋都不合适想退",  # 另一家平台
    ],
)
def test_even_then_it_keeps_quiet_where_the_packaged_words_say_doubt(text: str) -> None:
    found = heard(text, scenario(speaks_up=True))

    assert found.scenario == "douyin-return"
    assert not found.trigger


def test_the_scenario_with_more_of_its_words_said_wins() -> None:
    tips = scenario("douyin-tips", and_one_of=["想退", "刷礼物"], unless=[])

    assert heard("抖音刷礼物了想退", scenario(), tips).scenario == "douyin-tips"
    assert heard("抖音买的鞋不合适想退", scenario(), tips).scenario == "douyin-return"


def test_the_quick_check_lets_its_phrases_through() -> None:
    words = scenario(needs_one_of=["谷子圈"], and_one_of=["撞色"])
    ours = Classifier(signals(), [words])

    assert not plain().refund_word_present("谷子圈撞色")
    assert ours.refund_word_present("谷子圈撞色")
    assert not ours.refund_word_present("谷子圈好看")


def test_methods_handed_out_before_follow_the_new_words() -> None:
    classifier = Classifier(signals())
    classify, quick = classifier.classify, classifier.refund_word_present
    gc.freeze()
    try:
        classifier.adopt(signals(), [scenario(needs_one_of=["谷子圈"], and_one_of=["撞色"])])
    finally:
        gc.unfreeze()

    assert classify("谷子圈撞色").scenario == "douyin-return"
    assert quick("谷子圈撞色")
    classifier.adopt(signals(), packaged())
    assert classify("谷子圈撞色") == plain().classify("谷子圈撞色")


def test_tables_that_cannot_be_made_leave_the_old_ones_in_force() -> None:
    classifier = Classifier(signals(), [scenario()])

    def broken() -> Any:
        yield scenario("other")
        raise ValueError("读到一半断了")

    with pytest.raises(ValueError, match="断了"):
        classifier.adopt(signals(), broken())

    assert classifier.classify(SHOES).scenario == "douyin-return"


def test_added_words_are_heard_and_added_masks_cover() -> None:
    additions = SignalAdditions(version=1, words={"tipping": ("嘎嘣脆",)}, masks=("退环境",))
    ours = Classifier(with_additions(signals(), [additions]))

    assert plain().classify("娃嘎嘣脆五千块").scenario is None
    assert ours.classify("娃嘎嘣脆五千块").scenario == "live-tip"
    assert "refund" in plain().features("我要退环境")[0]
    assert "refund" not in ours.features("我要退环境")[0]
