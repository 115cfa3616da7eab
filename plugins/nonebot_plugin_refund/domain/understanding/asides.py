"""闲话：一句话里有没有手册认得的打听、寒暄。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...rulebook.derived.once import once_for_each
from ...rulebook.wording_models.asides import Aside
from .writing.text import normalise, trim_punctuation
from .writing.words import Words

_MAX_TEXT = 300
_PARTICLES = "啊呀哦吧呢的了啦嘛哈亲~!,.? "


@dataclass(frozen=True, slots=True)
class HeardAside:
    """听出来的闲话，和去掉它之后剩下的话。"""

    aside: Aside
    rest: str


def find_aside(text: str, asides: Sequence[Aside], scenario_id: str) -> HeardAside | None:
    """听出一句闲话；没有则为 ``None``。

    几条都对得上时，先看只属于这个场景的，再看对上的字最多的。字中间的空格不算（“12315 怎么打”）。
    """
    prepared = normalise(text, _MAX_TEXT)
    if prepared.isdigit():
        return None  # 大多数回答是一个编号
    core = trim_punctuation(prepared)
    spoken = {core, core.rstrip(_PARTICLES), core.replace(" ", "")}
    places = [index for index, character in enumerate(prepared) if character != " "]
    compact = prepared.replace(" ", "")
    best: tuple[tuple[bool, int], HeardAside] | None = None
    said_in, whole_in = _index_of(asides)
    possible = said_in.owners_in(compact).union(*(whole_in.get(word, ()) for word in spoken))
    for aside in map(asides.__getitem__, sorted(possible)):
        if aside.scenarios and scenario_id not in aside.scenarios:
            continue
        if not spoken.isdisjoint(aside.whole):
            return HeardAside(aside, "")
        for phrase in aside.said:
            if phrase not in compact:
                continue
            start, rank = compact.index(phrase), (bool(aside.scenarios), len(phrase))
            if best is None or rank > best[0]:
                before, after = prepared[: places[start]], prepared[places[start + len(phrase) - 1] + 1 :]
                best = (rank, HeardAside(aside, f"{before} {after}".strip()))
    return best[1] if best else None


@once_for_each(16)
def _index_of(asides: Sequence[Aside]) -> tuple[Words[int], Mapping[str, Sequence[int]]]:
    """哪个词是第几条的：话里有就算的，和整句就是它才算的。"""
    whole: dict[str, list[int]] = {}
    for place, aside in enumerate(asides):
        for word in aside.whole:
            whole.setdefault(word, []).append(place)
    return Words((phrase, place) for place, aside in enumerate(asides) for phrase in aside.said), whole
