"""训练出来的权重文件：``rulebook/content/meaning`` 里的 ``*.bin``，由 ``python -m tools.train`` 写，第一次用到才读。

文件压缩过（:mod:`.packing`）；解开以后，四个字节是后面那段 JSON 的长度；JSON 里是每个头的意思、底分、刻度、位置；
再后面是全部的散列，和各头用到其中第几个、权重多少。
"""

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from .features.together import Together
from .features.vocabulary import Vocabulary
from .linear import Head
from .packing import from_rising, from_rows, places_in, squeezed, to_rising, to_rows, unsqueezed, unsqueezed_start

OPTIONS = "options"
"""每个选择题、是非题、多选题一个头，名字是“场景/问题”。"""
NEWS = "news"
"""两个头：``events`` 说的是哪件事，``mood`` 是不是在说发生了的事。"""
INTENTS = "intents"
"""想做什么，有没有危险。"""
STORIES = "stories"
"""从头说起的话：说的是哪种事；每个场景一个头，再给日子、钱、数各一个。"""
_HEADER_LENGTH = 4
_PLACE = 4
"""一个散列、一个号码的字节数。"""


@dataclass(frozen=True, slots=True)
class Weights:
    """一个文件里的各个头。"""

    heads: Mapping[str, Head]
    made_from: str
    """训练用的例句、特征的代码和词族合起来的摘要；对不上就是没有重新训练。"""


@cache
def weights_of(name: str) -> Weights:
    """读一个权重文件；没有这个文件就是一个头也没有。"""
    content = _content_of(name)
    return Weights({}, "") if content is None else unpacked(content)


@cache
def labels_in(name: str) -> Mapping[str, tuple[str, ...]]:
    """一个权重文件里有哪几个头，各分哪几个意思：只解开头那段 JSON，不把权重读进来。"""
    content = _content_of(name)
    if content is None:
        return {}
    length = int.from_bytes(unsqueezed_start(content, _HEADER_LENGTH), "little")
    header = json.loads(unsqueezed_start(content, _HEADER_LENGTH + length)[_HEADER_LENGTH:])
    return {key: tuple(described["labels"]) for key, described in header["heads"].items()}


def _content_of(name: str) -> bytes | None:
    path = files("nonebot_plugin_refund.rulebook").joinpath("content", "meaning", f"{name}.bin")
    return path.read_bytes() if path.is_file() else None


def weights_read() -> int:
    """读进来了几个权重文件：读进来就不再变，也不再放下。"""
    return weights_of.cache_info().currsize


def unpacked(content: bytes) -> Weights:
    """文件的内容变成各个头。"""
    content = unsqueezed(content)
    length = int.from_bytes(content[:_HEADER_LENGTH], "little")
    start = _HEADER_LENGTH + length
    header: dict[str, Any] = json.loads(content[_HEADER_LENGTH:start])
    body = content[start:]
    hashes = to_rising(body[: _PLACE * header["count"]])
    heads = {key: _head(body, described, hashes) for key, described in header["heads"].items()}
    return Weights(_sharing(heads), header["made_from"])


def _sharing(heads: Mapping[str, Head]) -> dict[str, Head]:
    """多半一起问的几个头，一句话的特征只找一遍：同一个场景的几题合用一份特征；不分场景的，全部的头合成一张表。"""
    by_scenario = any("/" in key for key in heads)
    owner = {key: key.partition("/")[0] if by_scenario else "" for key in heads}
    found: dict[str, Head] = {}
    for name in dict.fromkeys(owner.values()):
        own = {key: head for key, head in heads.items() if owner[key] == name}
        found |= _beside(own) if any("/" in key for key in own) else _together(own)
    return {key: found[key] for key in heads}


def _beside(heads: Mapping[str, Head]) -> dict[str, Head]:
    """同一个场景的几题：合用一份特征，各有各的表。"""
    shared = Vocabulary(head.hashes for head in heads.values())
    return {key: replace(head, shared=shared, place=place) for place, (key, head) in enumerate(heads.items())}


def _together(heads: Mapping[str, Head]) -> dict[str, Head]:
    """合成一张表；意思少的头在前，只有它们的特征，合成的整数就短。"""
    few_first = sorted(heads.items(), key=lambda item: len(item[1].labels))
    table = Together([(head.hashes, head.weights, len(head.labels)) for _, head in few_first])
    found: dict[str, Head] = {}
    start = 0
    for key, head in few_first:
        own = slice(start, start + len(head.labels))
        found[key] = replace(head, together=(table, own))
        start = own.stop
    return found


def packed(heads: Mapping[str, Head], made_from: str) -> bytes:
    """:func:`unpacked` 的反面。"""
    everything = sorted(set[int]().union(*(head.hashes for head in heads.values())))
    described: dict[str, object] = {}
    body = bytearray(from_rising(everything))
    for key, head in sorted(heads.items()):
        described[key] = {
            "labels": head.labels,
            "biases": head.biases,
            "scales": head.scales,
            "temperature": head.temperature,
            "offset": len(body),
            "count": len(head.hashes),
        }
        body += from_rising(places_in(head.hashes, everything))
        body += from_rows(head.weights.tobytes(), len(head.labels))
    about = {"made_from": made_from, "count": len(everything), "heads": described}
    prefix = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    return squeezed(len(prefix).to_bytes(_HEADER_LENGTH, "little") + prefix + bytes(body))


def _head(body: bytes, described: Mapping[str, Any], hashes: "array[int]") -> Head:
    start, count = described["offset"], described["count"]
    middle = start + _PLACE * count
    places = to_rising(body[start:middle])
    labels = tuple(described["labels"])
    return Head(
        labels,
        tuple(described["biases"]),
        tuple(described["scales"]),
        described["temperature"],
        array("I", map(hashes.__getitem__, places)),
        memoryview(to_rows(body[middle : middle + count * len(labels)], len(labels))).cast("b"),
    )
