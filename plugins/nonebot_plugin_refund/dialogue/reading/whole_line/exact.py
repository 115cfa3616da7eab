"""整句就是它的话：号码、命令、从列表里选、控制词、设置、回提醒。都在猜意思之前看。"""

import re
from dataclasses import replace

from ....domain.claims.said import read_inputs
from ....domain.understanding.controls import Control, ControlKind, parse_control
from ....domain.understanding.private_data.private import find_private_numbers
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.money_models.claim_models import load_claims
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case.case_codes import normalise_code
from .. import awaits, intents
from ..commands import Command, CommandName, NearMiss, parse_command
from ..context import Context
from ..intents import Reading
from ..utterance import Utterance

_BARE_WITH_WORDS = frozenset(
    {CommandName.UPDATE, CommandName.SCENARIOS, CommandName.SETTINGS, CommandName.ADMINISTRATION}
)
"""不带命令词时，后面可以跟一句话的命令；别的命令后面只能跟案件号或编号。"""
_ON_CASE = frozenset({CommandName.PROGRESS, CommandName.EVIDENCE, CommandName.PAPERS, CommandName.CLOSE})
_SHORT_ARGUMENT = 4
"""命令后面只跟着这么短一个词的，还当命令：多半是案件号写错了、材料的编号、结局。"""
_SPOKEN = load_spoken()
_RESUME_WORDS = frozenset(_SPOKEN.resume)
_LIST_AGAIN = frozenset(_SPOKEN.list_again)
_SETTINGS = {
    **dict.fromkeys(_SPOKEN.reminders.resume, intents.Setting.RESUME_REMINDERS),
    **dict.fromkeys(_SPOKEN.reminders.mention_on, intents.Setting.MENTION_ON),
    **dict.fromkeys(_SPOKEN.reminders.mention_off, intents.Setting.MENTION_OFF),
}
_REVIEW = re.compile(rf"(?:{'|'.join(map(re.escape, _SPOKEN.review))})[\s:]*+(?P<code>[a-z0-9]{{4,8}})?")
_CALLED = re.compile(r"(?:提醒|叫|通知|喊)我(?:一下|一声|下)?")
_SHORT_CHECK = 22
_WRITE = "写"


def read_private_numbers(context: Context, utterance: Utterance) -> Reading | None:
    """话里有证件号、卡号、验证码：不存，请他撤回。"""
    del context
    kinds = find_private_numbers(utterance.raw)
    return Reading((intents.PrivateNumbers(tuple(kinds)),), explain=("像是号码",)) if kinds else None


def read_command(context: Context, utterance: Utterance) -> Reading | None:
    """命令永远是命令，不管正等着什么；带案件号的尤其是。只有表情、标点的不是。"""
    if not context.is_command and not utterance.text.strip():
        return None
    parsed = parse_command(utterance.raw if context.is_command else utterance.text, context.book.command_words)
    if not isinstance(parsed, Command) or not (context.is_command or _stands_alone(parsed)):
        return None
    return Reading((intents.Command(parsed),), explain=(f"命令“{parsed.name.word}”",))


def read_near_miss(context: Context, utterance: Utterance) -> Reading | None:
    """带了命令词、却不是任何命令、也听不出是什么事的短话。"""
    if not context.is_command:
        return None
    parsed = parse_command(utterance.raw, context.book.command_words)
    return Reading((intents.NearMiss(parsed),), intents.Band.ASK) if isinstance(parsed, NearMiss) else None


def _stands_alone(command: Command) -> bool:
    """不带命令词的一句话算不算命令：没有多余的话，或后面是案件号。"""
    if not command.argument or command.name in _BARE_WITH_WORDS:
        return True
    first, _, rest = command.argument.partition(" ")
    if command.name is CommandName.LEDGER and any(char.isdigit() for char in command.argument):
        return True
    if command.name is CommandName.CLAIM and read_inputs(load_claims(), command.argument):
        return True
    if normalise_code(first) is not None or first.isdigit():
        return True
    return command.name in _ON_CASE and not rest and len(first) <= _SHORT_ARGUMENT


def read_control(context: Context, utterance: Utterance) -> Reading | None:
    """控制词：上一步、为什么、退出、菜单……；回提醒的三个词只在刚发过提醒、或没有在问答时才算。"""
    control = (
        parse_control(utterance.raw, context.now) or _snooze_beside(context, utterance) or _asks_recorded(utterance)
    )
    if control is None:
        return None
    if control.kind in (ControlKind.DONE, ControlKind.SNOOZE, ControlKind.STOP):
        return _reminder_answer(context, utterance, control)
    if control.kind is ControlKind.UNSURE:
        return None
    is_listed = isinstance(context.awaits, awaits.PickScenario)
    if control.kind is ControlKind.QUIT and context.open_question is None and not is_listed:
        return None  # 没有在问答：“算了”说的多半是案件，由后面去问
    if control.kind is ControlKind.WHY and context.open_question is None:
        return _why_after_verdict(context, utterance)
    return Reading((intents.Control(control),), explain=(f"控制词“{control.kind.value}”",))


def _asks_recorded(utterance: Utterance) -> Control | None:
    """“运费18块你记没记”：给他看记着的几样；后面还说了一大段的，先听那一段。"""
    asks = len(utterance.word) <= _SHORT_CHECK and any(word in utterance.word for word in _SPOKEN.asks_recorded)
    return Control(ControlKind.CHANGE) if asks else None


def _snooze_beside(context: Context, utterance: Utterance) -> Control | None:
    """“推迟 等下礼拜 别老烦我”“后天上午提醒我一下去寄”：说的是提醒，其中一截说了什么时候。"""
    if utterance.asks or not any(word in utterance.text for word in _SPOKEN.reminders.about):
        return None
    pieces = pieces_of(utterance.raw)
    asked = [piece[: called.end()] for piece in pieces if (called := _CALLED.search(piece)) is not None]
    found = [parse_control(piece, context.now) for piece in (*pieces, *asked)]
    snoozed = [control for control in found if control is not None and control.kind is ControlKind.SNOOZE]
    return next((control for control in snoozed if control.delay is not None), None)


def _why_after_verdict(context: Context, utterance: Utterance) -> Reading | None:
    """结论之后问“为什么”，说的是依据。"""
    awaited = context.awaits
    if not isinstance(awaited, awaits.AfterVerdict):
        return None
    return Reading((intents.Chosen(awaited, "1", utterance.raw),), explain=("问依据",))


def _reminder_answer(context: Context, utterance: Utterance, control: Control) -> Reading | None:
    asking = context.open_question is not None
    answer = Reading((intents.ReminderAnswer(control),), explain=(f"回提醒“{control.kind.value}”",))
    if not asking or context.reminder_answerable:
        return answer
    if control.kind is not ControlKind.STOP:
        return None
    if CommandName.REMINDERS.word in utterance.text:
        return answer
    return Reading((intents.Control(replace(control, kind=ControlKind.QUIT)),), explain=("停下问答",))


def read_setting(context: Context, utterance: Utterance) -> Reading | None:
    """“恢复提醒”“同意群提醒”“重看 K7Q2”“继续”这些整句的话。"""
    if context.open_question is not None and utterance.word.rstrip("?") in _LIST_AGAIN:
        return Reading((intents.ResumeInterview(),), explain=("再看一遍选项",))
    if (setting := _SETTINGS.get(utterance.word)) is not None:
        return Reading((intents.SettingChanged(setting),))
    if (review := _REVIEW.fullmatch(utterance.word)) is not None:
        return Reading((intents.ReviewRules(normalise_code(review["code"]) if review["code"] else None),))
    return Reading((intents.ResumeInterview(),)) if utterance.word in _RESUME_WORDS else None


def read_bare(context: Context, utterance: Utterance) -> Reading | None:
    """光一个编号、一个字母，前面又没有谁认它：没有列过什么可选，就什么也不表示。"""
    if context.is_command or context.open_question is not None or not utterance.is_bare:
        return None
    return Reading((intents.Unclear(),), intents.Band.ASK, 0.0, ("光一个编号或字母",))
