"""访谈里说的话：问题、没读懂、为什么问、改了什么。"""

from collections.abc import Sequence
from decimal import Decimal

from ...domain.hearing.beside.likely_options import likely_of
from ...domain.hearing.hearing import Noted
from ...domain.hearing.options.answer_forms import options_of
from ...domain.hearing.values.offered_days import MOST_NUMBERED
from ...domain.interview.answers import Answer
from ...domain.interview.assessment import answer_in_words
from ...domain.interview.dialogue import Dialogue
from ...domain.interview.interview import Misread, MisreadReason
from ...rulebook.scenario_models.models import Question, QuestionKind
from ..dates import day_in_words, holiday_in_words
from .offer_text import yuan

_EXPECTED = {
    QuestionKind.CHOICE: "回一个数字，或者直接说选项里的话。",
    QuestionKind.MULTI: "可以选几个，比如「1 3」。",
    QuestionKind.DATE: "说个日期就行，比如「11月20日」「上周五」「昨天」。",
    QuestionKind.AMOUNT: "说个数就行，比如「5000」「1.2万」「99块9」。",
    QuestionKind.NUMBER: "回一个数字就行。",
    QuestionKind.YESNO: "回「是」或「否」就行。",
}


_ASKED_SHORTLY = {
    QuestionKind.CHOICE: "（选一个编号，或直接说；要看选项回「选项」）",
    QuestionKind.MULTI: "（可以选几个编号，或直接说；要看选项回「选项」）",
    QuestionKind.YESNO: "（回「是」或「否」，说不准就回「不清楚」）",
}
"""选项列过了，再问时只说怎么回。"""


def question_message(question: Question) -> str:
    """一个问题：问话、编号的选项；“不清楚”作为最后一项。"""
    lines = [question.text]
    labels = [option.label for option in question.options]
    if question.kind is QuestionKind.YESNO:
        labels = ["是", "否"]
    if question.offers_unsure and labels:
        labels.append("不清楚")
    lines.extend(f"{number}. {label}" for number, label in enumerate(labels, start=1))
    if question.kind is QuestionKind.MULTI:
        lines.append("（可以选几个，比如「1 3」）")
    elif not labels and question.offers_unsure:
        lines.append("（记不清就回「不清楚」）")
    return "\n".join(lines)


SECOND_MISS = "换个问法。"
THIRD_MISS = "说不准也没关系：回「不清楚」，我先按知道的给个看法；想先放下就回「退出」。"
THIRD_MISS_MUST = "这一题少不了；想先放下就回「退出」，想改前面的就回「上一步」。"

FOURTH_MISS = "还是这一题，回个编号或短短一句就行。"


def repeat_message(question: Question, misread: Misread, *, times: int) -> str:
    """没读懂时的话。

    Args:
        question: 还开着的问题。
        misread: 为什么没读懂。
        times: 这是连着第几次没读懂：第一次说想要什么，第二次换个问法、列出选项，再往后给出路。
    """
    if times <= 1:
        return _reason(question, misread)
    if times == 2:
        told = SECOND_MISS if misread.reason is MisreadReason.NOT_UNDERSTOOD else _reason(question, misread)
        return "\n".join([told, *([question.simply] if question.simply else []), question_message(question)])
    if times % 2 == 0:
        return f"{FOURTH_MISS}\n{question_message(question)}"  # 同一句话不连着说两遍
    return THIRD_MISS if question.offers_unsure else THIRD_MISS_MUST


def echo_message(question: Question, answer: Answer, year: int) -> str:
    """复述一个听来的答案，短短一句；``year`` 那一年的日期不写年份。"""
    return f"好，{question.short}：{answer_in_words(question, answer, year)}。"


def rules_changed_message(unusable: Sequence[Question]) -> str:
    """问到一半手册换了版：说明哪几题要再答，别的都留着。"""
    again = "、".join(f"「{question.short}」" for question in unusable)
    return f"规则手册刚更新过，{f'{again}要再答一次，' if again else ''}答过的都留着。"


def why_message(question: Question) -> str:
    """为什么问这个，问题接着开着。"""
    return f"{question.why}\n\n{question_message(question)}"


def answer_changed_message(question: Question, before: Answer, after: Answer, year: int) -> str:
    """改了一个答案：原来是什么、现在是什么；``year`` 那一年的日期不写年份。"""
    was, now = answer_in_words(question, before, year), answer_in_words(question, after, year)
    return f"改好了：{question.short} 由「{was}」改成「{now}」。"


def denied_message(questions: Sequence[Question]) -> str:
    """说了先前记的不对，没说现在是什么：这几题不算了。"""
    return f"好，{'、'.join(f'「{question.short}」' for question in questions)}先前记的不算了，重新说一下。"


def same_message(question: Question, answer: Answer, year: int) -> str:
    """要改成的就是记着的。"""
    return f"「{question.short}」记的就是「{answer_in_words(question, answer, year)}」，没有变。"


def changed_mind_message(question: Question, before: Answer, now: Answer) -> str:
    """听着像答过的一题变了：问要不要改。"""
    was, new = answer_in_words(question, before), answer_in_words(question, now)
    return f"「{question.short}」前面记的是「{was}」，现在听着像「{new}」，要改吗？\n1. 改\n2. 不改"


def still_to_change_message(question: Question, now: Answer) -> str:
    """问过要不要改、他先答了别的：再提一次，不编号。"""
    return f"还差你一句：「{question.short}」要不要改成「{answer_in_words(question, now)}」？回「改」或「不改」。"


def asked_message(question: Question, dialogue: Dialogue) -> str:
    """问题，连同提一句他先前说到的：问日子时的那天，问单选题时像是说到的那一项。"""
    return "\n".join(filter(None, (question_message(question), _hint(question, dialogue))))


def asked_shortly(question: Question, dialogue: Dialogue) -> str:
    """选项刚列过的问题：只把问话再说一遍，连同提的那一句。"""
    how = _ASKED_SHORTLY.get(question.kind)
    asked = question_message(question) if how is None else f"{question.text}\n{how}"
    return "\n".join(filter(None, (asked, _hint(question, dialogue))))


def _hint(question: Question, dialogue: Dialogue) -> str:
    if (days := dialogue.within.get(question.id)) is not None:
        first, last = days[0], days[-1]
        if len(days) <= MOST_NUMBERED:
            listed = [f"{number}. {day_in_words(day, last)}" for number, day in enumerate(days, 1)]
            return "\n".join(["你前面说的假期里，是哪一天？回编号，或者直接说日期。", *listed])
        return f"（你前面说的假期是 {first.month}月{first.day}日到{last.month}月{last.day}日，是其中哪一天？）"
    day = dialogue.mentioned if question.kind is QuestionKind.DATE else None
    if day is not None:
        return f"（你前面说到 {day_in_words(day, day)}，就是这天回「是」）"
    if question.kind is QuestionKind.AMOUNT and dialogue.spent is not None:
        return f"（你前面说到 {yuan(Decimal(dialogue.spent))}，就是这个数回「是」）"
    if question.kind is QuestionKind.YESNO and question.id in dialogue.likely:
        return "（听你前面说的像「是」，没错就回「是」）"
    labels = "、".join(option.label for option in likely_of(question, dialogue.likely))
    if not labels:
        return ""
    more = "，还有别的一起说" if question.kind is QuestionKind.MULTI else ""
    return f"（听着像「{labels}」，就是它回「是」{more}）"


def kept_message(dialogue: Dialogue) -> str:
    """没有哪一题问、先记着的钱数和那天；没有为空。"""
    sums = [f"花了 {yuan(Decimal(dialogue.spent))}"] if dialogue.spent is not None else []
    sums += [f"另花的 {yuan(Decimal(value))}（{word}）" for word, value in dialogue.costs.items()]
    days = [day_in_words(dialogue.mentioned, dialogue.mentioned)] if dialogue.mentioned is not None else []
    return f"还记着你说的：{'，'.join((*sums, *days))}。" if sums or days else ""


def answers_message(answered: Sequence[tuple[Question, Answer]]) -> str:
    """已答清单，编号用于「修改 2」。"""
    lines = [
        f"{number}. {question.short}：{answer_in_words(question, answer)}"
        for number, (question, answer) in enumerate(answered, start=1)
    ]
    return "\n".join(["你答过的：", *lines, "要改哪个就说「修改 1」这样。"]) if lines else "还没有答过问题。"


def noted_message(noted: Sequence[Noted], year: int) -> str:
    """顺带记下了什么、怎么改：编号是「修改」后面要说的那个；没有记下的为空。``year`` 那一年的日期不写年份。"""
    used_now = [item for item in noted if item.number is not None and item.is_new]
    used_before = [item for item in noted if item.number is not None and not item.is_new]
    waiting = [item for item in noted if item.number is None]
    lines: list[str] = []
    if used_now:
        lines.append(f"还记下了：{_noted_in_words(used_now, year)}。{_how_to_change(used_now)}")
    if used_before:
        lines.append(f"你前面说过：{_noted_in_words(used_before, year)}。{_how_to_change(used_before)}")
    if waiting:
        lines.append(f"先记着：{_noted_in_words(waiting, year)}。不对就再说一遍。")
    return "\n".join(lines)


def _noted_in_words(noted: Sequence[Noted], year: int) -> str:
    several = len([item for item in noted if item.number is not None]) > 1
    return "；".join(
        (f"{item.number}. " if several else "")
        + f"{item.question.short} {answer_in_words(item.question, item.answer, year)}"
        for item in noted
    )


def _how_to_change(noted: Sequence[Noted]) -> str:
    return f"不对就说「修改 {noted[0].number}」{'这样' if len(noted) > 1 else ''}。"


def _reason(question: Question, misread: Misread) -> str:
    match misread.reason:
        case MisreadReason.AMBIGUOUS_OPTION:
            ids = [option.id for option in options_of(question)]
            if question.kind is QuestionKind.MULTI and len(misread.options) > 1:
                listed = "".join(f"「{ids.index(option.id) + 1}. {option.label}」" for option in misread.options)
                return f"听着像有{listed}？有哪几样，回编号或原话，几个都行。"
            labels = "」还是「".join(f"{ids.index(option.id) + 1}. {option.label}" for option in misread.options)
            return f"你说的是「{labels}」？回编号或原话就行。"
        case MisreadReason.AMBIGUOUS_DATE:
            days = [f"{number}. {day_in_words(day, max(misread.days))}" for number, day in enumerate(misread.days, 1)]
            within = f"{holiday_in_words(misread.holiday)}，" if misread.holiday is not None else "说的"
            return "\n".join([f"{within}是哪一天？回编号，或者直接说日期。", *days])
        case MisreadReason.VAGUE_DATE:
            unsure = "；记不清就说「不清楚」" if question.offers_unsure else ""
            return f"这样说可能是好几天，期限得按哪一天算才准。请说是几月几日{unsure}。"
        case MisreadReason.LUNAR_DATE:
            unsure = "；记不清就说「不清楚」" if question.offers_unsure else ""
            return f"听着像农历的日子，怕换错就不换算了。公历是几月几日？物流、账单上都写着{unsure}。"
        case MisreadReason.HOLIDAY:
            assert misread.holiday is not None
            unsure = "记不清就说「不清楚」。" if question.offers_unsure else ""
            return f"{holiday_in_words(misread.holiday)}，具体是哪一天？{unsure}"
        case MisreadReason.AMOUNT_RANGE:
            low, high = misread.amounts or (0.0, 0.0)
            return f"{low:g} 到 {high:g} 元之间，大概更接近多少？说一个数就行，比如「{low:g} 左右」。"
        case MisreadReason.FUTURE_DATE:
            return f"这一天还没到呢。要的是已经发生的日期，{_EXPECTED[question.kind]}"
        case MisreadReason.IMPOSSIBLE_DATE:
            return f"日历上没有这一天。{_EXPECTED[question.kind]}"
        case MisreadReason.OUT_OF_RANGE:
            return f"这个数好像不对，应在{_range(question)}。{_EXPECTED[question.kind]}"
        case MisreadReason.UNSURE_NOT_OFFERED:
            return f"这个得说一下：{question.unsure_not_offered_because}"
        case MisreadReason.EXCLUSIVE_OPTION:
            alone = next((option.label for option in misread.options if option.exclusive), "")
            return f"「{alone}」不能和别的一起选，请再选一次。"
        case MisreadReason.SAID_NOT:
            options = options_of(question)
            alone = next((number for number, option in enumerate(options, 1) if option.exclusive), len(options))
            return f"好，没有的不算。别的几样里有符合的吗？回编号或直接说；一样都没有回「{alone}」。"
        case MisreadReason.DOUBTFUL_DATE:
            day = day_in_words(misread.days[0], misread.days[0])
            return f"「{question.short}」就是 {day} 吗？是就回「是」，不是就说是哪天。"
        case MisreadReason.OTHER_EVENT:
            what = "日子" if question.kind is QuestionKind.DATE else "数"
            return f"这像是另一件事的{what}。这里问的是：{question.text}"
        case MisreadReason.NOT_UNDERSTOOD:
            return f"没太看懂。{_EXPECTED[question.kind]}"


def _range(question: Question) -> str:
    low = f"{question.minimum:g}" if question.minimum is not None else ""
    high = f"{question.maximum:g}" if question.maximum is not None else ""
    if low and high:
        return f" {low}–{high} 之间"
    return f" {low} 以上" if low else f" {high} 以内"
