"""从刚列出来的里面选：编号、编号旁边的字、案件号，问过的一个数、一天。"""

import re
from collections.abc import Sequence

from ....domain.claims.said import read_inputs
from ....domain.hearing.options.answer_forms import options_of
from ....domain.hearing.values.offered_days import in_full
from ....domain.understanding.days.dates import holiday_in, parse_date
from ....domain.understanding.options import phrases_of
from ....domain.understanding.sums.amounts import parse_amount
from ....domain.understanding.sums.moved_sums import settled_for
from ....domain.understanding.sums.numbered import ordinal
from ....domain.understanding.sums.stated_sums import stated_sum
from ....domain.understanding.writing.text import normalise, trim_punctuation
from ....rulebook.money_models.claim_models import load_claims
from ....rulebook.wording_models.spoken import load_spoken
from ....storage.case.case_codes import normalise_code
from .. import awaits, intents
from ..answering.outcomes import named_outcome
from ..confirming.confirmations import says_not_all
from ..confirming.plain_yes import agrees_to_sole, says_plainly
from ..confirming.set_aside import says_amend
from ..confirming.whether import amends_first, asks_whether, says_whether
from ..context import Context, begins_another
from ..correcting.corrections import puts_a_sum_right
from ..intents import Reading
from ..money import payments
from ..utterance import Utterance

_SPOKEN = load_spoken()
_SWITCH_WORDS = frozenset(_SPOKEN.switch)
_LOOK_CLOSER = {word: number for number, words in _SPOKEN.look_closer.items() for word in words}
"""结论之后，用编号旁边的字说也行。"""
_LOOK = "|".join(map(re.escape, _SPOKEN.evidence.look))
_EVIDENCE = re.compile(
    rf"[0-9、, ]{{1,20}}|(?:{_LOOK})\s*+[0-9]{{1,2}}|"
    + "|".join(map(re.escape, (*_SPOKEN.evidence.have, *_SPOKEN.evidence.skip)))
)
"""备材料时说的话：编号、看哪一项、有了、跳过。"""
_DAY_CHARACTERS = (
    "是的吧啊呢在就其实应该大概可能号月日天前昨今上这周一二三四五六七八九十星期礼拜早晚中午下点半刚才零两多左右钟"
)
_ABOUT_A_DAY = re.compile(rf"[{_DAY_CHARACTERS}0-9:.\-/ ]{{1,16}}(?:[弄办搞整](?:好|完)?[的了啊呀]{{1,2}})?")
"""整句只在说哪天、几点：“昨天”“下午两点弄的”。"""
_OUTCOMES = range(1, len(_SPOKEN.outcomes.by_id()) + 1)
_DELETION = frozenset((*_SPOKEN.deletion.confirm, *_SPOKEN.deletion.keep))
_AROUND_TITLES = _SPOKEN.around_titles
_SHORT = 12
_PLAINLY_ANOTHER = 0.9
_KEEPING = _SPOKEN.keeping
_LONGEST_SUM = 60
_NOT_TAKEN = (*_SPOKEN.money.refuses, *_SPOKEN.money.too_little)
_SAID_BEFORE = ("说了", "说过", "告诉过", "写了")
"""“我第二句就说了1899 你咋又问”：带着怨气，数还是答了。"""


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
        case awaits.AskAmount() if _is_not_taken(utterance) or _is_taken(context, utterance):
            return None
        case awaits.AskAmount(plain=True) if utterance.number is not None:
            return utterance.word
        case awaits.AskAmount(amount=awaits.CLAIMED_SUM) if _states_sum(utterance):
            return utterance.raw
        case awaits.AskAmount() if _tells_inputs(utterance):
            return utterance.raw
        case awaits.ConfirmReport(later=str()) if utterance.word in _SWITCH_WORDS:
            return awaits.KEPT
        case awaits.ConfirmReport(event="arrived") if asks_whether(utterance):
            return None  # “运费12能要回来不”：在问另一笔，不是到了多少
        case awaits.AskAmount() | awaits.ConfirmReport(event="arrived"):
            return utterance.word if _is_sum(utterance) else None
        case awaits.AskBirthday():
            return utterance.raw if payments.is_birthday(utterance, context) else None
        case awaits.AskPayments():
            return utterance.raw if payments.has_entries(utterance, context) else None
        case awaits.AskDay(within=days):
            names_a_day = in_full(utterance.word, days) != utterance.word or _is_day(utterance, context)
            return utterance.word if len(utterance.word) <= _SHORT and names_a_day else None
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
    said = said.lstrip("要写发来看给那").rstrip("的呗吧")
    named = [title for title in titles if len(said) >= 2 and said in normalise(title).replace(" ", "")]
    return named[0] if len(named) == 1 else None


def _names_outcome(utterance: Utterance) -> bool:
    return not utterance.asks and named_outcome(utterance.raw) is not None


def _is_day(utterance: Utterance, context: Context) -> bool:
    if utterance.asks or _ABOUT_A_DAY.fullmatch(utterance.word) is None:
        return False
    parsed = parse_date(utterance.raw, context.now)
    return parsed is not None and parsed.value is not None and holiday_in(utterance.raw, context.now) is None


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


def _is_taken(context: Context, utterance: Utterance) -> bool:
    """“八十行 我收下”：应了对方刚出的那个数，不是一共要 80。"""
    settled = settled_for(utterance.raw)
    matter = context.matter
    return settled is not None and matter is not None and matter.has_offer and settled.low in matter.sums


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
