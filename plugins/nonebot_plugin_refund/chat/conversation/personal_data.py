"""本人的数据：导出和删除。只给本人，删之前确认一次。"""

import json
from functools import partial

from ...storage import erasures, personal_data
from . import prompts
from .prompts import PromptKind
from .turn import Attachment, Reply, Turn, replies

CONFIRM_WORD = "确认删除"
ASK_CONFIRM = f"会删掉你的全部问答、案件和提醒，删了找不回来。确定就回「{CONFIRM_WORD}」；不删就不用理。"
DELETED = "都删掉了：问答、案件、提醒一条不留。以后有事随时再来。"
KEPT = "没有删，都还在。"
EXPORTED = "这是我这里关于你的全部记录（只有你看得到）。"


async def export(turn: Turn) -> list[Reply]:
    """本人的全部记录，作为一个 JSON 文件。"""
    everything = await personal_data.export_person(turn.session, turn.person)
    text = json.dumps(everything, ensure_ascii=False, indent=1)
    return [Reply(EXPORTED, attachment=Attachment("我的退款记录.json", text, text))]


async def ask_delete(turn: Turn) -> list[Reply]:
    """删之前确认一次。"""
    await prompts.ask(turn, PromptKind.CONFIRM_DELETE)
    return replies(ASK_CONFIRM)


async def hear_confirmation(turn: Turn, text: str) -> list[Reply]:
    """只有一字不差的确认才删；说了别的就不删，返回空让这句话照常处理。"""
    if text.strip(" 。！!「」") != CONFIRM_WORD:
        await prompts.done(turn)
        return replies(KEPT) if text.strip() in {"不删", "不", "不要", "算了", "取消", "否"} else []
    await _mark_erased(turn)
    await personal_data.delete_person(turn.session, turn.person)
    await erasures.mark(turn.session, turn.now)
    turn.after_commit.append(lambda: turn.services.groups.forget(turn.person.platform, turn.person.user_id))
    return replies(DELETED)


async def _mark_erased(turn: Turn) -> None:
    """先在数据库外面记下他删了：恢复旧备份时靠它再删一遍。删除没提交成就收回。"""
    folder = turn.services.data_folder
    if folder is not None:
        await erasures.record(folder, turn.person, turn.now)
        turn.if_it_fails.append(partial(erasures.withdraw, folder, turn.person, turn.now))
