"""把抄来改过的一整份场景，缩成只写不同之处的一份。"""

from collections.abc import Sequence
from typing import cast

from ..assembling.parts import Raw
from .marks import ADD, BASED_ON, MERGED_MAPPINGS, ONLY, PUT_AFTER, REMOVE, WORD_LISTS
from .merging import is_item_list, is_words, item_name


def differences(base: Raw, own: Raw) -> Raw:
    """``own`` 与 ``base`` 不同的地方：合进 ``base`` 就得到 ``own``（词的先后不算）。"""
    found: Raw = {}
    for key, value in own.items():
        if key == BASED_ON:
            continue
        if key not in base:
            found[key] = value
        elif not is_same(key, base[key], value):
            found[key] = _difference(key, base[key], value)
    found.update({key: None for key in base if key not in own})
    return found


def is_same(key: str, one: object, other: object) -> bool:
    """一样不一样；一列词不看先后，一层层看进去。"""
    if key in WORD_LISTS and is_words(one) and is_words(other):
        return sorted(map(str, one)) == sorted(map(str, other))
    if isinstance(one, dict) and isinstance(other, dict):
        first, second = cast("Raw", one), cast("Raw", other)
        return first.keys() == second.keys() and all(is_same(name, first[name], second[name]) for name in first)
    if isinstance(one, list):
        if not isinstance(other, list):
            return False
        firsts, seconds = cast("list[object]", one), cast("list[object]", other)
        return len(firsts) == len(seconds) and all(is_same("", *pair) for pair in zip(firsts, seconds, strict=True))
    return type(cast("object", one)) is type(other) and one == other


def _difference(key: str, base: object, own: object) -> object:
    if is_item_list(base) and is_item_list(own):
        return _of_items(cast("list[Raw]", base), cast("list[Raw]", own))
    if key in WORD_LISTS and is_words(base) and is_words(own):
        return _of_words(base, own)
    if key in MERGED_MAPPINGS and isinstance(base, dict) and isinstance(own, dict):
        return differences(cast("Raw", base), cast("Raw", own))
    return own


def _of_words(base: Sequence[object], own: Sequence[object]) -> object:
    added = [word for word in own if word not in base]
    removed = [word for word in base if word not in own]
    if not removed:
        return added
    if len(removed) == len(base):
        return {ONLY: list(own)}
    return {ADD: added, REMOVE: removed} if added else {REMOVE: removed}


def _of_items(base: Sequence[Raw], own: Sequence[Raw]) -> list[Raw]:
    before = {str(item_name(item)): item for item in base}
    names = [str(item_name(item)) for item in own]
    found: list[Raw] = []
    for index, item in enumerate(own):
        name = names[index]
        if name not in before:
            is_last = all(later not in before for later in names[index:])
            found.append(item if is_last or index == 0 else {**item, PUT_AFTER: names[index - 1]})
            continue
        changed = differences(before[name], item)
        if changed:
            found.append({_name_key(item): name, **changed})
    found.extend({_name_key(item): name, REMOVE: True} for name, item in before.items() if name not in names)
    return found


def _name_key(item: Raw) -> str:
    return next(key for key in ("id", "on", "use") if key in item)
