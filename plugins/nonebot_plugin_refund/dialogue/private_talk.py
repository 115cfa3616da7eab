"""私聊里怎么说话：按先后看是不是命令、正等着的回答、控制词、访谈的答案、案件的进展、新的一件事。"""

from collections.abc import Awaitable, Callable

from ..domain.understanding.controls import Control, ControlKind, parse_control
from ..domain.understanding.private import find_private_numbers
from ..domain.understanding.text import MAX_LENGTH, bare, normalise
from ..rulebook.models import Rule
from ..storage.case_codes import normalise_code
from ..storage.notes import Note
from .base import prompts, wording
from .base.prompts import PromptKind, picked_number
from .base.turn import Reply, Turn, replies
from .base.wording_cards import help_reply, menu_reply, scenario_list_reply
from .case import calendaring, casework, evidence, papers
from .case.keeper import OpenedCase
from .interview import interviewing, verdicts
from .interview.interviewing import OpenInterview
from .owner import administration
from .person import personal_data, picture_settings
from .reading.commands import Command, CommandName, NearMiss, parse_command
from .reminders import reminding
from .rulebooks import rule_review

_RESUME_WORDS = {"继续", "接着说", "接着问", "继续说"}
_SWITCH_WORDS = {"换", "换过去", "换成这个", "换吧", "换一下", "要换"}
_AGREE_WORDS = {"好", "好的", "好吧", "行", "可以", "是", "是的", "嗯"}
_ACKNOWLEDGING = {"好", "好的", "好吧", "嗯", "嗯嗯", "行", "ok", "哦", "知道了", "明白", "明白了", "收到", "了解"}
_LOOK_CLOSER = {
    "依据": 1, "为什么": 1, "理由": 1, "法律": 1,
    "风险": 3, "留意": 3,
    "日期": 4, "日期算法": 4, "怎么算的": 4,
    "改答案": 5,
}  # fmt: skip
"""结论之后，用编号旁边的字说也行。"""

_ON_CASE: dict[CommandName, Callable[[Turn, OpenedCase], Awaitable[list[Reply]]]] = {
    CommandName.PROGRESS: casework.progress,
    CommandName.UPDATE: casework.update,
    CommandName.EVIDENCE: evidence.show,
    CommandName.PAPERS: papers.show,
    CommandName.CALENDAR: calendaring.show,
    CommandName.REMINDERS: reminding.show,
    CommandName.CLOSE: casework.ask_outcome,
}

_HEARD_AT_ONCE: dict[CommandName, Callable[[Turn, OpenedCase, str], Awaitable[list[Reply]]]] = {
    CommandName.UPDATE: casework.hear_event,
    CommandName.EVIDENCE: evidence.hear,
    CommandName.PAPERS: papers.hear,
    CommandName.CLOSE: casework.close,
}
"""命令后面的话可以直接当作回答：进展、材料和文书的编号、结局。"""


async def respond(turn: Turn) -> list[Reply]:
    """一条私聊消息的回答。话在这里变成统一写法，后面看到的都是它；查隐私号码要看原话。"""
    incoming = turn.incoming
    if incoming.is_temporary:
        return replies(wording.ADD_FRIEND_FIRST)
    if kinds := find_private_numbers(incoming.text):
        return replies(wording.private_numbers(kinds), await _open_question(turn))
    if incoming.arguments is not None:
        return _with_warning(incoming.text, await _command(turn, normalise(incoming.arguments)))
    said = normalise(incoming.text)
    return _with_warning(incoming.text, await _said(turn, said) if said else await _without_text(turn))


async def _said(turn: Turn, text: str) -> list[Reply]:
    """没带命令词的一句话。"""
    note = await prompts.pending(turn)
    if note is not None and (answered := await _answer_prompt(turn, note, text)):
        return answered
    interview = await interviewing.active(turn)
    if controlled := await _controlled(turn, interview, text):
        return controlled
    if interview is not None:
        return await _in_interview(turn, interview, text)
    if bare := await _bare_command(turn, text):
        return bare
    return await _matter(turn, text)


async def _controlled(turn: Turn, interview: OpenInterview | None, text: str) -> list[Reply]:
    """控制词：上一步、退出、推迟、恢复提醒、继续……；不是则返回空。"""
    control = parse_control(text, turn.now)
    if control is not None and (obeyed := await _control(turn, interview, control)):
        return obeyed
    if settings := await reminding.hear_setting(turn, text) or await rule_review.hear(turn, text):
        return settings
    return await interviewing.resume_latest(turn) if bare(text) in _RESUME_WORDS else []


async def _in_interview(turn: Turn, interview: OpenInterview, text: str) -> list[Reply]:
    """先当作回答；不是回答的，再看是不是命令、是不是别的案件的进展，原问题总是还开着。"""
    if interviewing.understands(turn, interview, text):
        return await interviewing.hear(turn, interview, text)
    if bare := await _bare_command(turn, text):
        return bare if await prompts.pending(turn) else [*bare, *replies(await _open_question(turn))]
    if codes := casework.sounds_like_event(await casework.open_cases(turn), text):
        return replies(wording.EVENT_OFFER.format(code=codes[0]), await _open_question(turn))
    return await interviewing.hear(turn, interview, text)


async def _matter(turn: Turn, text: str) -> list[Reply]:
    """整句是已有案件的进展就记下；听得出是另一种事的，当新的一件；其余再看像不像进展。"""
    cases_open = await casework.open_cases(turn)
    if not casework.sounds_like_event(cases_open, text):
        if (named := turn.services.shelf.named(text)) is not None:
            return await interviewing.start(turn, named, said=text)
        found = turn.services.classifier.classify(text)
        known = {case.edition.scenario.id for case in cases_open}
        if found.is_sure and found.scenario not in known:
            return await _new_matter(turn, text)
    return await casework.hear_event_anywhere(turn, cases_open, text) or await _new_matter(turn, text)


async def _bare_command(turn: Turn, text: str) -> list[Reply]:
    """私聊里不带“退款”二字的命令，如“我的”“进度 K7Q2”；打错的不在这里猜。"""
    command = parse_command(text, turn.services.shelf.command_words)
    return await _obey(turn, command) if isinstance(command, Command) else []


async def _new_matter(turn: Turn, text: str) -> list[Reply]:
    """听出是哪种退款就开始问，听不出就短短一句。"""
    found = turn.services.classifier.classify(text)
    edition = turn.services.shelf.current(found.scenario) if found.scenario else None
    if edition is not None:
        return await interviewing.start(turn, edition, said=text)
    if turn.services.classifier.refund_word_present(text):
        return await _menu(turn)
    return replies(_small_talk(text))


def _small_talk(text: str) -> str:
    """寒暄只回一句：道谢的回道谢，应声的应一声。"""
    said = bare(text)
    if said.startswith(("谢", "多谢", "感谢")):
        return wording.THANKED
    return wording.ACKNOWLEDGED if said in _ACKNOWLEDGING else wording.SMALL_TALK


async def _command(turn: Turn, arguments: str) -> list[Reply]:
    command = parse_command(arguments, turn.services.shelf.command_words)
    if isinstance(command, Command):
        return await _obey(turn, command)
    interview = await interviewing.active(turn)
    if answered := await _controlled(turn, interview, arguments) or await _picked_scenario(turn, arguments):
        return answered
    found = turn.services.classifier.classify(arguments)
    edition = turn.services.shelf.named(arguments) or turn.services.shelf.current(found.scenario or "")
    if edition is not None:
        return await interviewing.start(turn, edition, said=arguments)
    if isinstance(command, NearMiss):
        return replies(
            wording.NEAR_MISS.format(written=command.written, command=turn.services.command, meant=command.meant)
        )
    await prompts.ask(turn, PromptKind.PICK_SCENARIO)
    return replies(wording.NOT_RECOGNISED)


async def _obey(turn: Turn, command: Command) -> list[Reply]:
    if command.name in _ON_CASE:
        return await _on_case(turn, command)
    match command.name:
        case CommandName.MINE if command.argument:
            return await _obey(turn, Command(CommandName.PROGRESS, command.argument))
        case CommandName.MINE:
            return await casework.mine(turn)
        case CommandName.EXPORT:
            return await personal_data.export(turn)
        case CommandName.DELETE:
            return await personal_data.ask_delete(turn)
        case CommandName.HELP:
            return [help_reply(turn.services.command)]
        case CommandName.SETTINGS:
            return await picture_settings.hear_in_private(turn, command.argument)
        case CommandName.ADMINISTRATION:
            return await administration.hear(turn, command.argument)
        case CommandName.SCENARIOS if command.argument:
            return await _start_named(turn, command.argument)
        case CommandName.SCENARIOS:
            await prompts.ask(turn, PromptKind.PICK_SCENARIO)
            return [scenario_list_reply(turn.services.shelf.scenarios)]
        case _:
            return await _menu(turn)


async def _on_case(turn: Turn, command: Command) -> list[Reply]:
    """``更新``、``更新 K7Q2``、``更新 商家同意了``、``更新 K7Q2 商家同意了``：号可以不写，后面的话能当场办就办。"""
    first, _, rest = command.argument.partition(" ")
    hear = _HEARD_AT_ONCE.get(command.name)
    if hear is not None and normalise_code(first) is None:
        first, rest = "", command.argument
    chosen = await casework.choose(turn, command.name, first)
    if isinstance(chosen, list):
        return chosen
    shown = await _ON_CASE[command.name](turn, chosen)
    if hear is None or not rest or chosen.record.closed_at is not None:
        return shown
    return await hear(turn, chosen, rest) or shown


async def _menu(turn: Turn) -> list[Reply]:
    await prompts.ask(turn, PromptKind.PICK_SCENARIO)
    return [menu_reply(turn.services.shelf.scenarios, turn.services.command, private=True)]


async def _start_named(turn: Turn, name: str) -> list[Reply]:
    """按 id、标题或俗称开始；都对不上就当描述去听。"""
    edition = turn.services.shelf.named(name)
    return await interviewing.start(turn, edition) if edition is not None else await _new_matter(turn, name)


async def _control(turn: Turn, interview: OpenInterview | None, control: Control) -> list[Reply]:
    """控制词；这会儿不是在控制什么时返回空，让它照常当回答去读。"""
    match control.kind:
        case ControlKind.DONE | ControlKind.SNOOZE | ControlKind.STOP:
            return await _about_reminder(turn, interview, control)
        case ControlKind.QUIT:
            return await interviewing.suspend(turn)
        case ControlKind.HUMAN:
            return replies(wording.HUMAN, await _open_question(turn))
        case ControlKind.HELP:
            return [help_reply(turn.services.command)]
        case ControlKind.MENU:
            return await _menu(turn)
        case ControlKind.PROGRESS if interview is None:
            return await _obey(turn, Command(CommandName.PROGRESS))
        case ControlKind.CHANGE | ControlKind.BACK if interview is None:
            return await _change_latest(turn, control.number)
        case _:
            return await interviewing.obey(turn, interview, control) or [] if interview else []


async def _about_reminder(turn: Turn, interview: OpenInterview | None, control: Control) -> list[Reply]:
    """“完成”“推迟”“停止”：问答里又没有刚发过提醒时，“停止”是不答了，另两个当回答去读。"""
    since = interview.record.updated_at if interview else None
    if interview is None or await reminding.is_answerable(turn, since):
        return await reminding.answer(turn, control)
    if control.kind is not ControlKind.STOP:
        return []
    if "提醒" in turn.incoming.text:
        return [*await reminding.answer(turn, control), *replies(await _open_question(turn))]
    return await interviewing.suspend(turn)


async def _change_latest(turn: Turn, number: int | None) -> list[Reply]:
    """没有在问答：改正说着的那件案件的答案，没有就改最近的一件。"""
    found = await casework.open_cases(turn)
    if not found:
        return replies(casework.NO_CASE)
    note = await prompts.pending(turn)
    code = note.payload.get("case") if note is not None else None
    case = next((case for case in found if case.record.code == code), found[0])
    return await interviewing.revise_case(turn, case.record, case.edition, number)


async def _answer_prompt(turn: Turn, note: Note, text: str) -> list[Reply]:
    """正等着的回答；对不上返回空，照常往下看。"""
    payload = note.payload
    match note.kind:
        case PromptKind.PICK_SCENARIO:
            return await _picked_scenario(turn, text)
        case PromptKind.SWITCH_SCENARIO:
            if await _agrees_to_switch(turn, text):
                return await _start_named(turn, str(payload["scenario"]))
            await prompts.done(turn)
            return []
        case PromptKind.CONFIRM_DELETE:
            return await personal_data.hear_confirmation(turn, text)
        case PromptKind.PICK_CASE:
            codes = [str(code) for code in payload["codes"]]
            number = picked_number(text, len(codes))
            code = codes[number - 1] if number else normalise_code(text)
            return await _obey(turn, Command(CommandName(payload["action"]), code)) if code in codes else []
        case _:
            return await _answer_about_case(turn, note, text)


async def _picked_scenario(turn: Turn, text: str) -> list[Reply]:
    """菜单上的一个编号。"""
    scenarios = turn.services.shelf.scenarios
    number = picked_number(text, len(scenarios))
    return await _start_named(turn, scenarios[number - 1].id) if number else []


async def _agrees_to_switch(turn: Turn, text: str) -> bool:
    """同意换到另一件事；正等着是非题时，光说“是”“好”是在答题。"""
    said = bare(text)
    if said in _SWITCH_WORDS:
        return True
    interview = await interviewing.active(turn)
    asked = interview is not None and interviewing.awaits_yes_or_no(turn, interview)
    return said in _AGREE_WORDS and not asked


async def _answer_about_case(turn: Turn, note: Note, text: str) -> list[Reply]:
    case = await casework.by_code(turn, str(note.payload["case"]))
    if isinstance(case, list):
        await prompts.done(turn)
        return []
    match note.kind:
        case PromptKind.PICK_EVENT:
            return await casework.hear_event(turn, case, text)
        case PromptKind.PICK_OUTCOME:
            return await casework.close(turn, case, text)
        case PromptKind.EVIDENCE:
            return await evidence.hear(turn, case, text)
        case PromptKind.PAPERS:
            return await papers.hear(turn, case, text)
        case PromptKind.AFTER_VERDICT:
            return await _after_verdict(turn, case, text)
        case _:
            return []


async def _after_verdict(turn: Turn, case: OpenedCase, text: str) -> list[Reply]:
    if bare(text) == "换" and (rule := _rule_of(case)) is not None and rule.redirect_to:
        return await _start_named(turn, rule.redirect_to)
    number = picked_number(text, 5) or _LOOK_CLOSER.get(bare(text, keep_question=False))
    if number is None:
        return []
    if number == 5:
        return await interviewing.revise_case(turn, case.record, case.edition, None)
    return await verdicts.look_closer(turn, case.record.code, number)


def _rule_of(case: OpenedCase) -> Rule | None:
    return next((rule for rule in case.edition.scenario.rules if rule.id == case.record.rule_id), None)


async def _without_text(turn: Turn) -> list[Reply]:
    """只有图片、表情、语音、转发的消息。"""
    if turn.incoming.has_picture and (ticked := await _picture(turn)):
        return ticked
    return replies(wording.ONLY_TEXT if turn.incoming.segments else wording.EMPTY, await _open_question(turn))


async def _picture(turn: Turn) -> list[Reply]:
    """只有图片：说着哪件案件就是那件的材料，没有在说就看有没有案件；正在问答、没有案件的返回空。"""
    note = await prompts.pending(turn)
    if note is not None and "case" in note.payload:
        case = await casework.by_code(turn, str(note.payload["case"]))
    elif await interviewing.active(turn) is not None or not await casework.open_cases(turn):
        return []
    else:
        case = await casework.choose(turn, CommandName.EVIDENCE, "")
    return case if isinstance(case, list) else await evidence.picture(turn, case)


def _with_warning(text: str, said: list[Reply]) -> list[Reply]:
    """太长的话只读了前面一段，要说明白。"""
    return [*replies(wording.TOO_LONG), *said] if len(text) > MAX_LENGTH else said


async def _open_question(turn: Turn) -> str:
    """还开着的问题，附在别的话后面；没有则为空。"""
    interview = await interviewing.active(turn)
    if interview is None:
        return ""
    await prompts.done(turn)
    return interviewing.open_question_text(turn, interview)
