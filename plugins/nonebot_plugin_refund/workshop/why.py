"""为什么这样理解：把一句话的听法说成给人看的几行。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.understanding.scenarios import Recognition
from .web.words import words


@dataclass(frozen=True)
class Why:
    """一句话的听法。"""

    meaning: tuple[str, ...]
    """听成了什么，几分把握。"""
    pieces: tuple[str, ...]
    """起作用的词和分量。"""


def why_private(answer: Mapping[str, Any], titles: Mapping[str, str]) -> Why:
    """私聊里的一句。

    Args:
        answer: ``refund read --json`` 的一行。
        titles: id → 给人看的名字。
    """
    told = [_intent(intent, titles) for intent in answer["intents"]]
    band = words().bands.get(answer["band"], answer["band"])
    reader, *pieces = answer["explain"]
    return Why((*told, f"拿它怎么办：{band}（由 {reader} 听出）"), tuple(_named(piece, titles) for piece in pieces))


def why_group(found: Recognition, titles: Mapping[str, str]) -> Why:
    """群里没叫机器人的一句：只认场景，有把握才接话。"""
    scenario = titles.get(found.scenario or "", "听不出是哪一种")
    speaks = "可以主动接话" if found.trigger else "不主动接话"
    others = sorted(found.leaning.items(), key=lambda item: -item[1])[:3]
    told = [f"群里：{scenario}，{found.score:.2f} 分，{speaks}"]
    told += [f"偏向：{'、'.join(f'{titles.get(key, key)} {score:+.1f}' for key, score in others)}"] if others else []
    return Why(tuple(told), tuple(f"{word} → {titles.get(to, to)} {weight:+.1f}" for word, to, weight in found.pieces))


def _intent(intent: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    kind = words().intents.get(intent["type"], intent["type"])
    parts = [kind, _title(intent["id"], titles)]
    parts += [f"{_title(key, titles)}：{titles.get(f'{key}={value}', value)}" for key, value in intent["facts"].items()]
    if intent["candidates"]:
        parts.append(f"候选：{_listed(intent['candidates'], titles)}")
    return f"听成：{'，'.join(part for part in parts if part)}（{intent['score']:.2f} 分）"


def _listed(names: Sequence[str], titles: Mapping[str, str]) -> str:
    return "、".join(_title(name, titles) for name in names)


def _title(name: str | None, titles: Mapping[str, str]) -> str:
    return titles.get(name, name) if name else ""


def _named(piece: str, titles: Mapping[str, str]) -> str:
    """“词 → id 分量”里的 id 换成名字。"""
    before, arrow, after = piece.partition(" → ")
    name, space, weight = after.partition(" ")
    return f"{before}{arrow}{titles.get(name, name)}{space}{weight}"
