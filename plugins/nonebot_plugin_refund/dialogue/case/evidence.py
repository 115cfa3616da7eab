"""材料：看清单、一项一项备、打勾。图片不下载，地址也不看，只把正在说的那一项勾上。"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from ...domain.understanding.writing.text import bare
from ...render.case_cards import evidence_card
from ...render.texts.case_text import evidence_list_message, ready_by_in_words
from ...render.texts.verdict_text import evidence_item_message
from ...rulebook.scenario_models.models import Evidence
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.case import cases
from ..base import prompts
from ..base.prompts import picked_number
from ..base.turn import Picture, Reply, Turn, replies
from ..interview.verdicts import judged
from ..reading.awaits import PickEvidence
from .case_state import OpenedCase

TICKED = "勾上了：{title}。原件自己留好，我没有保存图片。"
TICKED_SEVERAL = "勾上了：{title}，{count} 张都算这一项。原件自己留好，我没有保存图片。"
TICKED_OFFICIAL = "勾上了：{title}。这项只交官方入口，请把刚才的图撤回；我没有下载，也没有保存。"
SAME_ITEM = "这张也算在「{title}」里，没有保存。是另一项就回编号。"
WHICH_ITEM = "这张图是哪一项？回编号。我不下载图片，只打勾，原件请自己留好。"
NOTHING_LEFT = "材料都勾上了，这张图我没有保存，原件留好就行。"
ASK_PICTURE = "拍好、截好了发给我看一眼（不下载，只打勾），或回「有了」；这会儿没有就回「跳过」。"
ASK_OFFICIAL = "备好了回「有了」；这会儿没有就回「跳过」。"
ALL_DONE = "材料都备齐了。"
NO_MORE = "先备到这里，想接着来再发「材料」。"
_SPOKEN = load_spoken().evidence
_LOOK = _SPOKEN.look
_HAVE_WORDS = frozenset(_SPOKEN.have)
_SKIP_WORDS = frozenset(_SPOKEN.skip)
_BURST = timedelta(seconds=60)
"""一口气发来的几张图，隔这么久以内的算同一项：一项常要截好几张，不该一张勾一项。"""


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """材料清单，接着说第一项还没有的怎么备。"""
    items, ticked = await _state(turn, case)
    listed = _listed(turn, case, items, ticked)
    return [listed, *await _ask_next(turn, case, items, ticked)] if items else [listed]


async def hear(turn: Turn, case: OpenedCase, text: str) -> list[Reply]:
    """一句话是编号就打勾，是“看 2”就说那一项，“有了”“跳过”说的是正在备的；都不是返回空。"""
    items, ticked = await _state(turn, case)
    said = bare(text)
    looked = next((said.removeprefix(word) for word in _LOOK if said.startswith(word)), None)
    if looked is not None:
        number = picked_number(looked, len(items))
        return await _ask_about(turn, case, items[number - 1]) if number else []
    if numbers := _numbers(said, len(items)):
        return await _tick_numbered(turn, case, [items[number - 1] for number in numbers])
    if turn.incoming.has_picture:
        return await picture(turn, case)
    asked = _asked(await _context(turn, case), items)
    if asked is not None and said in _HAVE_WORDS:
        await _tick(turn, case, asked)
        return await show(turn, case)
    if asked is not None and said in _SKIP_WORDS:
        return await _ask_next(turn, case, items, ticked, after=asked)
    return []


async def picture(turn: Turn, case: OpenedCase) -> list[Reply]:
    """来了图：正在备哪一项就勾哪一项，没在备就问是哪一项。"""
    items, ticked = await _state(turn, case)
    context = await _context(turn, case)
    just = next((item for item in items if item.id == context.get("just")), None)
    if just is not None and turn.now - datetime.fromisoformat(context["at"]) <= _BURST:
        await _await(turn, case, context | {"at": turn.now.isoformat()})
        return replies(SAME_ITEM.format(title=just.title))
    asked = _asked(context, items)
    if asked is None:
        return await _ask_which(turn, case, items, ticked)
    await _tick(turn, case, asked)
    now_ticked = {*ticked, asked.id}
    return [
        *replies(_ticked_words(asked, turn.incoming.segments.count("image"))),
        *await _ask_next(turn, case, items, now_ticked, after=asked, just=asked),
    ]


def _ticked_words(item: Evidence, count: int) -> str:
    if item.official_only:
        return TICKED_OFFICIAL.format(title=item.title)
    return (TICKED_SEVERAL if count > 1 else TICKED).format(title=item.title, count=count)


async def _ask_which(turn: Turn, case: OpenedCase, items: Sequence[Evidence], ticked: Collection[str]) -> list[Reply]:
    """没在备哪一项的图：列出来让他认；都有了就不必认。"""
    if all(item.id in ticked for item in items):
        return replies(NOTHING_LEFT)
    await _await(turn, case, {"pictured": True})
    return [Reply(WHICH_ITEM), _listed(turn, case, items, ticked)]


async def _tick_numbered(turn: Turn, case: OpenedCase, chosen: Sequence[Evidence]) -> list[Reply]:
    """按编号打勾；再回一次同一个编号就是取消，除非这回是说图是哪一项。"""
    has_picture = turn.incoming.has_picture or bool((await _context(turn, case)).get("pictured"))
    for item in chosen:
        fresh = await _tick(turn, case, item)
        if not fresh and not has_picture:
            await cases.untick_evidence(turn.session, case.record, item.id)
    return await show(turn, case)


async def _tick(turn: Turn, case: OpenedCase, item: Evidence) -> bool:
    """勾上一项；先前没勾的为真。"""
    turn.changed("tick", f"材料：{item.title}", case.record.id)
    return await cases.tick_evidence(turn.session, case.record, item.id, turn.now)


async def _ask_next(
    turn: Turn,
    case: OpenedCase,
    items: Sequence[Evidence],
    ticked: Collection[str],
    *,
    after: Evidence | None = None,
    just: Evidence | None = None,
) -> list[Reply]:
    """接着备下一项还没有的；``after`` 之后没有了就不再问，``just`` 是刚用图勾上的。"""
    behind = items if after is None else items[items.index(after) + 1 :]
    wanted = next((item for item in behind if item.id not in ticked), None)
    if wanted is not None:
        return await _ask_about(turn, case, wanted, just=just)
    await _await(turn, case, _just(turn, just))
    return replies(ALL_DONE if all(item.id in ticked for item in items) else NO_MORE)


async def _ask_about(turn: Turn, case: OpenedCase, item: Evidence, *, just: Evidence | None = None) -> list[Reply]:
    await _await(turn, case, {"item": item.id} | _just(turn, just))
    return replies(f"{evidence_item_message(item)}\n{ASK_OFFICIAL if item.official_only else ASK_PICTURE}")


def _just(turn: Turn, item: Evidence | None) -> dict[str, Any]:
    return {} if item is None else {"just": item.id, "at": turn.now.isoformat()}


async def _await(turn: Turn, case: OpenedCase, context: dict[str, Any]) -> None:
    await prompts.ask(turn, PickEvidence(case=case.record.code, **context))


async def _context(turn: Turn, case: OpenedCase) -> dict[str, Any]:
    """正在备这件案件的哪一项；没在备为空。"""
    awaited = await prompts.pending(turn)
    if not isinstance(awaited, PickEvidence) or awaited.case != case.record.code:
        return {}
    return awaited.model_dump(mode="json", exclude={"kind", "case"}, exclude_none=True)


def _asked(context: dict[str, Any], items: Sequence[Evidence]) -> Evidence | None:
    return next((item for item in items if item.id == context.get("item")), None)


def _numbers(said: str, count: int) -> list[int]:
    """几个编号；夹着别的话的为空。"""
    words = said.replace("、", " ").replace(",", " ").split()
    numbers = [number for word in words if (number := picked_number(word, count)) is not None]
    return numbers if len(numbers) == len(words) else []


def _listed(turn: Turn, case: OpenedCase, items: Sequence[Evidence], ticked: Collection[str]) -> Reply:
    """清单：文字，和同样内容的卡片；没有材料的不必画。"""
    code = case.record.code
    ready_by = ready_by_in_words(case.timers(turn.services.calendar), turn.now)
    text = evidence_list_message(code, items, ticked, ready_by)
    return Reply(text, Picture(evidence_card(code, items, ticked, ready_by)) if items else None)


async def _state(turn: Turn, case: OpenedCase) -> tuple[tuple[Evidence, ...], frozenset[str]]:
    """这件案件的材料，和已经备好的。"""
    _, assessment = await judged(turn, case.record.code)
    ticked = frozenset(await cases.ticked_evidence(turn.session, case.record))
    return (assessment.evidence if assessment else ()), ticked
