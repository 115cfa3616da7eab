"""场景识别：样本集、留作验收的三成，以及不该认成退款的话。"""

from functools import cache
from pathlib import Path

import pytest
import yaml
from corpus import SCENARIOS, Utterance, is_held_out, read_utterances
from pydantic import ValidationError

from nonebot_plugin_refund.domain.understanding.scenarios import Classifier, Recognition
from nonebot_plugin_refund.rulebook.signals import load_signals


@cache
def classifier() -> Classifier:
    return Classifier(load_signals())


@cache
def recognised(text: str) -> Recognition:
    return classifier().classify(text)


def macro_f1(utterances: list[Utterance]) -> float:
    """七个场景 F1 的平均。"""
    scores: list[float] = []
    for scenario in SCENARIOS:
        hit = sum(u.scenario == scenario == recognised(u.text).scenario for u in utterances)
        claimed = sum(recognised(u.text).scenario == scenario for u in utterances)
        real = sum(u.scenario == scenario for u in utterances)
        scores.append(2 * hit / (claimed + real))
    return sum(scores) / len(scores)


def trigger_quality(utterances: list[Utterance]) -> tuple[float, float]:
    """主动开口的准确率和召回率；场景说错也算开错了口。"""
    spoken = [u for u in utterances if recognised(u.text).trigger]
    right = sum(recognised(u.text).scenario == u.scenario for u in spoken)
    return right / len(spoken), right / sum(u.scenario is not None for u in utterances)


def held_out() -> list[Utterance]:
    return [u for u in read_utterances("utterances-own.jsonl") if is_held_out(u)]


def test_sample_phrases_are_recognised() -> None:
    assert macro_f1(read_utterances("utterances-dev.jsonl")) >= 0.98


def test_phrases_never_tuned_on_are_recognised() -> None:
    assert macro_f1(held_out()) >= 0.88


def test_speaking_unasked_is_rarely_wrong() -> None:
    precision, recall = trigger_quality([*read_utterances("utterances-dev.jsonl"), *held_out()])
    assert precision >= 0.96
    assert recall >= 0.8


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
    for utterance in read_utterances("utterances-dev.jsonl", "utterances-own.jsonl"):
        if recognised(utterance.text).scenario is not None:
            assert classifier().refund_word_present(utterance.text), utterance.text


def test_word_added_by_a_volunteer_takes_effect(tmp_path: Path) -> None:
    signals = load_signals().model_dump(mode="json")
    assert recognised("嘎嘣脆").scenario is None
    next(group for group in signals["groups"] if group["id"] == "tipping")["words"].append("嘎嘣脆")
    path = tmp_path / "signals.yaml"
    path.write_text(yaml.safe_dump(signals, allow_unicode=True), encoding="utf-8")
    pieces = Classifier(load_signals(path)).classify("孩子嘎嘣脆 能退吗").pieces
    assert "嘎嘣脆" in {word for word, _, _ in pieces}


def test_pairing_of_an_unknown_group_is_refused(tmp_path: Path) -> None:
    signals = load_signals().model_dump(mode="json")
    signals["pairings"][0]["all_of"] = ["no-such-group"]
    path = tmp_path / "signals.yaml"
    path.write_text(yaml.safe_dump(signals), encoding="utf-8")
    with pytest.raises(ValidationError, match="no-such-group"):
        load_signals(path)
