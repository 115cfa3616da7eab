"""本人的数据：导出和删除。只给本人，删之前确认一次。"""

import io
import json
import zipfile
from collections.abc import Sequence
from functools import partial

from ...domain.case.papers import WrittenPaper
from ...domain.understanding.writing.text import bare
from ...render.paper_pdf import paper_pdf
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.person import erasures, personal_data
from ...storage.person.erasure_marks import Mark
from ..base import prompts
from ..base.turn import Attachment, Reply, Services, Turn, replies
from ..case import papers
from ..reading.awaits import ConfirmDelete

_SPOKEN = load_spoken().deletion
CONFIRM_WORDS = frozenset(_SPOKEN.confirm)
CONFIRM_WORD = _SPOKEN.confirm[0]
KEEP_WORDS = frozenset(_SPOKEN.keep)
ASK_CONFIRM = f"会删掉你的全部问答、案件和提醒，删了找不回来。确定就回「{CONFIRM_WORD}」；不删就不用理。"
DELETED = "都删掉了：问答、案件、提醒一条不留。以后有事随时再来。"
KEPT = "没有删，都还在。"
EXPORTED = "这是我这里关于你的全部记录（只有你看得到）。"
PAPERS_EXPORTED = "这是案件 {codes} 的文书，打成一包 PDF。"
PAPERS_NOT_SENT = "压缩包这里发不了。要看哪一件的文书，发「文书 案件号」，有的是：{codes}。"
FORMAT = 1
"""导出文件的写法，改了就加一；各项的意思见 ``docs/privacy.md``。"""


async def export(turn: Turn) -> list[Reply]:
    """本人的全部记录，作为一个 JSON 文件；有案件能写文书的，再加一包 PDF。"""
    everything = await personal_data.export_person(turn.session, turn.person)
    header = {"format": FORMAT, "exported_at": turn.now.isoformat()}
    text = json.dumps(header | everything, ensure_ascii=False, indent=1)
    records = Reply(EXPORTED, attachment=Attachment("我的退款记录.json", text, text))
    written = await papers.everything(turn)
    if not written:
        return [records]
    codes = "、".join(dict.fromkeys(code for code, _ in written))
    pack = Attachment("我的退款文书.zip", partial(_packed, written), PAPERS_NOT_SENT.format(codes=codes))
    return [records, Reply(PAPERS_EXPORTED.format(codes=codes), attachment=pack)]


async def ask_delete(turn: Turn) -> list[Reply]:
    """删之前确认一次。"""
    await prompts.ask(turn, ConfirmDelete())
    return replies(ASK_CONFIRM)


async def hear_confirmation(turn: Turn, text: str) -> list[Reply]:
    """只有整句就是确认才删；说了别的就不删，返回空让这句话照常处理。"""
    said = bare(text)
    if said not in CONFIRM_WORDS:
        await prompts.done(turn)
        return replies(KEPT) if said in KEEP_WORDS else []
    await personal_data.delete_person(turn.session, turn.person)
    made = await erasures.mark(turn.session, turn.person, turn.now)
    turn.after_commit.append(lambda: turn.services.groups.forget(turn.person.platform, turn.person.user_id))
    turn.afterwards.append(partial(_forget_for_good, turn.services, made))
    return replies(DELETED)


async def _forget_for_good(services: Services, made: Mark) -> None:
    """删除提交了：记号抄一份在数据库外面，恢复旧备份时靠它再删一遍；删掉的从文件的字节里抹去。"""
    if services.data_folder is not None:
        await erasures.write_down(services.data_folder, [made])
    await erasures.wipe_now(services.database)


def _packed(written: Sequence[tuple[str, WrittenPaper]]) -> bytes:
    """全部文书的 PDF 打成一包；一份几十毫秒，所以在线程里做。"""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for code, paper in written:
            archive.writestr(papers.file_name(code, paper), paper_pdf(paper))
    return packed.getvalue()
