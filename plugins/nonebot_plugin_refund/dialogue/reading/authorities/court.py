"""打官司路上只改日子的话：法院用哪种程序办；打算哪天去立案、起诉。都不是新的进展。"""

import re

from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.hours.clock_times import Clarity, find_clock_times
from ....domain.understanding.sums.monthly import monthly_days
from ....domain.understanding.terms.court_terms import court_term
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.scenario_models.stage_models import TimerKind
from .. import intents
from ..asking.topics import is_asking
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..utterance import Utterance
from .moved_days import BARE_DAY

_LONGEST = 40
"""再长的多半还说了别的。"""
_GOING_TO_FILE = re.compile(r"立案|起诉|打官司|状|告[他她]|去[一趟]{0,2}法院|上法院|法院那边")
_DONE = re.compile(
    r"(?:立案|起诉|立上|立好|递|交|送|签收?|判|调解?)(?:上去|进去)?了|案号|已经|刚[才刚]?[去从]|开庭|庭审|调解|执行"
)

_CALLED = re.compile(r"开庭|庭审|出庭|到庭|调解(?!书|员?说)")
_TOLD_BY = re.compile(
    r"(?:法院|法庭|书记员|法官)(?:那边)?(?:来?通知|来电话|打电话|发短信|说|定)(?:我|来|了|下来){0,2}"
    r"|传票(?:到|来|收到)了|定了"
)
"""谁通知的，后面接着说哪天。"""
_SHORT_CALL = 24
"""再长的一句，多半还说了别的进展。"""
_ON_PAPER = re.compile(r"调解书|判决书?|法[院官]调|调解(?:好|成)?了|判[他她]")
_STILL_TALKING = re.compile(
    r"不同意|没答应|没同意|没签|还没|愿意|肯|问我|想|要是|如果|打算|商量|提出|建议|希望|能不能|12315|市监|消协"
)

_MOVED = re.compile(r"改|推迟?到|延期?到|提前到")
_A_DAY = re.compile(r"[号日]|周|星期|礼拜|今|明|昨|后天|前天")
_ONLY_WHEN = re.compile(
    r"[0-9:.一二三四五六七八九十两零半刻点钟分月号日 ,，。!]|[上下中]午|早上|晚上|下?个?(?:周|星期|礼拜)|[明后]天"
    r"|[记说搞弄看][错岔]|不对|刚才|我|开庭|庭审|时间|通知|法院|法官|书记员|[是的改推延迟期提前到成在定了说那天就又去啊呢吧哦啦]"
)
"""整句只说了什么时候开庭。"""
_DENIED_DAY = re.compile(
    r"(?:而|可|又)?不是\s?[^,，。;不是]{0,4}?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[底末]|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日]?)?"
)
"""“不是12月31”。"""
_PAPER_SAYS = re.compile(r"(?:判决|判决书|调解书|文书|法院)(?:上|里)?(?:写|说|定)")
_NOT_PAID = re.compile(r"没|未|不|拖|逾期|到了|到账|收到|开庭")


def read_court(context: Context, utterance: Utterance) -> Reading | None:
    """说了用哪种程序、打算哪天去法院：改那个时限的日子；在问的、站着的阶段没有这样的日子的不算。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or is_asking(utterance) or len(utterance.text) > _LONGEST:
        return None
    counts = any(timer.court_term for timer in matter.stage.timers) or matter.stage.event("sued") is not None
    if court_term(utterance.raw) is not None and counts:
        return _only_days(matter, utterance, "用哪种程序办")
    if _names_the_payment_day(context, matter, utterance):
        return _only_days(matter, utterance, "文书写的哪天付")
    if (right := _plan_put_right(context, matter, utterance)) is not None:
        return _only_days(matter, Utterance(right), "说好的日子改过来")
    if _settled_in_instalments(context, matter, utterance):
        report = intents.Reported(matter.code, "won", None, utterance.raw, sure=True, others=("won",))
        return Reading((report,), Band.RECORD, 0.9, ("调解书、判决写明了分几期",))
    if (moved := _appointment_put_right(context, matter, utterance)) is not None:
        return _only_days(matter, Utterance(moved), "约好的那天改了、几点")
    if _means_to_file(context, matter, utterance):
        return _only_days(matter, utterance, "打算哪天去法院")
    dated = Utterance(BARE_DAY.sub(r"\1号", utterance.text))
    if _is_called(context, matter, dated):
        return _only_days(matter, dated, "约好哪天开庭、调解")
    return None


def _means_to_file(context: Context, matter: OpenMatter, utterance: Utterance) -> bool:
    if _GOING_TO_FILE.search(utterance.text) is None or _DONE.search(utterance.text) is not None:
        return False
    told = told_limit(utterance.raw, context.now)
    if told is None or not told.appointed:
        return False
    return any(timer.kind is TimerKind.APPOINTMENT for timer in matter.stage.timers)


def _is_called(context: Context, matter: OpenMatter, utterance: Utterance) -> bool:
    """一截就是哪天开庭、调解（“12月20号上午九点开庭”），没说别的。"""
    if _CALLED.search(utterance.text) is None or len(utterance.text) > _SHORT_CALL:
        return False
    first, *more = pieces_of(utterance.raw)
    if len(more) > 1 or (more and _TOLD_BY.fullmatch(first) is None):
        return False
    if not any(timer.kind is TimerKind.APPOINTMENT for timer in matter.stage.timers):
        return False
    told = told_limit(utterance.raw, context.now)
    return told is not None and told.appointed


def _names_the_payment_day(context: Context, matter: OpenMatter, utterance: Utterance) -> bool:
    """已经判了、调了，才说起文书写的哪天付（“判决书写的12月20号之前付”），没说没付。"""
    if _PAPER_SAYS.search(utterance.text) is None or _NOT_PAID.search(utterance.text) is not None:
        return False
    told = told_limit(utterance.raw, context.now)
    return told is not None and any(told.counts_for(timer) and timer.is_only_told for timer in matter.stage.timers)


def _plan_put_right(context: Context, matter: OpenMatter, utterance: Utterance) -> str | None:
    """记着说好的日子，又说“是一月底前五千 三月底前三千 不是12月31”：去掉说不是的，是改好的日子；没在改的为空。"""
    if matter.position.told is None or _DENIED_DAY.search(utterance.text) is None:
        return None
    right = _DENIED_DAY.sub(" ", utterance.text).strip()
    told = told_limit(right, context.now)
    if told is None or told.day is None or _NOT_PAID.search(right) is not None:
        return None
    return right if any(told.counts_for(timer) for timer in matter.stage.timers) else None


def _appointment_put_right(context: Context, matter: OpenMatter, utterance: Utterance) -> str | None:
    """记着哪天开庭，又说“是上午9点半的”“改到16号下午3点了”：照开庭的日子说全；没在说它的为空。"""
    told = matter.position.told
    appointed = next((one for one in (told, *told.beside) if one.appointed), None) if told is not None else None
    if appointed is None or appointed.day is None:
        return None
    left = _ONLY_WHEN.sub("", utterance.text)
    if _MOVED.search(utterance.text) is not None and not left:
        moved = f"{utterance.text.rstrip('了啊呢的 ')}开庭"
        meant = told_limit(moved, context.now)
        return moved if meant is not None and meant.appointed else None
    times = find_clock_times(utterance.text)
    if left or len(times) != 1 or times[0].clarity is not Clarity.CLEAR or _A_DAY.search(utterance.text):
        return None
    return f"{appointed.day.month}月{appointed.day.day}日{times[0].hour}:{times[0].minute:02}开庭"


def _settled_in_instalments(context: Context, matter: OpenMatter, utterance: Utterance) -> bool:
    """正打着官司，说调解书、判决下来了，几期、每期、头一期哪天都说全了；还在谈的不算。"""
    if matter.stage.event("won") is None or _ON_PAPER.search(utterance.text) is None:
        return False
    if _STILL_TALKING.search(utterance.text) is not None:
        return False
    return bool(monthly_days(normalise(utterance.raw), context.now.astimezone(SHANGHAI).date()))


def _only_days(matter: OpenMatter, utterance: Utterance, why: str) -> Reading:
    said = intents.NothingNew(matter.code, utterance.raw, quoted=True)
    return Reading((said,), Band.RECORD, 1.0, (why,))
