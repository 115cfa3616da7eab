"""一句话在说明白了的情形里是什么意思：``read``。一行一个情形和一句话，一行一个回答，什么都不存。"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, cast

import typer

from ...dialogue.reading import intents
from ...domain.interview.answers import Answer
from ..output import NowOption, emit, emit_text, fail, input_lines, moment, read_moment
from ..rulebooks.books import RulebookOption, open_rulebook
from .reading_json import reading_json
from .stated_context import Stated, StatedReader

_KEYS = ("text", "scenario", "question", "stage", "case", "now")
_BANDS = {"record": "记下", "confirm": "先问是不是", "ask": "再问"}


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("read")(read_command)


def read_command(
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON 对象；不写则一行一句人看的话。")] = False,
    now: NowOption = None,
    rulebook: RulebookOption = None,
) -> None:
    """每行一个 JSON 对象：一句话和它是在什么情形下说的；答它是什么意思、会拿它怎么办。

    ``{"text", "scenario", "question", "stage", "case", "now"}``，除了 text 都可以不写：写了 question 是刚问了这一题，
    case 为 true 是有一件案件（站在 stage），都没写是第一句话。只写了 scenario 的第一句话，facts 照这个场景听。
    """
    default = moment(now)
    reader = StatedReader.of(open_rulebook(rulebook))
    for number, line in enumerate(input_lines(), start=1):
        if not line.strip():
            continue
        try:
            text, stated = _parsed(line, default)
            answer = read_line(reader, text, stated)
        except ValueError as error:
            fail(f"第 {number} 行：{error}")
        if as_json:
            emit(answer)
        else:
            emit_text(_in_words(text, answer))


def read_line(reader: StatedReader, text: str, stated: Stated) -> dict[str, Any]:
    """一句话的回答；情形不成立的抛 :class:`.stated_context.UnknownContextError`。"""
    context, reading = reader.read(text, stated)
    matter = next((intent for intent in reading.intents if isinstance(intent, intents.NewMatter)), None)
    return reading_json(context, reading, opening_facts(reader, matter, stated))


def opening_facts(reader: StatedReader, matter: intents.NewMatter | None, stated: Stated) -> Mapping[str, Answer]:
    """说起一件新的事时，那句话里听到的全部答案；访谈只记会问到的。"""
    if matter is None:
        return {}
    is_first = stated.question is None and not stated.case
    scenario = reader.scenario(stated.scenario if is_first and stated.scenario is not None else matter.scenario)
    return reader.listener(scenario, stated.now).everything(matter.said)


def _parsed(line: str, default: datetime) -> tuple[str, Stated]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"不是 JSON：{error.msg}") from error
    if not isinstance(row, dict):
        raise ValueError('应是一个对象，如 {"text": "商家拒绝了"}')
    given = cast("dict[str, Any]", row)
    if unknown := [key for key in given if key not in _KEYS]:
        raise ValueError(f"不认识“{'、'.join(unknown)}”；可以写：{'、'.join(_KEYS)}")
    if not isinstance(given.get("text"), str):
        raise ValueError("text 要写成文字")
    return given["text"], _stated(given, default)


def _stated(given: Mapping[str, Any], default: datetime) -> Stated:
    for key in ("scenario", "question", "stage", "now"):
        if not isinstance(given.get(key), str | None):
            raise ValueError(f"{key} 要写成文字或 null")
    stage, case = given.get("stage"), given.get("case", given.get("stage") is not None)
    if not isinstance(case, bool):
        raise ValueError("case 要写成 true 或 false")
    if stage is not None and not case:
        raise ValueError("写了 stage，case 就要是 true")
    now = given.get("now")
    return Stated(
        now=default if now is None else read_moment(now),
        scenario=given.get("scenario"),
        question=given.get("question"),
        stage=stage,
        case=case,
    )


def _in_words(text: str, answer: Mapping[str, Any]) -> str:
    """“说的话 → 意思 id（记下）候选 a、b”这样一行。"""
    heard = "；".join(_intent_in_words(intent) for intent in answer["intents"])
    return f"{text} → {heard}（{_BANDS[answer['band']]}）"


def _intent_in_words(intent: Mapping[str, Any]) -> str:
    facts = "、".join(f"{key}={value}" for key, value in intent["facts"].items())
    candidates = f"候选 {'、'.join(intent['candidates'])}" if intent["candidates"] else ""
    return " ".join(part for part in (intent["type"], intent["id"], facts, candidates) if part)
