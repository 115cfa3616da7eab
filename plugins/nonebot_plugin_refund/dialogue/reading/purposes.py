"""案件开着时一句话想做什么，由例句学来：问、改正、撤销、出价、另一件事、闲聊。

只凭它什么进展都不记。听准了一件进展的，要很有把握不是才改听成别的；没听准的，有一些把握就改，问的、改的、撤的不再当成进展。
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ...domain.hearing.cues import says_a_day, without_days
from ...domain.interview.changing.correcting import named_changes
from ...domain.understanding.asides import find_aside
from ...domain.understanding.controls import Control, ControlKind
from ...domain.understanding.meaning import Scored, read_intent, read_wanted_command
from ...domain.understanding.moods import Mood
from ...domain.understanding.sums.amounts import parse_amount
from ...domain.understanding.yesno_words import UNSURE_WORDS
from ...rulebook.scenario_models.models import QuestionKind
from ...rulebook.wording_models.spoken import load_spoken
from . import intents
from .answering import answers
from .asking.topics import hear_topic
from .awaits import AfterVerdict, ConfirmReport, PickEvent, PickMeaning
from .commands import Command, CommandName
from .context import Context, begins_another, goes_on_about, is_plainly_another, matter_spoken_of, says_another
from .correcting import corrections
from .intents import Band, Intent, Reading, TalkKind
from .matters import read_matter
from .money.offers import any_offer, says_they_give
from .progress.news import names_a_matter
from .progress.own_words import ask_unless_in_its_words
from .progress.told_in_turn import read_told_news
from .utterance import Utterance

_FEW = 4.0
"""进展的例句比别的多得多；没听准进展时，别的意思各乘上它再比。"""
_LIGHTER: Mapping[str, float] = {"detail": 0.6}
"""什么都不办的一种：像别的几成就听成别的。"""
_IN_ITS_WORDS = 1.0
"""一字不差就是一件进展的名称，不改听成别的。"""
_AGAINST_SURE = 0.7
"""听准了一件进展，要这么像别的才不算进展。"""
_AGAINST_NEARLY = 0.6
"""听着很像一件进展，只是要先问一句。"""
_NEARLY = 0.75
"""从多大把握起是很像。"""
_AGAINST_LIKELY = 0.45
"""只是听着像一件进展，或像在问、在说还没有的。"""
_AGAINST_TOPIC = 0.6
"""听准了在打听哪一种；或像在问、在说还没有的，那也常是在改、在说别的，不容易分。"""
_ENDS = 0.4
_ARRIVING = frozenset({"arrived", "arrived-part"})
"""钱到了的，有这么像就先问是不是到了，再谈停提醒。"""
_PLAIN = frozenset({"asked", "undo", "command", "talk"})
"""不容易和问的、还没有的混的几种。"""
_FAINT = frozenset({"corrected", "detail"})
_AGAINST_FAINT = 0.95
"""没明说是在改的改正、只是多说一点：听准了一件进展时，几乎总是那件进展。"""
_AGAINST_ANOTHER = 0.75
"""另说一件：听着也像手头这件的进展时，要这么像才算。"""
_AGAINST_NOTHING = 0.3
"""没听出什么。"""
_TAKING_BACK = 0.55
"""没说“撤销”这样的字，要这么像才算：不到 :data:`_SURELY_TAKING_BACK` 的先问一句。"""
_SURELY_TAKING_BACK = 0.8
"""这么像才直接撤，不到的先问一句。"""
_ANOTHER = 0.6
"""听不出是哪一种事，要这么像另一件，才列出来请他选。"""
_ONLY_A_DAY = 4
"""去掉日子只剩这几个字，说的是手头这件哪天，不是另一件。"""
_SAME_AGAIN = 0.85
"""与手头的同一种，要这么像另说一件才算另一件。"""
_NOT_TAKING_BACK = ("没撤", "没有撤", "不撤", "别撤", "没去撤")
_SHORTEST_UNDO = 2
"""光一个“退”字说不准是撤销。"""
_SHORTEST_MEANT = 2
"""光一个字（“是”“嗯”）听不出想做什么。"""
_IN_INTERVIEW = 0.8
"""访谈里没听懂的一句，这么像在问，才当作在问。"""
_PLAINLY_ASKED = 0.95
_ASKED_ANYWAY = 0.6
"""这么像在问，用字像另一种退款也还是问手头这件：它们的用字本来就差不多。"""
_TELLING = (PickEvent, PickMeaning, ConfirmReport)
"""刚请他说进展：说的多半就是进展。"""
_NOT_REPORTING = frozenset({"asked", "corrected", "undo", "offered", "new-matter", "command", "detail", "talk"})
_TO_REMINDERS = {"stop": ControlKind.STOP, "snooze": ControlKind.SNOOZE}
"""要它做的是回提醒的那两样。"""
_TO_SEE = frozenset({"papers", "evidence", "progress", "mine", "help"})
"""只看不改的命令。"""
_BESIDE = {"detail": TalkKind.DETAIL, "reported": TalkKind.EARLY_NEWS}
"""访谈里说了别的：应一声，问着的题还开着。"""
_SPOKEN = load_spoken()
_PROOFS, _SPENT, _TOTALS, _CAME_BACK = _SPOKEN.evidence.proofs, _SPOKEN.spent, _SPOKEN.totals, _SPOKEN.came_back
_COMMANDED = 0.6
"""这么像在要机器人做什么，才照着做。"""
_DELETING = 0.9
"""要删掉自己的数据，得这么像。"""
_ERASES = "删"
_REMINDING = "提醒"
_BACK_ON = load_spoken().reminders.back_on
_ERASING = "delete-my-data"
"""手册里的一种打听：怎么删掉自己的数据。"""
_WHICH_COMMAND = 0.5
"""做的是哪一样，要有这么大把握。"""


def read_news_or_purpose(context: Context, utterance: Utterance) -> Reading | None:
    """案件的新闻；其实是在问、改正、撤销、出价、说另一件的，照那个意思。"""
    news = read_told_news(context, utterance)
    if news is None and context.matters and context.open_question is None and _says_spent(utterance):
        detail = _detail(context, utterance, 0.0)
        return None if detail is None else Reading((detail,), Band.RECORD, 0.5, ("花出去的钱",))
    if news is None or context.open_question is not None:
        return news
    is_sure = isinstance(news.first, intents.Reported) and news.first.sure
    if isinstance(context.awaits, _TELLING) and (is_sure or not _plainly_asks(utterance)):
        return ask_unless_in_its_words(context, utterance, news, means_else=lambda: _means_else(utterance, news))
    if not is_sure and _comes_first(context, utterance):
        return None
    if not is_sure and not utterance.asks and _says_otherwise(context, utterance):
        return Reading((intents.Corrected(utterance.raw),), Band.RECORD, news.score, ("和答过的不一样",))
    if not is_sure and _says_spent(utterance) and (detail := _detail(context, utterance, 0.0)) is not None:
        return Reading((detail,), Band.RECORD, news.score, ("花出去的钱",))
    likeliest = _likeliest(utterance, 1.0 if is_sure else _FEW)
    if likeliest is None or likeliest.id not in _NOT_REPORTING or news.score >= _IN_ITS_WORDS:
        return news
    if likeliest.id in ("corrected", "detail") and any(clause.is_quoted for clause in utterance.clauses):
        return news  # “他回我说不是他卖的 不退”：转述对方怎么说，多半是进展
    if likeliest.id == "asked" and (is_sure or _tells_and_asks(utterance)):
        return news  # 报告时还问了一句：进展照记、照问，问的也答
    if utterance.doubts:
        return news
    if likeliest.id == "new-matter" and _is_about_the_end(news) and parse_amount(utterance.raw) is not None:
        return news  # “剩的230今天也到了 459全到了”：说的是手头这件的钱
    if likeliest.id == "command" and news.score >= _ENDS and _is_about_the_end(news):
        return news  # “钱早到了 不用再提醒了 结束了”：结了案提醒也就停了
    needed = _needed(news, likeliest.id, says_it_corrects=corrections.says_it_corrects(utterance))
    return (_reading(context, utterance, likeliest) if likeliest.score >= needed else None) or news


def _means_else(utterance: Utterance, news: Reading) -> bool:
    """没列着那几件的话，这句会照别的意思听。"""
    likeliest = _likeliest(utterance, 1.0)
    if likeliest is None or likeliest.id not in _NOT_REPORTING:
        return False
    return likeliest.score >= _needed(news, likeliest.id, says_it_corrects=False)


def _comes_first(context: Context, utterance: Utterance) -> bool:
    """说到了人要紧的（“烤的时候冒黑烟 才退的”）：进展没听准，先答它。"""
    aside = find_aside(utterance.raw, context.book.asides, context.matters[0].scenario.id)
    return aside is not None and aside.aside.first


def _plainly_asks(utterance: Utterance) -> bool:
    """明明白白是在问：列出几样请他选、问他是不是的时候，也先答他问的。"""
    scored = read_intent(utterance.raw)
    return bool(scored) and scored[0].id == "asked" and scored[0].score >= _PLAINLY_ASKED


def _is_about_the_end(news: Reading) -> bool:
    return isinstance(news.first, intents.Reported) and news.first.event in _ARRIVING


def _needed(news: Reading, purpose: str, *, says_it_corrects: bool) -> float:
    """这么像 ``purpose``，才不照 ``news`` 听。在没参加训练的两个人写的后话、一个人写的进展上定的。"""
    first = news.first
    if not isinstance(first, intents.Reported):
        is_known = isinstance(first, intents.Asked) and first.topic is not None
        return _AGAINST_TOPIC if is_known or purpose not in _PLAIN else _AGAINST_LIKELY
    if purpose == "new-matter":
        return _AGAINST_FAINT if news.score >= _NEARLY else _AGAINST_ANOTHER
    if purpose == "talk":
        return _AGAINST_ANOTHER
    if first.sure:
        return _AGAINST_FAINT if purpose in _FAINT and not says_it_corrects else _AGAINST_SURE
    return _AGAINST_NEARLY if news.score >= _NEARLY else _AGAINST_LIKELY


def _says_otherwise(context: Context, utterance: Utterance) -> bool:
    """没说是在改，带着提示的字说的数、日子和手头这件答过的不一样：“一共刷了七万二”。"""
    matter = context.matters[0]
    return bool(named_changes(matter.scenario, matter.answers, utterance.raw, context.now, correcting=False))


def _says_spent(utterance: Utterance) -> bool:
    """哪个小句只说了花出去多少、一共多少：“花了2600”“总共5140块”，不是到账。"""
    if begins_another(utterance, _ANOTHER) or (utterance.asks and not any(word in utterance.text for word in _TOTALS)):
        return False
    return any(
        clause.mood is Mood.STATEMENT
        and any(word in clause.text for word in (*_SPENT, *_TOTALS))
        and not any(word in clause.text for word in (*_CAME_BACK, *_SPOKEN.offerers))
        and parse_amount(clause.text) is not None
        for clause in utterance.clauses
    )


def _tells_and_asks(utterance: Utterance) -> bool:
    """有的小句在说，有的小句在问。"""
    moods = {clause.mood for clause in utterance.clauses}
    return Mood.STATEMENT in moods and Mood.QUESTION in moods


def read_wanted(context: Context, utterance: Utterance) -> Reading | None:
    """访谈里用自己的话要看什么（“信怎么写”）：很有把握才听成命令，不去列几种打听让人挑。"""
    if context.open_question is None or utterance.text.startswith("/"):
        return None
    scored, wanted = read_intent(utterance.raw), read_wanted_command(utterance.raw)
    if not scored or scored[0].id != "command" or scored[0].score < _IN_INTERVIEW:
        return None
    if not wanted or wanted[0].id not in _TO_SEE or wanted[0].score < _IN_INTERVIEW:
        return None
    return Reading((intents.Command(Command(CommandName(wanted[0].id))),), score=scored[0].score, explain=("要看",))


def read_likely_purpose(context: Context, utterance: Utterance) -> Reading | None:
    """没听出进展、没认出是问，有一些把握想做什么的。"""
    if context.open_question is not None:
        return _asked_in_interview(context, utterance) or _detail_in_interview(context, utterance)
    if names_a_matter(context, utterance):
        return None
    likeliest = _likeliest(utterance, _FEW) if context.matters else None
    if likeliest is None or likeliest.score < _AGAINST_NOTHING:
        return None
    return _reading(context, utterance, likeliest)


def read_proof(context: Context, utterance: Utterance) -> Reading | None:
    """案件开着，别的都没听出来，说的是手里有的凭证（“有鉴定书 中检的”）：是多说的一点情况。"""
    if context.open_question is not None or utterance.asks or not utterance.raw:
        return None
    if not any(word in utterance.text for word in _PROOFS):
        return None
    detail = _detail(context, utterance, 0.0)
    return None if detail is None else Reading((detail,), Band.RECORD, explain=("说到了凭证",))


def _likeliest(utterance: Utterance, few: float) -> Scored | None:
    """最像想做什么；没有训练过、打的是命令的样子（“/退”）为空：打错的命令另外听。"""
    if utterance.text.startswith("/") or len(utterance.word) < _SHORTEST_MEANT:
        return None
    # 有没有危险前面已经听过了，这里不再算
    scored = [one for one in read_intent(utterance.raw) if one.id != "danger"]
    raised = {one.id: one.score * (few if one.id in _MEANT else 1.0) * _LIGHTER.get(one.id, 1.0) for one in scored}
    if not raised:
        return None
    best = max(raised, key=lambda key: raised[key])
    return Scored(best, raised[best] / sum(raised.values()))


def _reading(context: Context, utterance: Utterance, likeliest: Scored) -> Reading | None:
    """照这个意思听；办不了的意思为空。"""
    meaning = _MEANT.get(likeliest.id)
    meant = meaning(context, utterance, likeliest.score) if meaning is not None else None
    if meant is None:
        return None
    asks_first = isinstance(meant, intents.Offered) or (isinstance(meant, intents.NewMatter) and not meant.sure)
    band = Band.CONFIRM if asks_first else Band.RECORD
    return Reading((meant,), band, likeliest.score, (f"像是 {likeliest.id} {likeliest.score:.2f}",))


def _asked_in_interview(context: Context, utterance: Utterance) -> Reading | None:
    if utterance.says_some_days and not utterance.asks:
        return None  # “前几天”是在答哪天
    scored = read_intent(utterance.raw)
    if not scored or scored[0].id != "asked" or scored[0].score < _IN_INTERVIEW:
        return None
    asked = _asked(context, utterance, 0.0)
    return None if asked is None else Reading((asked,), Band.RECORD, scored[0].score, ("像在问",))


def _detail_in_interview(context: Context, utterance: Utterance) -> Reading | None:
    """访谈里多说的一点情况、提前说的进展：不是这一题的回答，也不必说没看懂；像这一题的某几样的情况，照旧拿去问。"""
    scored = read_intent(utterance.raw)
    kind = _BESIDE.get(scored[0].id) if scored and scored[0].score >= _IN_INTERVIEW else None
    if kind is None and _tells_a_day(context, utterance):
        kind = TalkKind.DETAIL  # “昨天客服给我打电话了”：说的是哪天怎么了，没在答题
    if kind is None or utterance.is_bare:
        return None
    if kind is TalkKind.DETAIL and answers.has_candidates(context, utterance):
        return None
    return Reading((intents.Talk(kind, utterance.raw),), Band.RECORD, scored[0].score, ("不是这一题的回答",))


def _tells_a_day(context: Context, utterance: Utterance) -> bool:
    """问的是选哪一项，说的是哪天发生了什么。"""
    opened = context.open_question
    if opened is None or opened.question.kind is not QuestionKind.CHOICE or utterance.asks:
        return False
    return says_a_day(utterance.raw, context.now) and bool(utterance.stated)


def _asked(context: Context, utterance: Utterance, score: float) -> Intent | None:
    if score < _ASKED_ANYWAY and is_plainly_another(context, utterance):
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    if heard is not None:
        return intents.Asked(heard.id, utterance.raw, heard.offered, alike=heard.alike)
    return intents.Asked(_aside(context, utterance), utterance.raw)


def _aside(context: Context, utterance: Utterance) -> str | None:
    """手册里认得的寒暄、闲话；没有为空。"""
    scenario = context.open_question.scenario.id if context.open_question else context.matters[0].scenario.id
    found = find_aside(utterance.raw, context.book.asides, scenario)
    return None if found is None else found.aside.id


def _topic(context: Context, utterance: Utterance) -> str | None:
    """手册里认得的打听、寒暄；没有为空。"""
    heard = hear_topic(context, utterance)
    return heard.id if heard is not None and heard.id is not None else _aside(context, utterance)


def _corrected(context: Context, utterance: Utterance, score: float) -> Intent | None:
    del context, score
    return intents.Corrected(utterance.raw)


def _undo(context: Context, utterance: Utterance, score: float) -> Intent | None:
    if any(word in utterance.text for word in _NOT_TAKING_BACK):
        return None  # “我没撤”：说的是投诉、申请没撤
    if len(utterance.word) < _SHORTEST_UNDO or score < _TAKING_BACK or not context.can_undo:
        return None
    # 刚给过结论时撤上一件，案件也一并收回：先问
    return intents.Undo(sure=score >= _SURELY_TAKING_BACK and not isinstance(context.awaits, AfterVerdict))


def _offered(context: Context, utterance: Utterance, score: float) -> Intent | None:
    return any_offer(context, utterance) or (
        None if says_they_give(utterance.text) else _detail(context, utterance, score)
    )


def _new_matter(context: Context, utterance: Utterance, score: float) -> Intent | None:
    """明明白白是另一件的照旧直接开始；别的先问一句；“剩下 3 张也要退”说的还是手头这件。"""
    if any(word in utterance.text for word in _SPOKEN.the_rest) and not says_another(utterance):
        return None
    found = context.book.classifier.classify(utterance.raw)
    if found.scenario is not None and goes_on_about(context, utterance, found.scenario):
        return None
    is_open = any(matter.scenario.id == found.scenario for matter in context.matters)
    if is_open and not begins_another(utterance, _SAME_AGAIN):
        return None
    reading = read_matter(context, utterance)
    if reading is None or not isinstance(reading.first, intents.NewMatter):
        beside_day = without_days(utterance.raw, context.now)
        if beside_day is not None and len(beside_day) <= _ONLY_A_DAY:
            return _detail(context, utterance, score)  # “11月18号扣的”：说的是手头这件哪天
        return intents.WantsMenu(another=True) if score >= _ANOTHER else None
    return replace(reading.first, sure=is_plainly_another(context, utterance))


def _commanded(context: Context, utterance: Utterance, score: float) -> Intent | None:
    """用自己的话要机器人做什么：拿得准是哪一样才做；删除、结案自己还会再问一遍。"""
    wanted = read_wanted_command(utterance.raw)
    if not wanted or score < _COMMANDED or wanted[0].score < _WHICH_COMMAND or utterance.word in UNSURE_WORDS:
        return None
    name = wanted[0].id
    if name == CommandName.DELETE and wanted[0].score < _DELETING:
        return None
    if name in _TO_REMINDERS and _wants_reminders_back(utterance):
        return intents.SettingChanged(intents.Setting.RESUME_REMINDERS)
    if name == CommandName.CLOSE and _ERASES in utterance.text:
        return intents.Asked(_ERASING, utterance.raw)  # “删除这个案子”：不是结案，说清怎么删
    if name in _TO_REMINDERS:
        return intents.ReminderAnswer(Control(_TO_REMINDERS[name])) if context.matters else None
    return intents.Command(Command(CommandName(name)))


def _wants_reminders_back(utterance: Utterance) -> bool:
    """“你把提醒打开吧”：要接着提醒。"""
    return _REMINDING in utterance.text and any(word in utterance.text for word in _BACK_ON)


def _talk(context: Context, utterance: Utterance, score: float) -> Intent | None:
    del score
    topic = _topic(context, utterance)
    return intents.Talk(TalkKind.SMALL) if topic is None else intents.Asked(topic, utterance.raw)


def _detail(context: Context, utterance: Utterance, score: float) -> Intent | None:
    del score
    matter = matter_spoken_of(context, utterance)
    return intents.Talk(TalkKind.DETAIL, utterance.raw, matter.code) if matter is not None else None


_MEANT: Mapping[str, Callable[[Context, Utterance, float], Intent | None]] = {
    "asked": _asked,
    "corrected": _corrected,
    "undo": _undo,
    "offered": _offered,
    "new-matter": _new_matter,
    "command": _commanded,
    "talk": _talk,
    "detail": _detail,
}
"""一种想做的事是哪个意思；办不了的返回空。"""
