"""``refund read``：一句话在说明白了的情形里是什么意思，和聊天里听到的一样。"""

import json
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, get_args

import pytest

from nonebot_plugin_refund.cli.hearing.reading_json import IDS, TYPE_NAMES, reading_json
from nonebot_plugin_refund.cli.hearing.stated_context import (
    Stated,
    StatedReader,
    UnknownContextError,
    position_at,
    walks,
)
from nonebot_plugin_refund.dialogue.reading import awaits, intents
from nonebot_plugin_refund.dialogue.reading.intents import Band, Reading
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.cli.command import refund

AT = "2026-11-23T15:00"
NOW = datetime.fromisoformat(AT).replace(tzinfo=SHANGHAI)
TYPES = {
    "answered", "reported", "asked", "corrected", "undo", "offered", "new-matter", "danger", "command", "control",
    "talk", "unclear",
}  # fmt: skip


@cache
def reader() -> StatedReader:
    return StatedReader.of(load_rulebook())


def read(*rows: dict[str, Any]) -> list[Any]:
    """一次问几句。"""
    ran = refund("read", "--json", "--now", AT, said="".join(f"{json.dumps(row)}\n" for row in rows))
    assert ran.code == 0, ran.err
    return ran.objects


def first(answer: dict[str, Any]) -> tuple[str, str | None]:
    """最要紧的意思：种类和 id。"""
    return answer["intents"][0]["type"], answer["intents"][0]["id"]


def test_an_answer_to_the_question_just_asked() -> None:
    exact, unsure, also, aside, dates = read(
        {"text": "还没申请", "scenario": "shop-return", "question": "progress"},
        {"text": "不清楚", "scenario": "live-tip", "question": "situation"},
        {"text": "还没申请，昨天签收的", "scenario": "shop-return", "question": "progress"},
        {"text": "运费谁出", "scenario": "shop-return", "question": "progress"},
        {"text": "11月2日或11月3日", "scenario": "shop-return", "question": "received_on"},
    )

    assert exact == {
        "intents": [
            {"type": "answered", "id": None, "facts": {"progress": "not-applied"}, "candidates": [], "score": 1.0}
        ],
        "band": "record",
        "explain": ["exact-answer", "回答"],
    }
    assert unsure["intents"][0]["facts"] == {"situation": "unsure"}
    assert also["intents"][0]["facts"] == {"progress": "not-applied", "received_on": "2026-11-22"}
    assert first(aside) == ("asked", "freight")
    assert (first(dates), dates["band"]) == (("unclear", None), "ask")
    assert dates["intents"][0]["candidates"] == ["2026-11-02", "2026-11-03"]


def test_news_of_a_case_at_the_stated_stage() -> None:
    refused, ends, offer, nothing, asked, thanks, undo, closed = read(
        {"text": "商家拒绝了", "scenario": "shop-return", "stage": "waiting", "case": True},
        {"text": "到账了", "scenario": "shop-return", "stage": "arriving"},
        {"text": "客服说只退三成", "scenario": "live-tip", "stage": "submitted", "case": True},
        {"text": "商家还没同意", "scenario": "shop-return", "case": True},
        {"text": "商家同意了吗", "scenario": "shop-return", "stage": "waiting", "case": True},
        {"text": "谢谢", "scenario": "shop-return", "case": True},
        {"text": "撤销", "scenario": "shop-return", "case": True},
        {"text": "到账了", "scenario": "shop-return", "stage": "refunded", "case": True},
    )

    assert (first(refused), refused["band"]) == (("reported", "merchant-refused"), "record")
    assert (first(ends), ends["band"]) == (("reported", "arrived"), "confirm")
    assert ends["intents"][0]["candidates"] == ["arrived"]
    assert first(offer) == ("offered", "offered-part")
    assert offer["intents"][0]["facts"] == {"share": 0.3}
    assert first(nothing) == ("talk", "nothing-new")
    assert first(asked)[0] == "asked"
    assert first(thanks)[0] == "talk"
    assert first(undo) == ("undo", None)
    assert first(closed)[0] != "reported", "结了案的不再报告进展"


def test_a_first_message_carries_what_its_interview_would_start_with() -> None:
    told, named, stated, menu, danger, nothing = read(
        {"text": "孩子12岁昨天打赏主播三千块", "now": "2026-11-20"},
        {"text": "退款 场景 top-up"},
        {"text": "充了快币没到账", "scenario": "top-up"},
        {"text": "退款", "scenario": None, "question": None, "stage": None, "case": False, "now": None},
        {"text": "我不想活了"},
        {"text": ""},
    )

    assert first(told) == ("new-matter", "live-tip")
    assert told["intents"][0]["facts"] == {
        "situation": "minor",
        "age": 12.0,
        "amount": 3000.0,
        "tipped-on": "2026-11-19",
    }
    assert first(named) == ("command", "scenarios")
    assert stated["intents"][0]["facts"] == {"problem": "not-credited"}
    assert first(menu) == ("command", "menu")
    assert first(danger) == ("danger", "self-harm")
    assert (first(nothing), nothing["band"]) == (("unclear", None), "ask")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"text": "好", "event": "applied"}', "不认识“event”"),
        ('{"text": "好", "scenario": "no-such"}', "没有叫“no-such”的场景"),
        ('{"text": "好", "scenario": "shop-return", "question": "no-such"}', "没有问题“no-such”"),
        ('{"text": "好", "scenario": "shop-return", "stage": "no-such", "case": true}', "没有阶段“no-such”"),
        ('{"text": "好", "question": "progress"}', "就要写 scenario"),
        ('{"text": "好", "scenario": "shop-return", "stage": "waiting", "case": false}', "case 就要是 true"),
        ('{"text": "好", "case": 1}', "case 要写成"),
        ('{"text": "好", "now": "昨天"}', "应写成 2026-11-23"),
        ('{"text": 5}', "text 要写成文字"),
        ("[]", "应是一个对象"),
        ("{", "不是 JSON"),
    ],
)
def test_a_context_that_cannot_be_is_named_by_its_line(row: str, said: str) -> None:
    ran = refund("read", "--json", "--now", AT, said=f'{{"text": "你好"}}\n\n{row}\n')

    assert ran.code == 2
    assert len(ran.objects) == 1
    assert ran.err.startswith("第 3 行：")
    assert said in ran.err


def test_the_desk_has_every_part_of_the_book_that_the_chat_reads_with() -> None:
    """和 ``scene.load`` 用的一样齐，漏一样，工具听到的就和聊天里不同。"""
    book = reader().book

    assert all(getattr(book, part.name) for part in fields(book))


def test_without_json_it_says_a_line_each_in_words() -> None:
    ran = refund("read", "--now", AT, said='{"text": "还没申请", "scenario": "shop-return", "question": "progress"}\n')

    assert ran.out == "还没申请 → answered progress=not-applied（记下）\n"


def test_a_case_stands_on_the_track_that_comes_to_the_stage_soonest() -> None:
    for scenario in load_rulebook().scenarios:
        reached = list(walks(scenario))
        for stage in {stage for _, stage, _ in reached}:
            position = position_at(scenario, stage, NOW)
            steps = {track: count for track, at, count in reached if at == stage}
            assert steps[position.track_id] == min(steps.values())


def test_a_scenario_without_stages_cannot_have_a_case() -> None:
    scenario = load_rulebook().scenarios[0].model_copy(update={"tracks": ()})

    with pytest.raises(UnknownContextError, match="立不了案"):
        position_at(scenario, None, NOW)


def test_every_meaning_has_a_type_of_the_contract_and_a_pick_tells_what_was_picked() -> None:
    context = reader().context(Stated(NOW, "shop-return", stage="waiting", case=True))
    picked = intents.Chosen(awaits.PickAnswer(question="progress", options=("waiting",)), "waiting", "1")
    event = intents.Chosen(awaits.PickEvent(case="K7Q2", events=("applied",)), "applied", "1")

    answer, news = (reading_json(context, Reading((one,), Band.RECORD), {})["intents"][0] for one in (picked, event))

    assert (answer["type"], answer["facts"]) == ("answered", {"progress": "waiting"})
    assert news["id"] == "applied"
    assert TYPE_NAMES.keys() == IDS.keys() == set(get_args(intents.Intent))
    assert set(TYPE_NAMES.values()) == TYPES


def test_an_exchange_proposed_and_not_yet_accepted_is_an_offer() -> None:
    (answer,) = read({"text": "他说给我补发 不退钱", "scenario": "shop-return", "stage": "waiting", "case": True})
    assert answer["intents"][0]["type"] == "offered"
    assert answer["intents"][0]["candidates"] == ["exchange-promised"]
