"""问日子，话里有日子，说的却像是别的事（“今早他把我拉黑了”“昨天下的单”）：先问一句是不是，不直接记。

错一天就可能丢掉权利，多问一句只费一句话。
"""

import re
from datetime import date, datetime

from ....rulebook.scenario_models.models import Question
from ...days.calendar import SHANGHAI
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...understanding.days.date_mentions import find_mentions
from ...understanding.writing.pieces import pieces_of

_WHEN = (
    r"大?清早|一早|朝早|今日|当晚|这晚|那晚|前夕|[阳公农阴]历|第一[天次]|最[后近]一次|[上这]次|差一刻|出头|不到|刚过|过去|零点|之间|"
    r"星期|礼拜|[ap]\.?m|节日?|莫约|约莫|这个|那个|昨天|去年|今年|今天|上午|中午|下午|晚上|早上|早晨|凌晨|傍晚|夜里|半夜|晌午|"
    r"今早|今晚|昨晚|下[昼晝]|期间|假期|最后|最[早晚近先]|开头|第一|头一|那[天会次笔里]|会儿|时候|当天|当时|这天|前后|"
    r"以[前后]|之[前后]|已经|刚刚?|[上下]旬|日期|时间|哪天|开始|算起|的事|[整间夕个儿仨黑有]"
)
_HEDGES = (
    r"大概|大约|应该|好像|差不多|左右|可能|也许|估计|貌似|来着|记得|具体|确定|说是|的话|"
    r"记不清|想不起来|忘了|说错|不是|没错|不"
)
_LOOKED_UP = (
    r"物流|快递|订单|页面|账单|记录|详情|信息|截图|显示|写[着的]?|上[面头]|"
    r"看[了着到]?(?:一下|一眼|下)?|查[了到]?(?:一下|下)?|翻[了到]?(?:一下|下)?"
)
_PARTICLES = (
    r"[吧呢啊哦嗯额呃哈嘛呀啦诶哎哟是就的了我俺咱也都还才又再给在于从到起至和跟或、,.。;:：~—\-!! ]"
    r"|[()（）\[\]【】“”\"'《》]"
)
_FIGURES = r"[0-9０-９一二三四五六七八九十半几多两号日月年周点时分刻秒钟天晚早夜初末底中旬前后大逢每]"
_GRUMBLES = (
    r"不是说|说过|说了|讲过|讲了|上面|前面|刚才|反正|行了|可以了|满意|还问|又问|老问|[几两三八百]{1,2}遍|"
    r"他妈的?|妈的|特么|尼玛|我靠|卧槽|狗日的|[呗嘞咯操草靠问都]"
)
"""说过又被问的，带着气。"""
_FILLERS = re.compile("|".join((_WHEN, _HEDGES, _LOOKED_UP, _GRUMBLES, _PARTICLES, _FIGURES)))
"""说哪天的时候常带的字，不说明是哪件事。"""


_TODAY_IS = re.compile(r"今天?(?:都|已经|是)?(?:[0-9]{1,2}月)?[0-9]{1,2}[号日]?[了啦]?")


_CAME = re.compile(r"(?:[0-9号日天一二三四五六午晚早上]|才|刚|就|都)到(?:的|了|货|货的|手|手的|家|家的)?$")
"""“11月14到的”说的是货到，不是问的那件事。"""


def doubted(question: Question, text: str, read: Answer, now: datetime) -> Misread | None:
    """这个日子是不是另一件事的：像的，拿去问一句；不像、说的不是一个日子的为 ``None``。``now`` 带时区。"""
    pieces = pieces_of(text)
    told = [piece for piece in pieces if _has_day(piece, now)]
    tells_today = len(pieces) > 1 and any(_TODAY_IS.fullmatch(piece) for piece in told)  # “还能退吗 今天23了”
    if any(_CAME.search(piece) for piece in told) and not any("到" in word for word in question.heard_by):
        return Misread(MisreadReason.OTHER_EVENT)
    if not told or (not tells_today and any(_fits(question, piece, now) for piece in told)):
        return None
    day = read.value.astimezone(SHANGHAI).date() if isinstance(read.value, datetime) else read.value
    return Misread(MisreadReason.DOUBTFUL_DATE, days=(day,)) if isinstance(day, date) else None


def _has_day(piece: str, now: datetime) -> bool:
    return bool(find_mentions(piece, now.astimezone(SHANGHAI)))


def _fits(question: Question, piece: str, now: datetime) -> bool:
    """小句里除了日子没说别的，或说的就是问的那件事。"""
    rest = list(piece)
    for mention in find_mentions(piece, now.astimezone(SHANGHAI)):
        rest[mention.start : mention.end] = [" "] * (mention.end - mention.start)
    left = _FILLERS.sub("", "".join(rest))
    if any(word in piece for word in question.not_heard_with):
        return False
    if any(word in piece for word in question.heard_by) or set(left) <= set("".join(question.heard_by)):
        return True
    asked = question.text + question.short
    return any(left[place : place + 2] in asked for place in range(len(left) - 1))
