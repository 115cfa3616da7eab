"""撤销与改正：上一件改动、或指名的一件，照记下的样子还原；后来的能照做的照做一遍。"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ....domain.case.case_amounts import ARRIVED
from ....domain.case.case_routes import likely_events, route_to
from ....domain.case.cases import CasePosition
from ....domain.case.heard.named_event import told_of
from ....domain.case.heard.news import hear_news
from ....domain.case.told_limit import told_limit_from
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.sums.stated_sums import corrected_sum
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....storage.case import cases, changes
from ....storage.case.changes import Change
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...interview import interviewing, under_way
from ...reading.awaits import ConfirmUndo
from ...reading.correcting.denied_reports import without_denied
from ...reading.intents import Reported
from ...reading.money.no_money import no_money_came
from ...reading.progress.news import ARRIVALS
from ...reading.progress.told_pieces import BANDS, happened_at
from ...reading.utterance import Utterance
from ..asked_first import confirming
from ..casework import by_code
from ..progress import reporting
from . import event_days

NOTHING = "没有可以撤销的。"
NEVER_NOTED = "这件没有记过「{named}」，没有动。"
SHAKES = "这是前面记的，撤了它，后面的「{labels}」可能接不上，要再说一遍。\n"
UNDO_OR_NOT = "要把刚才的「{label}」撤掉吗？\n1 撤掉\n2 不撤"
LEFT_AS_IT_IS = "好，照旧，没有动。"
NO_SUCH = "没有记过这一件。"
ARRIVED_TAKEN_OUT = "好，到账的数去掉了，照还没到账算。"
UNDONE = "好，撤销了：{label}。"
ALSO_UNDONE = "后面的「{labels}」照旧。"
NOT_REDONE = "后面记的「{labels}」接不上了，要的话再说一遍。"
STANDS = "{code} 现在是「{stage}」。"
_DENIES = "不是"
_NO_NAME = re.compile(r"刚刚|刚才|刚记|上面|前面|上一|最后|[点按手误]?[错滑触]|记录|进展|操作|[\\s,。一二两]")
_CAME = re.compile(r"到账|到了|收到")
_NAMED = 0.5
"""说到的字有这么多在那一件的名字里，才是指名撤它；不到的撤上一件。"""


async def undo(
    turn: Turn, named: str, *, reopening: bool = False, confirmed: bool = False, case_id: int | None = None
) -> list[Reply]:
    """撤销上一件、说到的那件（它的 id 或话），或把案件结掉的那件（``reopening``）；会连累后面记的别的，先问一句。

    ``case_id`` 是说了要撤哪件案件的，别的不撤。
    """
    every = await changes.latest(turn.session, turn.person)
    made = [change for change in every if case_id in (None, change.case_id)]
    if case_id is not None and named and not any(_is_named(named, change) for change in made):
        return replies(NO_SUCH if named.isascii() else NEVER_NOTED.format(named=named))
    if named and not reopening and not confirmed and made and _match(made, named) is None and _says_which(named):
        return await _never_noted(turn, named, case_id=case_id)
    chosen = await _closing(turn, made) if reopening else _chosen(made, named)
    if chosen is None:
        return replies(NOTHING)
    later = [change for change in every if change.id > chosen.id]
    shaken = [change.label for change in later if change.kind not in ("report", event_days.REDATED)]
    if shaken and not confirmed:
        return await ask(turn, named, reopening=reopening, shaken=shaken, case_id=case_id)
    redone, lost = await take_back(turn, chosen)
    lines = [UNDONE.format(label=chosen.label)]
    if redone:
        lines.append(ALSO_UNDONE.format(labels="」「".join(redone)))
    if lost:
        lines.append(NOT_REDONE.format(labels="」「".join(lost)))
    return replies("\n".join([*lines, *await _where_it_stands(turn, chosen)]))


async def take_back(turn: Turn, chosen: Change) -> tuple[list[str], list[str]]:
    """撤掉一件，后来的照做一遍；返回照做了的和接不上的。"""
    later = [change for change in await changes.latest(turn.session, turn.person) if change.id > chosen.id]
    await changes.undo(turn.session, turn.person, chosen, turn.now)
    turn.known.undone = True
    turn.wake_delivery()
    await prompts.done(turn)
    return await _redo(turn, later)


async def ask(
    turn: Turn, named: str = "", *, reopening: bool = False, shaken: Sequence[str] = (), case_id: int | None = None
) -> list[Reply]:
    """听着像要撤销：先说是哪一件，问要不要撤；没有可撤的直说。``shaken`` 是撤了会接不上的。"""
    made = [change for change in await changes.latest(turn.session, turn.person) if case_id in (None, change.case_id)]
    chosen = await _closing(turn, made) if reopening else _chosen(made, named)
    if chosen is None:
        return replies(NOTHING)
    await prompts.ask(turn, ConfirmUndo(named=named, reopening=reopening, case_id=case_id))
    warning = SHAKES.format(labels="」「".join(reversed(shaken))) if shaken else ""
    return replies(warning + UNDO_OR_NOT.format(label=chosen.label))


async def ask_back(turn: Turn) -> list[Reply]:
    """没有在问答，说了“上一步”：最近改动的是一件进展的，问要不要撤掉它；改动的是别的为空。"""
    made = await changes.latest(turn.session, turn.person, limit=1)
    return await ask(turn) if made and made[0].kind == "report" else []


async def settle(turn: Turn, asked: ConfirmUndo, *, yes: bool) -> list[Reply]:
    """问过要不要撤，回了话。"""
    if yes:
        return await undo(turn, asked.named, reopening=asked.reopening, confirmed=True, case_id=asked.case_id)
    await prompts.done(turn)
    return replies(LEFT_AS_IT_IS)


async def replace_report(turn: Turn, text: str, case_id: int | None = None, *, direct: bool = False) -> list[Reply]:
    """上一件进展记错了，其实是另一件：“不对 是商家拒绝了”。对不上、还是那一件返回空。

    ``direct`` 时，中间还要补上别的进展的不换。给了 ``case_id`` 的，只换那一件案件的。
    """
    made = await changes.latest(turn.session, turn.person, limit=1)
    if not made or made[0].kind != "report" or made[0].case_id is None or case_id not in (None, made[0].case_id):
        return []
    before = next((row for row in made[0].before["cases"] if row["id"] == made[0].case_id), None)
    if before is None:
        return []
    case = await by_code(turn, before["code"])
    if isinstance(case, list):
        return []
    position = CasePosition(before["track_id"], before["stage_id"], datetime.fromisoformat(before["stage_entered_at"]))
    priors = likely_events(case.edition.scenario, position)
    is_denial = any(piece.startswith(_DENIES) for piece in pieces_of(text))
    text = without_denied(text, made[0].label)
    heard = hear_news(text, mood_reader().clauses(text), priors).events
    if not heard or heard[0].score < reporting.LIKELY_ENOUGH or heard[0].event.id == made[0].detail["event"]:
        return []
    if heard[0].score < BANDS.record and (is_denial or direct):
        return []  # “不是商家给的数 是平台判的”：只是有点像，先问清楚
    if heard[0].event.id in ARRIVALS and (corrected_sum(text) is not None or no_money_came(Utterance(text), heard[0])):
        return []  # “钱是859不是869”：改的是花了多少，不是钱到了
    happened = happened_at(text, turn.said_at)
    route = route_to(case.edition.scenario, position, heard[0].event.id)
    if direct and (route is None or route.implied):
        return []
    if route is not None and confirming.asks_first(case, route):
        return await reporting.report(turn, Reported(before["code"], heard[0].event.id, happened, text, sure=False))
    told = told_limit(text, turn.said_at)
    return await again(turn, made[0], heard[0].event.id, happened, {} if told is None else told.to_plain())


async def again(
    turn: Turn, change: Change, event_id: str, happened: datetime | None, told: dict[str, Any] | None
) -> list[Reply]:
    """撤掉上一件进展，照新的日子或新的事重记；``told`` 是说好的期限，存着的样子。"""
    before = next((row for row in change.before["cases"] if row["id"] == change.case_id), None)
    if before is None:
        return []
    await changes.restore(turn.session, turn.person, change, turn.now)
    await prompts.done(turn)
    case = await by_code(turn, before["code"])
    if isinstance(case, list) or case.position is None:
        return []
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    route = route_to(case.edition.scenario, case.position, event_id, walked)
    return (
        [] if route is None else await reporting.record(turn, case, route, happened, limit=told_limit_from(told or {}))
    )


async def _closing(turn: Turn, made: Sequence[Change]) -> Change | None:
    """最近把一件案件结掉的那次改动：那件现在结着，这次之前还没结。"""
    listed = await cases.listed(turn.session, turn.person, include_closed=True)
    closed = {record.id for record in listed if record.closed_at is not None}
    for change in made:
        before = next((row for row in change.before["cases"] if row["id"] in closed), None)
        if before is not None and before["closed_at"] is None:
            return change
    return None


async def _never_noted(turn: Turn, named: str, *, case_id: int | None) -> list[Reply]:
    """说了要撤的是什么，却没有记过这样一件：是到账的数就去掉它；别的不去撤另一件，先问是不是上一件。"""
    for record in await cases.listed(turn.session, turn.person):
        if case_id in (None, record.id) and _CAME.search(named) and record.amounts.get(ARRIVED):
            turn.changed("amount", ARRIVED_TAKEN_OUT, record.id)
            kept = {name: value for name, value in record.amounts.items() if name != ARRIVED}
            await cases.save(turn.session, record, turn.now, amounts=kept)
            await prompts.done(turn)
            return replies(ARRIVED_TAKEN_OUT)
    asked = await ask(turn, case_id=case_id)
    return [*replies(NO_SUCH), *asked]


def _says_which(named: str) -> bool:
    """说了是哪一件，不是“刚才那个”“点错了”这些。"""
    return len(_NO_NAME.sub("", told_of(named))) > 1


def _chosen(made: Sequence[Change], named: str) -> Change | None:
    if not made:
        return None
    return _match(made, named) or made[0]


def _match(made: Sequence[Change], named: str) -> Change | None:
    """话里说的是哪一件：整句、各截去掉“那条”“搞错了”这些，和名称像的；没有像的为 ``None``。"""
    best = max(((_likeness(named, change), -place) for place, change in enumerate(made)), default=(0.0, 0))
    return made[-best[1]] if best[0] >= _NAMED else None


def _is_named(named: str, change: Change) -> bool:
    return _likeness(named, change) >= _NAMED


def _likeness(named: str, change: Change) -> float:
    if named == change.detail.get("event"):
        return 1.0
    said = {normalise(named), *map(told_of, pieces_of(named))} - {""}
    return max((alike(wanted, normalise(change.label)) for wanted in said if len(wanted) > 1), default=0.0)


def alike(wanted: str, label: str) -> float:
    """两句话里相同的两字连写占多少。"""
    pairs = {wanted[index : index + 2] for index in range(len(wanted) - 1)} or {wanted}
    return sum(pair in label for pair in pairs) / len(pairs)


async def _redo(turn: Turn, later: Sequence[Change]) -> tuple[list[str], list[str]]:
    """后来的改动照原样再做一遍；只有进展做得来，别的说清楚没留住。"""
    redone: list[str] = []
    lost: list[str] = []
    for change in reversed(later):
        done = (change.kind == "report" and await _redo_report(turn, change)) or (
            change.kind == event_days.REDATED and await _redo_day(turn, change)
        )
        (redone if done else lost).append(change.label)
    return redone, lost


async def _redo_report(turn: Turn, change: Change) -> bool:
    record = await cases.get_by_id(turn.session, turn.person, change.case_id) if change.case_id else None
    if record is None or record.closed_at is not None:
        return False
    case = await by_code(turn, record.code)
    if isinstance(case, list) or case.position is None:
        return False
    detail: dict[str, Any] = dict(change.detail)
    walked = [event.event_id for event in await cases.events(turn.session, record)]
    route = route_to(case.edition.scenario, case.position, detail["event"], walked)
    if route is None:
        return False
    happened = datetime.fromisoformat(detail["happened"]) if detail.get("happened") else change.made_at
    before = await changes.picture(turn.session, turn.person, [record.id])
    await reporting.record(turn, case, route, happened, limit=told_limit_from(detail.get("told") or {}))
    await _record_again(turn, change, before)
    return True


async def _redo_day(turn: Turn, change: Change) -> bool:
    """改过的日子再改一遍；那件进展撤掉了的不用改。"""
    record = await cases.get_by_id(turn.session, turn.person, change.case_id) if change.case_id else None
    case = await by_code(turn, record.code) if record is not None else []
    if isinstance(case, list):
        return False
    happened = datetime.fromisoformat(change.detail["happened"])
    before = await changes.picture(turn.session, turn.person, [case.record.id])
    if await event_days.put_day(turn, case, change.detail["event"], happened) is None:
        return False
    await _record_again(turn, change, before)
    return True


async def _record_again(turn: Turn, change: Change, before: changes.Before) -> None:
    """照做了的一件，照原来的样子记一笔。"""
    await changes.record(
        turn.session,
        turn.person,
        kind=change.kind,
        label=change.label,
        before=before,
        now=change.made_at,
        case_id=change.case_id,
        detail=change.detail,
    )


async def _where_it_stands(turn: Turn, change: Change) -> list[str]:
    """撤销之后现在是什么样：案件站在哪，或哪个问题还开着。"""
    interview = await interviewing.active(turn)
    if interview is not None:
        return [under_way.open_question_text(turn, interview, in_full=True)]
    record = await cases.get_by_id(turn.session, turn.person, change.case_id) if change.case_id else None
    if record is None:
        return []
    case = await by_code(turn, record.code)
    if isinstance(case, list) or case.stage is None:
        return []
    return [STANDS.format(code=record.code, stage=case.stage.title)]
