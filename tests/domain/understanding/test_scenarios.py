"""场景识别：样本集、留作验收的三成，以及不该认成退款的话。"""

from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from nonebot_plugin_refund.domain.understanding.evaluation import ScenarioEvaluation, evaluate_scenarios
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier, Recognition
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from tests.domain.understanding.corpus import (
    SCENARIOS,
    Utterance,
    read_utterances,
    sealed_utterances,
    training_utterances,
)


@cache
def classifier() -> Classifier:
    return Classifier(load_signals())


@cache
def recognised(text: str) -> Recognition:
    return classifier().classify(text)


def evaluated(utterances: list[Utterance]) -> ScenarioEvaluation:
    return evaluate_scenarios(recognised, [(u.text, u.scenario or "none") for u in utterances], SCENARIOS)


def test_sample_phrases_are_recognised() -> None:
    assert evaluated(read_utterances("utterances-dev.jsonl")).macro_f1 >= 0.98


def test_phrases_never_tuned_on_are_recognised() -> None:
    score = evaluated(sealed_utterances())
    assert score.macro_f1 >= 0.9
    assert min(label.f1 for label in score.labels.values()) >= 0.9


def test_speaking_unasked_is_rarely_wrong() -> None:
    score = evaluated(sealed_utterances())
    assert score.trigger_precision >= 0.97
    assert score.trigger_recall >= 0.8


def test_three_in_ten_of_our_own_phrases_are_never_trained_on() -> None:
    trained = {u.text for u in training_utterances()}
    sealed = {u.text for u in sealed_utterances()}
    assert not trained & sealed
    assert len(sealed) >= 450
    assert len(sealed) / len(trained | sealed) >= 0.29


@pytest.mark.parametrize(
    "text",
    [
        "我要退款",
        "退潮了去赶海",
        "退群了",
        "这把打赏心悦目",
        "抖音给主播打赏能退吗",
        "拼多多仅退款怎么弄",
        "专业代退款 未成年退款 加V秒到账",
        "快手小店怎么开 要营业执照吗",
        "算了不退了 留着用吧",
        "今晚开黑吗",
        "",
        "   ",
        "[CQ:image,file=退款.jpg]",
    ],
)
def test_other_talk_is_none_and_never_speaks(text: str) -> None:
    found = recognised(text)
    assert found.scenario is None
    assert not found.trigger


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("娃拿我手机给主播刷了五千多 能要回来不", "live-tip"),
        ("７天无理由从哪天算", "shop-return"),
        ("快幣充錯咗 點搞", "top-up"),
        ("[CQ:at,qq=10001] 快手直播间买的鞋开胶了能退吗", "shop-return"),
    ],
)
def test_width_script_and_codes_do_not_matter(text: str, scenario: str) -> None:
    assert recognised(text).scenario == scenario


def test_pieces_name_the_deciding_words() -> None:
    pieces = recognised("孩子偷偷打赏了三千 能退吗").pieces
    assert any("打赏" in word and label == "live-tip" and weight > 0 for word, label, weight in pieces)


def test_quick_check_agrees_with_recognition() -> None:
    for utterance in read_utterances("utterances-dev.jsonl", "utterances-own.jsonl", "utterances-train.jsonl"):
        if recognised(utterance.text).scenario is not None:
            assert classifier().refund_word_present(utterance.text), utterance.text


def test_word_added_by_a_volunteer_takes_effect(tmp_path: Path) -> None:
    signals = load_signals().model_dump(mode="json", exclude={"fitted"})
    assert recognised("嘎嘣脆").scenario is None
    next(group for group in signals["groups"] if group["id"] == "tipping")["words"].append("嘎嘣脆")
    path = tmp_path / "signals.yaml"
    path.write_text(yaml.safe_dump(signals, allow_unicode=True), encoding="utf-8")
    pieces = Classifier(load_signals(path)).classify("孩子嘎嘣脆 能退吗").pieces
    assert "嘎嘣脆" in {word for word, _, _ in pieces}


def test_pairing_of_an_unknown_group_is_refused(tmp_path: Path) -> None:
    signals = load_signals().model_dump(mode="json", exclude={"fitted"})
    signals["pairings"][0]["all_of"] = ["no-such-group"]
    path = tmp_path / "signals.yaml"
    path.write_text(yaml.safe_dump(signals), encoding="utf-8")
    with pytest.raises(ValidationError, match="no-such-group"):
        load_signals(path)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("我买了件夹克389 发错码了 上周三签收的 已经寄回去了", "shop-return"),
        ("收到是坏的 昨天寄回去了 钱没退", "shop-return"),
        ("东西烂了 不用寄回去了 商家说直接退", "refund-only"),
        ("快递说已经给寄回卖家了 钱没退", "refund-only"),
        ("让我寄回去 我不想寄", "refund-only"),
    ],
)
def test_goods_sent_back_are_no_refund_without_return(said: str, instead: str) -> None:
    assert classifier().settled("refund-only", said) == instead
    assert classifier().settled("live-tip", said) == "live-tip"
