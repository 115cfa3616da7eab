"""材料：看清单、打勾、看一项怎么弄。图片不下载，只把那一项勾上。"""

from collections.abc import Collection, Sequence

from ...render.case_cards import evidence_card
from ...render.case_text import evidence_list_message
from ...render.verdict_text import evidence_item_message
from ...rulebook.models import Evidence
from ...storage import cases
from . import prompts
from .casekeeping import OpenedCase
from .prompts import PromptKind, picked_number
from .turn import Picture, Reply, Turn, replies
from .verdicts import judged

TICKED = "勾上了：{title}。原件自己留好，我没有保存图片。"
WHICH_ITEM = "这张图是哪一项？回编号。我不下载图片，只打勾，原件请自己留好。"
_LOOK = ("看", "怎么弄", "怎么拿")


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """材料清单，等用户回编号打勾。"""
    items = await _items(turn, case)
    ticked = await cases.ticked_evidence(turn.session, case.record)
    if items:
        await prompts.ask(turn, PromptKind.EVIDENCE, {"case": case.record.code})
    return [_listed(case, items, ticked)]


async def hear(turn: Turn, case: OpenedCase, text: str) -> list[Reply]:
    """一句话是编号就打勾，是“看 2”就说那一项怎么弄；都不是返回空。"""
    items = await _items(turn, case)
    looked = next((text.strip().removeprefix(word) for word in _LOOK if text.strip().startswith(word)), None)
    if looked is not None:
        number = picked_number(looked, len(items))
        return replies(evidence_item_message(items[number - 1])) if number else []
    numbers = [
        picked_number(word, len(items)) for word in text.replace("、", " ").replace(",", " ").replace("，", " ").split()
    ]
    if not numbers or any(number is None for number in numbers):
        return []
    for number in numbers:
        if number is not None:
            await _toggle(turn, case, items[number - 1])
    ticked = await cases.ticked_evidence(turn.session, case.record)
    return [_listed(case, items, ticked)]


async def picture(turn: Turn, case: OpenedCase) -> list[Reply]:
    """等材料时来了一张图：只差一项就勾那一项，否则问是哪一项。"""
    items = await _items(turn, case)
    ticked = await cases.ticked_evidence(turn.session, case.record)
    missing = [item for item in items if item.id not in ticked]
    if len(missing) != 1:
        return replies(WHICH_ITEM)
    await cases.tick_evidence(turn.session, case.record, missing[0].id, turn.now)
    return replies(TICKED.format(title=missing[0].title))


def _listed(case: OpenedCase, items: Sequence[Evidence], ticked: Collection[str]) -> Reply:
    """清单：文字，和同样内容的卡片；没有材料的不必画。"""
    code = case.record.code
    text = evidence_list_message(code, items, ticked)
    return Reply(text, Picture(evidence_card(code, items, ticked)) if items else None)


async def _items(turn: Turn, case: OpenedCase) -> tuple[Evidence, ...]:
    _, assessment = await judged(turn, case.record.code)
    return assessment.evidence if assessment else ()


async def _toggle(turn: Turn, case: OpenedCase, item: Evidence) -> None:
    """再回一次同一个编号就是取消。"""
    if not await cases.tick_evidence(turn.session, case.record, item.id, turn.now):
        await cases.untick_evidence(turn.session, case.record, item.id)
