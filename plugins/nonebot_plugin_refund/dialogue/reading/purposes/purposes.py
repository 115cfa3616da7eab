"""案件开着时一句话想做什么，由例句学来：问、改正、撤销、出价、另一件事、闲聊。

只凭它什么进展都不记。听准了一件进展的，要很有把握不是才改听成别的；没听准的，有一些把握就改，问的、改的、撤的不再当成进展。
"""

from collections.abc import Mapping

from ....domain.hearing.cues import says_a_day
from ....domain.interview.changing.correcting import named_changes
from ....domain.understanding.asides import find_aside
from ....domain.understanding.meaning import Scored, read_intent, read_wanted_command
from ....domain.understanding.moods import Mood
from ....domain.understanding.sums.amounts import parse_amount
from ....rulebook.scenario_models.models import QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..answering import answers
from ..awaits import ConfirmReport, PickEvent, PickMeaning
from ..commands import Command, CommandName
from ..context import Context, begins_another
from ..correcting import corrections
from ..intents import Band, Reading, TalkKind
from ..progress.news import names_a_matter
from ..progress.own_words import ask_unless_in_its_words
from ..progress.told_in_turn import read_told_news
from ..utterance import Utterance
from .meant import LIKE_ANOTHER, MEANT
from .meant import asked as asked_about
from .meant import detail as telling_of

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
_AGAINST_NOTHING = 0.2
"""没听出什么。"""
_SHORTEST_MEANT = 2
"""光一个字（“是”“嗯”）听不出想做什么。"""
_IN_INTERVIEW = 0.8
"""访谈里没听懂的一句，这么像在问，才当作在问。"""
_PLAINLY_ASKED = 0.95
_TELLING = (PickEvent, PickMeaning, ConfirmReport)
"""刚请他说进展：说的多半就是进展。"""
_NOT_REPORTING = frozenset({"asked", "corrected", "undo", "offered", "new-matter", "command", "detail", "talk"})
_TO_SEE = frozenset({"papers", "evidence", "progress", "mine", "help"})
"""只看不改的命令。"""
_BESIDE = {"detail": TalkKind.DETAIL, "reported": TalkKind.EARLY_NEWS}
"""访谈里说了别的：应一声，问着的题还开着。"""
_SPOKEN = load_spoken()
_PROOFS, _SPENT, _TOTALS, _CAME_BACK = _SPOKEN.evidence.proofs, _SPOKEN.spent, _SPOKEN.totals, _SPOKEN.came_back


def read_news_or_purpose(context: Context, utterance: Utterance) -> Reading | None:
    """案件的新闻；其实是在问、改正、撤销、出价、说另一件的，照那个意思。"""
    news = read_told_news(context, utterance)
    if news is None and context.matters and context.open_question is None and _says_spent(utterance):
        detail = telling_of(context, utterance, 0.0)
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
    if not is_sure and _says_spent(utterance) and (detail := telling_of(context, utterance, 0.0)) is not None:
        return Reading((detail,), Band.RECORD, news.score, ("花出去的钱",))
    likeliest = _likeliest(utterance, 1.0 if is_sure else _FEW)
    if likeliest is None or likeliest.id not in _NOT_REPORTING or news.score >= _IN_ITS_WORDS:
        return news
    if likeliest.id in ("corrected", "detail") and any(clause.is_quoted for clause in utterance.clauses):
        return news  # “他回我说不是他卖的 不退”：转述对方怎么说，多半是进展
    hardly_told = utterance.asks_by_pattern and news.score < _NEARLY  # “我弄丢发票了 会影响不”
    if likeliest.id == "asked" and (is_sure or (_tells_and_asks(utterance) and not hardly_told)):
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
    if not any(word in utterance.text for word in (*_SPENT, *_TOTALS)) or begins_another(utterance, LIKE_ANOTHER):
        return False
    if utterance.asks and not any(word in utterance.text for word in _TOTALS):
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
    detail = telling_of(context, utterance, 0.0)
    return None if detail is None else Reading((detail,), Band.RECORD, explain=("说到了凭证",))


def _likeliest(utterance: Utterance, few: float) -> Scored | None:
    """最像想做什么；没有训练过、打的是命令的样子（“/退”）为空：打错的命令另外听。"""
    if utterance.text.startswith("/") or len(utterance.word) < _SHORTEST_MEANT:
        return None
    # 有没有危险前面已经听过了，这里不再算
    scored = [one for one in read_intent(utterance.raw) if one.id != "danger"]
    raised = {one.id: one.score * (few if one.id in MEANT else 1.0) * _LIGHTER.get(one.id, 1.0) for one in scored}
    if not raised:
        return None
    best = max(raised, key=lambda key: raised[key])
    return Scored(best, raised[best] / sum(raised.values()))


def _reading(context: Context, utterance: Utterance, likeliest: Scored) -> Reading | None:
    """照这个意思听；办不了的意思为空。"""
    meaning = MEANT.get(likeliest.id)
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
    asked = asked_about(context, utterance, 0.0)
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
