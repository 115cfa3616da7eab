"""操作者给词表添的词：他文件夹里的 ``signals.yaml``。

只添不改：随包词表的分组和权重是用标注过的话拟合出来的，换掉一处，别处的准头就没人量过了。
词照旧写简体、小写、半角。
"""

from collections.abc import Iterable

from pydantic import Field

from ..findings import RulebookError
from ..scenario_models.base_models import Id, Strict, Word
from ..yaml_reading.yaml_document import YamlDocument
from .signals import Signals, WordGroup, load_signals


class SignalAdditions(Strict):
    """操作者的 ``signals.yaml`` 的形状。"""

    version: int = Field(gt=0)
    words: dict[Id, tuple[Word, ...]] = Field(default_factory=dict[Id, tuple[Word, ...]])
    """随包词表里哪一组（按它的 id）添哪些词：``tipping: [送灯牌]``。"""
    masks: tuple[Word, ...] = ()
    """含有退款用字、其实是别的意思的词，如本群常说的“退环境”：出现时盖住里面的字。"""


def refuse_unknown_groups(additions: SignalAdditions, document: YamlDocument) -> None:
    """词只能添进已有的组；写了没有的组抛 :class:`RulebookError`，指出行号。"""
    known = {group.id for group in load_signals().groups}
    findings = [
        document.finding(
            ("words", group),
            group,
            "unknown-id",
            f"词表里没有叫“{group}”的组；有：{'、'.join(sorted(known))}",
        )
        for group in additions.words
        if group not in known
    ]
    if findings:
        raise RulebookError(findings)


def with_additions(signals: Signals, additions: Iterable[SignalAdditions]) -> Signals:
    """添了词的词表；一份也没有时原样返回。"""
    for addition in additions:
        groups = tuple(_widened(group, addition.words.get(group.id, ())) for group in signals.groups)
        masks = tuple(dict.fromkeys((*signals.masks, *addition.masks)))
        signals = signals.model_copy(update={"groups": groups, "masks": masks})
    return signals


def _widened(group: WordGroup, words: tuple[str, ...]) -> WordGroup:
    if not words:
        return group
    return group.model_copy(update={"words": tuple(dict.fromkeys((*group.words, *words)))})
