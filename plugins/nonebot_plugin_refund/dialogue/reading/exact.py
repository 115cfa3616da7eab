"""整句就是它的话：号码、命令、从列表里选、控制词、设置、回提醒。都在猜意思之前看。"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...domain.claims.said import read_inputs
from ...domain.hearing.options.learnt_answers import options_of
from ...domain.understanding.controls import Control, ControlKind, parse_control
from ...domain.understanding.days.dates import parse_date
from ...domain.understanding.options import phrases_of
from ...domain.understanding.private_data.private import find_private_numbers
from ...domain.understanding.sums.amounts import parse_amount
from ...domain.understanding.sums.numbered import ordinal
from ...domain.understanding.sums.stated_sums import stated_sum
from ...domain.understanding.writing.pieces import pieces_of
from ...domain.understanding.writing.text import bare, normalise, shared_run, trim_punctuation
from ...rulebook.money_models.claim_models import load_claims
from ...rulebook.wording_models.spoken import load_spoken
from ...storage.case.case_codes import normalise_code
from . import awaits, intents
from .answering.outcomes import named_outcome
from .commands import Command, CommandName, NearMiss, parse_command
from .confirming.confirmations import says_not_all
from .confirming.plain_yes import agrees_to_sole, says_plainly
from .confirming.set_aside import says_amend
from .confirming.whether import amends_first, says_whether
from .context import Context, begins_another
from .correcting.corrections import puts_a_sum_right
from .intents import Reading
from .money import payments
from .utterance import Utterance

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
_SWITCH_WORDS = frozenset(_SPOKEN.switch)
_LOOK_CLOSER = {word: number for number, words in _SPOKEN.look_closer.items() for word in words}
"""结论之后，用编号旁边的字说也行。"""
_SETTINGS = {
    **dict.fromkeys(_SPOKEN.reminders.resume, intents.Setting.RESUME_REMINDERS),
    **dict.fromkeys(_SPOKEN.reminders.mention_on, intents.Setting.MENTION_ON),
    **dict.fromkeys(_SPOKEN.reminders.mention_off, intents.Setting.MENTION_OFF),
}
_REVIEW = re.compile(rf"(?:{'|'.join(map(re.escape, _SPOKEN.review))})[\s:]*+(?P<code>[a-z0-9]{{4,8}})?")
_LOOK = "|".join(map(re.escape, _SPOKEN.evidence.look))
_EVIDENCE = re.compile(
    rf"[0-9、, ]{{1,20}}|(?:{_LOOK})\s*+[0-9]{{1,2}}|"
    + "|".join(map(re.escape, (*_SPOKEN.evidence.have, *_SPOKEN.evidence.skip)))
)
"""备材料时说的话：编号、看哪一项、有了、跳过。"""
_DAY_CHARACTERS = "是的吧啊呢在就其实应该大概可能号月日天前昨今上这周一二三四五六七八九十星期礼拜早晚中午下点半刚才零"
_CALLED = re.compile(r"(?:提醒|叫|通知|喊)我(?:一下|一声|下)?")
_ABOUT_A_DAY = re.compile(rf"[{_DAY_CHARACTERS}0-9:.\-/ ]{{1,16}}")
"""整句只在说哪天。"""
_OUTCOMES = range(1, len(_SPOKEN.outcomes.by_id()) + 1)
_DELETION = frozenset((*_SPOKEN.deletion.confirm, *_SPOKEN.deletion.keep))
SHORTEST_PAPER_NAME = 3
"""说名字要一份文书，至少说三个字。"""
_AROUND_TITLES = _SPOKEN.around_titles
_SHORT = 12
_SHORT_CHECK = 22
_PLAINLY_ANOTHER = 0.9
_KEEPING = _SPOKEN.keeping
_LONGEST_SUM = 60
_NOT_TAKEN = (*_SPOKEN.money.refuses, *_SPOKEN.money.too_little)
_SAID_BEFORE = ("说了", "说过", "告诉过", "写了")
"""“我第二句就说了1899 你咋又问”：带着怨气，数还是答了。"""


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


def read_choice(context: Context, utterance: Utterance) -> Reading | None:
    """从刚列出来的里面选：编号、编号旁边的字、案件号；字母从来不是编号。"""
    awaited = context.awaits
    if awaited is None:
        return None
    if isinstance(awaited, awaits.AskAmount) and not utterance.is_bare and begins_another(utterance, _PLAINLY_ANOTHER):
        return None  # “299的洗脚盆 到现在没发货”：说的是另一件，不是问的那个数
    value = _chosen(awaited, utterance, context)
    if value is None:
        return None
    return Reading((intents.Chosen(awaited, value, utterance.raw),), explain=("选了刚列出来的",))


def _answers_to(context: Context, question_id: str) -> tuple[str, ...]:
    """问着的那一题的各个选项：列出的几样写的是它们在这一题里的编号，回哪个都算。"""
    asked = context.open_question
    if asked is None or asked.question.id != question_id:
        return ()
    return tuple(option.id for option in options_of(asked.question))


def _chosen(awaited: awaits.Awaited, utterance: Utterance, context: Context) -> str | None:
    match awaited:
        case awaits.PickScenario(scenarios=listed):
            return _numbered(utterance, listed)
        case awaits.PickCase(codes=codes, another=another):
            if another and (utterance.number == len(codes) + 1 or utterance.word in _SPOKEN.another_one):
                return awaits.ANOTHER
            code = normalise_code(utterance.word)
            return _numbered(utterance, codes) or (code if code in codes else _leaning(context, utterance, codes))
        case awaits.PickEvent(events=events) | awaits.PickMeaning(events=events):
            return _leading_number(utterance, events)
        case awaits.PickAnswer(question=question, options=offered):
            sole = offered[0] if len(offered) == 1 and agrees_to_sole(context, utterance) else None
            return _numbered(utterance, _answers_to(context, question)) or sole
        case awaits.ConfirmChange(case=code) if code or context.open_question is not None:
            if _names_an_option(context, utterance):
                return None  # “不想要了”是那一题的回答，不是不改
            keeps = "no" if utterance.text.startswith(_KEEPING) else None
            if awaited.reminded:
                return "yes" if says_amend(utterance) else keeps
            said = "yes" if says_amend(utterance) else says_plainly(utterance)
            because = amends_first(utterance, of_case=code is not None)
            return _numbered(utterance, ("yes", "no")) or said or keeps or because
        case awaits.ConfirmUndo():
            return _numbered(utterance, ("yes", "no")) or says_plainly(utterance)
        case awaits.PickTopic(kept=kept) if kept is not None and says_whether(utterance) is not None:
            return awaits.KEPT
        case awaits.PickTopic(topics=listed, titles=titles):
            named = dict(zip(titles, listed, strict=False))
            picked = _leading_number(utterance, listed)
            title = next((title for title, topic in named.items() if topic == picked), "")
            if title and _means_another(utterance, title):
                return None
            return picked or named.get(_titled(utterance, titles) or "")
        case awaits.AfterVerdict():
            number = utterance.number
            named = _LOOK_CLOSER.get(utterance.word.rstrip("?"))
            wanted = number if number is not None and number in _SPOKEN.look_closer_numbers else named
            return str(wanted) if wanted else ("switch" if utterance.word in _SWITCH_WORDS else None)
        case awaits.SwitchMatter() | awaits.NextMatter():
            return "switch" if utterance.word in _SWITCH_WORDS else None
        case awaits.PickEvidence():
            return utterance.word if context.has_picture or _about_evidence(utterance) else None
        case awaits.PickPaper(titles=titles):
            return _numbered(utterance, titles) or _titled(utterance, titles)
        case awaits.PickOutcome():
            return utterance.word if utterance.number in _OUTCOMES or _names_outcome(utterance) else None
        case awaits.ConfirmDelete():
            return utterance.word if utterance.word in _DELETION else None
        case awaits.AskAmount() if _is_not_taken(utterance):
            return None
        case awaits.AskAmount(plain=True) if utterance.number is not None:
            return utterance.word
        case awaits.AskAmount(amount=awaits.CLAIMED_SUM) if _states_sum(utterance):
            return utterance.raw
        case awaits.AskAmount() if _tells_inputs(utterance):
            return utterance.raw
        case awaits.ConfirmReport(later=str()) if utterance.word in _SWITCH_WORDS:
            return awaits.KEPT
        case awaits.AskAmount() | awaits.ConfirmReport(event="arrived"):
            return utterance.word if _is_sum(utterance) else None
        case awaits.AskBirthday():
            return utterance.raw if payments.is_birthday(utterance, context) else None
        case awaits.AskPayments():
            return utterance.raw if payments.has_entries(utterance, context) else None
        case awaits.AskDay():
            return utterance.word if len(utterance.word) <= _SHORT and _is_day(utterance, context) else None
        case _:
            return None


def _names_an_option(context: Context, utterance: Utterance) -> bool:
    """整句就是正问着的那一题的一项，是非题里的“是”“没有”不算。"""
    asked = context.open_question
    said = trim_punctuation(utterance.text)
    return asked is not None and any(said in phrases_of(option) for option in asked.question.options)


def _leaning(context: Context, utterance: Utterance, codes: Sequence[str]) -> str | None:
    """“是退货那个”：说的是列出来的哪一件；听不出、同一种的不止一件为 ``None``。"""
    listed = [matter for matter in context.matters if matter.code in codes]
    heard = context.book.classifier.classify(utterance.raw).leans_to({matter.scenario.id for matter in listed})
    meant = [matter.code for matter in listed if matter.scenario.id == heard]
    return meant[0] if len(meant) == 1 and len(utterance.word) <= _SHORT else None


def _about_evidence(utterance: Utterance) -> bool:
    return utterance.number is not None or _EVIDENCE.fullmatch(utterance.word) is not None


def _titled(utterance: Utterance, titles: Sequence[str]) -> str | None:
    """名字里的几个字、“第二个 那个投诉书”；几份都对得上就不算。"""
    place = ordinal(utterance.word.partition(" ")[0])
    if place is not None and 1 <= place <= len(titles):
        return titles[place - 1]
    said = utterance.word.replace(" ", "")
    for word in _AROUND_TITLES:
        said = said.replace(word, "")
    said = said.lstrip("要写发来看")
    named = [title for title in titles if len(said) >= 2 and said in normalise(title).replace(" ", "")]
    return named[0] if len(named) == 1 else None


def _names_outcome(utterance: Utterance) -> bool:
    return not utterance.asks and named_outcome(utterance.raw) is not None


def _is_day(utterance: Utterance, context: Context) -> bool:
    if utterance.asks or _ABOUT_A_DAY.fullmatch(utterance.word) is None:
        return False
    parsed = parse_date(utterance.raw, context.now)
    return parsed is not None and parsed.value is not None


def _is_sum(utterance: Utterance) -> bool:
    """整句只在说一个钱数：“300”“到了 300 块”。"""
    if utterance.asks or utterance.number is not None or len(utterance.word) > _SHORT or says_not_all(utterance):
        return False  # 光一个编号那样的数，说不准是不是钱；“少了 12 块”说的不是到了多少
    parsed = parse_amount(utterance.raw)
    return parsed is not None and parsed.value is not None and parsed.value > 0


def _is_not_taken(utterance: Utterance) -> bool:
    """“80我不干”：没答应对方的数，不是一共要 80；另说了一共多少的照那个数。"""
    totals = any(word in utterance.text for word in _SPOKEN.totals)
    return not totals and (puts_a_sum_right(utterance) or any(word in utterance.text for word in _NOT_TAKEN))


def _states_sum(utterance: Utterance) -> bool:
    """问过要多少，一句话里说了那个数。"""
    if utterance.number is not None or len(utterance.word) > _LONGEST_SUM:
        return False
    if utterance.asks and not any(word in utterance.text for word in _SAID_BEFORE):
        return False
    if any(word in utterance.text for word in _NOT_TAKEN) and not any(
        word in utterance.text for word in _SPOKEN.totals
    ):
        return False  # “80我不干”：没答应对方的数，不是一共要 80
    return (stated_sum(utterance.raw) or 0) > 0


def _tells_inputs(utterance: Utterance) -> bool:
    """问过实付多少这些，说了好几样：“实付459 运费18 我自己付的”。"""
    came = any(word in utterance.text for word in _SPOKEN.came_back)
    return not utterance.asks and not came and len(read_inputs(load_claims(), utterance.raw)) > 0


def _numbered(utterance: Utterance, listed: Sequence[str]) -> str | None:
    number = utterance.number
    return listed[number - 1] if number is not None and 1 <= number <= len(listed) else None


_AROUND = 3
"""编号后面这么几个字以内的多半是语气：“1 这个吧”。"""


def _leading_number(utterance: Utterance, listed: Sequence[str]) -> str | None:
    """``1``、``1 昨天``：编号后面可以跟日期；“3 号签收了”里的 3 不是编号。"""
    first, _, rest = utterance.word.partition(" ")
    if rest.strip().startswith(("号", "日", "月", "天", "点")):
        return None
    number = ordinal(first)
    return listed[number - 1] if number is not None and 1 <= number <= len(listed) else None


def _means_another(utterance: Utterance, title: str) -> bool:
    """编号后面跟着字，却没有两个连着的字在选的那一项里：“1 申请说明”选的不是刚列的“要不要孩子出面”。"""
    rest = utterance.word.partition(" ")[2].replace(" ", "")
    listed = normalise(title)
    return len(rest) > _AROUND and not any(rest[at : at + 2] in listed for at in range(len(rest) - 1))


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


def read_named_paper(context: Context, utterance: Utterance) -> Reading | None:
    """案件：要写一份文书，说了是哪一份：“帮我写个申请说明”，隔了几句才回的“1 申请说明”。"""
    papers = context.matter.scenario.papers if context.matter is not None else None
    if papers is None:
        return None
    titles = [bare(paper.title) for paper in papers.items]
    number, _, rest = utterance.word.partition(" ")
    if ordinal(number) is not None and len(rest) >= SHORTEST_PAPER_NAME and any(bare(rest) in each for each in titles):
        return Reading((intents.Command(Command(CommandName.PAPERS)),), explain=("要一份文书",))
    said = bare(utterance.raw)
    if len(said) >= SHORTEST_PAPER_NAME and any(said in each for each in titles):
        return Reading((intents.Command(Command(CommandName.PAPERS)),), explain=("要一份文书",))
    if not any(word in utterance.text for word in _SPOKEN.writing):
        return None
    if max(shared_run(each, said) for each in titles) < SHORTEST_PAPER_NAME:
        return None
    return Reading((intents.Command(Command(CommandName.PAPERS)),), explain=("要一份文书",))


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
