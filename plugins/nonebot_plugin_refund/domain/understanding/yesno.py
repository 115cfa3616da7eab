"""是非答案：是的、嗯嗯、没有、木有、唔系、记不清、应该没有、👌。

先看整句是不是现成的说法，再看开头是不是一个答案（“是的 昨天刚签收”）。
反问、疑问和数字不是答案；“可能吧”是不清楚；“应该没有”算没有。
"""

import re
from functools import lru_cache
from typing import Literal

from ...rulebook.wording_models.spoken import load_spoken
from .writing.emoji import NO_EMOJI, UNSURE_EMOJI, YES_EMOJI
from .writing.pieces import pieces_of
from .writing.tails import without_tail
from .writing.text import normalise, trim_punctuation
from .yesno_words import NO_WORDS, UNSURE_WORDS, YES_WORDS

YesNo = Literal["yes", "no", "unsure"]
_SOMEBODY = re.compile(r"[我俺咱他她谁人娃孩妈爸爹娘弟妹爷奶]|老[公婆]")

_MAX_TEXT = 200


def _each(characters: str, meaning: YesNo) -> dict[str, YesNo]:
    return dict.fromkeys(characters, meaning)


_EMOJI: dict[str, YesNo] = {
    **_each(YES_EMOJI, "yes"),
    **_each(NO_EMOJI, "no"),
    **_each(UNSURE_EMOJI, "unsure"),
}
_FACES = load_spoken().faces
_BRACKETED: dict[str, YesNo] = {**dict.fromkeys(_FACES.yes, "yes"), **dict.fromkeys(_FACES.no, "no")}

_LEADING_FILLERS = re.compile(
    r"(?>(?:嗯+|恩+|额+|呃+|唔(?![系是知得清记肯])|啊+|哦+|噢+|哎+|唉+|诶+|欸+|emm*|em+|昂+|嗷+|害|嗐|嘿|啧|哼|笑死|哈哈+|嘿嘿|呵呵|好家伙|我去|我靠|卧槽|拜托|说真的|讲道理|话说|那个|这个|就|反正|其实|我觉得|我感觉|我想|我看|我们?|俺们?|咱们?|他们?|她们?|你好|老实说|说实话|讲真|"
    r"不好意思|抱歉|谢谢|回答|答案|答|亲|哥|姐|老师)(?:[,.~…\s:、?]|(?=[^,.~…\s:、]))[,.~…\s:、?]*){1,3}"
)
_TRAILING_PARTICLES = re.compile(r"(?:[啊呀哦哈呢嘛诶欸哟喔噢嘞咧滴哒呐捏鸭吖啦咯喽~… !.,]|\][^\]]{1,8}\[|[🙅🙆])+")
"""末尾的语气词、表情，倒着念。"""
_QUESTION = re.compile(
    r"如果|要是|假如|万一|为什么|为啥|为何|干嘛|干啥|什么意思|啥意思|几个意思|怎么[办弄说看算搞操]|咋[办弄整]|是(?:指|说)?[什啥谁](?!都|也)|什么叫|哪里看|在哪|"
    r"怎么知道(?!了)|啥是|是[/或]否|有[/或]没|是[, ]?也.{0,2}不是|真的假的|(?P<either>[一-龥])不(?P=either)|"
    r"是[^,。 ]{1,6}还是|吗(?:$|(?=[\s?!,.~]))|么\s*[?]|[?]\s*$|有没有|^(?:有|可以|能|会|要|是|行).{1,5}[不没]\s*$|"
    r"多少|凭什么"
)
_UNSURE_ANYWHERE = re.compile(
    r"不(?:太|大|怎么|是很|是太|是特别|很)?(?:清楚|知道|晓得|确定|记得|了解|肯定|好说)|记(?:不|得不)(?:太|大|怎么)?(?:清|得|住|起)|忘(?:了|记)|"
    r"没(?:太|怎么|有)?(?:仔细|认真|细|特别|专门)?(?:注意|留意|印象|在意|细看|看清|记住|搞清|弄清|关注|在乎)|没(?:有)?(?:仔细|认真|细)看|"
    r"说不(?:准|清|好|定)|搞不(?:清|懂|明白)|弄不(?:清|懂|明白)|拿不准|吃不准|想不起|不敢(?:确定|肯定|说)|看情况|分不清|说不上|毫?无印象|不得而知|一概不知|一无所知|[天鬼](?:晓得|知道)|问谁|[讲说]唔清|唔系.{0,2}清楚|"
    r"唔(?:知|清楚|记得|肯定|太清楚)|[不没无难][^,。 ]{0,3}(?:确定|断定|判断)|"
    r"(?:确定|肯定|判断)不了|(?:[谁咋]|哪[里个儿]?)(?:还|会|能)?(?:记得|知道|晓得|清楚)"
)
_UNSURE_WHETHER = re.compile(
    r"(?:不(?:太)?(?:知道|清楚|确定|晓得|记得)|记不(?:太)?清|忘了|忘记)(?:了|是)?(?P<one>[一-龥])[不没](?P=one)|"
    r"(?P<other>[一-龥])[不没](?P=other)[^?吗怎哪]{0,4}(?:不(?:太)?(?:知道|清楚|确定|晓得|记得)|记不(?:太)?清|忘了)"
)
"""“不知道有没有”“有没有我忘了”：虽然像问句，说的是不清楚；后面又问起来的不算。"""
_ON_SECOND_THOUGHTS = "又好像没", "又好像不"
_MAYBE = re.compile(r"^(?:可能|也许|或许|兴许|说不定|不一定|未必)")
_HEDGE = re.compile(
    r"^(?:恐怕|怕是|看样子|看起来|看来|瞧着|严格(?:来)?(?:说|讲)|原则上|(?:[两三几]个|[俩仨])(?=都)|那(?![个种样时些天])|勉强|好似|仲|梗|才(?=没|不是)|九成|只(?=有|是)|这(?:倒|边|里|儿|真)|这(?=没|有|是)|从(?=没|不|未)|压根儿?|倒也?|选择?|之前|以前|曾经|几乎|确定(?!不)|一定(?!不)|必然|百分之?百|非常|绝(?=不)|全部?|应该|好像|貌似|似乎|大概率|大概|估计|基本上?|大体上?|多半|八成|十有八九|想必|按理说|按说|我猜|我觉得|差不多|算|感觉|应当|反正|当然|肯定|确实|真的?|绝对|的确|其实|还|记得|印象[中里]|目前|暂时|到现在|至今|一直|压根|根本|完全|从来|也|都|就|又|早就|早|已经|已|刚刚?|昨天|今天|前天)+"
)
_CERTAIN = re.compile(r"确实|确定|肯定|当然|的确|一定|必然|百分之?百|绝对|真|算")
_DENIED_DENIAL = re.compile(
    r"(?:也|倒|可|又)?(?:并非|不能说|不可能|不会|怎么(?:会|可能)|咋(?:会|可能)|哪(?:会|能)|何尝|谁说|难道)"
    r"(?:没有?|不(?:可以|行|对|能|会|是|知道|知情|同意)?)(?:的|啊|呢|呀)?|"
    r"没(?:有)?(?:说错|讲错|记错|搞错|弄错|看错|异议|意见|二话)(?:的|啊)?|[错假差少跑]不了(?:的)?|不假|不差|不错的|一点不假"
)
"""否定了否定，或说“没意见”“错不了”：整句就这几个字时是“是”；后面还说了别的就再问。"""
_NO_HEAD = re.compile(
    r"(?:不(?!真|重要|告诉|用谢|用管|客气|着?急|爽|公平|合理|要脸|想说|玩|弄了|退了|错|明|详|祥|止|仅|光|但|过|如|管|论|好意思|然|满|久|妨|瞒|得不|知|清|确定|记得|晓|了解)|没(?!错|问题|毛病|事|关系|办法|想到|准|懂|看懂|明白|听懂|听明白|看明白|搞懂|谱|意思|差|啥|什么|跑|必要|劲|注意|留意|印象|说的)|未(?!成年|必|来|满)|无(?!所谓|语|聊|理由|论|线)|"
    r"木有|米有|莫得|冇(?!错|问题)|唔(?:系|是|得|可以)|并(?:没|不|未|非)|没有(?!问题|错)|从未|哪有|绝无)"
)
_DOUBLE_NEGATIVE = re.compile(r"^(?:不是|不可能|不会|并不是|没有|不|不得)\s?(?:不|没|未)")
_YES_HEAD = re.compile(
    r"(?:是(?!不是|否|谁|哪|什么|啥|怎|吗|几|多少|这样吗)|对(?!方|于|不|面|着干|象|账|比|了[,，]?我|我|他|她|你|待|应|付|话)|有(?!什么|时|啥|病|意思|没有|谁|哪|多少|几|人说|趣|问题[?想]|个问题|事|请|毒|空|点)|"
    r"没错|没问题|"
    r"没毛病|没有问题|没有错|冇错|冇问题|不错|嗯|恩|好的|好滴|可以|行的|行,|行 |行$|"
    r"能(?!不能|否|退)|系(?!统|列|数)|啱|要得|确实|必须|同意|ok|yes|yep|yeah|"
    r"会(?!不会|计|员|议)|当然|肯定|愿意|在(?:的|呢|啊|呀)|都[有是])"
)
_DONE = re.compile(
    r"^(?:(?:我|他|她|孩子|商家|客服|对方|平台|卖家)?(?:们)?(?:已经|早|都|刚|昨天|今天|前天|也|全部?|就)*)"
    r"(?:收到|签收|申请|联系|退|寄|寄出|买|付|付款|拆|拆封|用|穿|剪|试|投诉|举报|同意|拒绝|驳回|提交|发货|发|看|学|填|交|打|花|告诉|问|说|拍|存|留|截图|截|录屏|录|保存|下载|找|弄|开|处理|沟通|反馈|上传|回复|回|提|到|到账|到货|办|做|签|确认|"
    r"登记|通知|取消|关闭|注销|绑定|实名|坏|破|碎|满|过期|超|超时|升级|介入|立案|调解|有)(?:货|件|东西|包裹|快递|款|钱|客服|电话|商家|单)?(?:过了|过的|过|了|好了|完了|上了|通了|到了|啦|咯|嘞|掉了|完|掉)(?:的|呢|呀|啊|(?:[一两二三几]次|商家|客服|平台|官方|卖家|他们?)了?)?(?:$|[\s,.!~、])"
)
_DID = re.compile(
    r"^(?:收到|签收|申请|联系|签|寄|给|交|填|写|送|试穿|试用|开封|激活|登录|授权|续费|充值|打赏|转账|录音|报警|撕|取|换|修|补|加|退货|寄回|确认收货|点|刷脸|认证|洗|开通|保留|绑定|找|问|打|付|拆|用|穿|剪|试|投诉|举报|提交|打开|告诉|问|存|留|截|录|保存|下载|处理|沟通|反馈|上传|登记|通知|确认|报)"
    r"(?:开|开看|出去|回去)?(?:过了|了|过)(?:但.{0,12}|没[^,。 吗?]{2,6}|[^没不未吗个,。 ]{0,4})$"
)
"""“拆了包装”“申请了但被拒了”：动作做过，后面只补了几个字。"""
_ONCE = re.compile(r"^(?:已经|早就|早|都|也)*[^,。 不没未无难超错通跳略]{1,2}过(?:了|的|啦|咯)?$")
"""“洗过了”“问过”：做过的事，整句就这几个字。"""
_SOMEBODY_DID_NOT = re.compile(
    r"(?:商家|卖家|客服|平台|快递|主播|老师|孩子|老板|店家)"
    r"(?:也|还|都|根本|一直|从来)*(?:没|未)(?!错|问题|成年)"
)
_ALREADY = re.compile(r"(?:已经|已(?!读)|早已|早就|刚刚?(?![刚才]))[^,。 不没无未0-9一二三四五六七八九十点天号]{1,6}$")
_NOT_A_SINGLE = re.compile(r"^(?:一|半|任何|啥|什么|哪)[^,。 ]{0,3}(?:都|也)?(?:没(?!问题|错|准)|不是)")
"""“一张都没有”“啥也没留”。"""
_THERE_IS = re.compile(
    r"^[^,。 ?不没无未]{1,7}(?:(?<![现正存实所自哪谁])在|(?<![所只还拥具仅带谁])有|[^,。 ]着)(?:的|呢|啊|呀)?$"
)
"""“吊牌还在”“聊天记录有”。"""
_THERE_IS_NOT = re.compile(
    r"^[^,。 ?不没无未]{1,7}(?:没有|没了|没留|没存|没拍|没录|没保存|没保留|不在了?|不见了)(?:的|呢|啊|呀)?$"
)
_CANNOT = re.compile(r"^[^,。 ?不没受免少大对]{1,4}不(?:了|到|成)(?:了|的|啊|呢)?$")
"""“提供不了”“联系不到”。"""
_SNORT = re.compile(r"^[是有](?:个|才)?(?:屁|毛(?!病)|鬼|怪|锤子)")
"""“有个鬼”：说有，其实是没有。"""
_SAID_RIGHT = re.compile(r"^(?:你)?(?:说|讲|猜)[得的]?(?:很|都|太)?(?:对|没错)(?:了|的)?$")
_REPEATED = re.compile(r"(?P<once>.{1,4}?)(?P=once){1,5}")
_DIALECT_NOT = re.compile(r"木有|米有|么有|(?<!树)(?<!原)木(?=问题|得|毛病)|^么(?=得)")
_ASIDE = re.compile(
    r"还[好行](?!了)|得了吧|差不多得了|系咪|就是(?:说|想|那个|我[在想买有用就这昨今前上])|对了(?!$)|有人(?:吗|在)|没事"
)
"""另起话头，不是在回答。"""
_LATIN_OR_DIGITS = re.compile(r"[0-9.,:%￥¥\s+-]+")


_RHETORICAL = re.compile(r"(?P<what>[^\s啥什]{1,2})(?:个?啥子?|个?什么|个屁|个毛|毛)(?P=what)")
"""“换啥换”“退什么退”：反问着说不。"""


@lru_cache(maxsize=64)
def agrees(text: str) -> bool:
    """问“就是这个吗”之后，是不是答的是；说到了谁的（“是我”“是孩子”）是在说人，不算。"""
    return parse_yesno(text) == "yes" and _SOMEBODY.search(normalise(text, _MAX_TEXT)) is None


def parse_yesno(text: str) -> YesNo | None:
    """读是、否、不清楚；不是这三样（疑问、数字、别的话）时为 ``None``。"""
    prepared = normalise(text, _MAX_TEXT)
    prepared = _DIALECT_NOT.sub(lambda match: "没有" if len(match.group()) > 1 else "没", prepared)
    if not prepared or _LATIN_OR_DIGITS.fullmatch(prepared):
        return None
    if (emoji := _emoji(prepared)) is not None:
        return emoji
    core = trim_punctuation(prepared)
    if _RHETORICAL.match(core) is not None:
        return "no"
    if (whole := _whole(core)) is not None:
        return whole
    stripped = trim_punctuation(without_tail(core, _TRAILING_PARTICLES.match))
    if (whole := _whole(stripped)) is not None:
        return whole
    return _sentence(core)


def is_bare_yes(text: str) -> bool:
    """整句就是一个“是”“有”“嗯嗯好的”，什么也没说；“有截图”“拍了”说了是什么，不算。"""
    core = trim_punctuation(normalise(text, _MAX_TEXT))
    return _whole(core) == "yes" or _whole(trim_punctuation(without_tail(core, _TRAILING_PARTICLES.match))) == "yes"


_FIRST = re.compile(r"(?P<yes>有的?|是的?|对的?)|没有?|不是的?|否")


def says_yes_or_no_first(text: str) -> YesNo | None:
    """“没，我怕麻烦一直拖着”：头一截光是一个有没有、是不是，后面另说了别的；不是这样的为 ``None``。"""
    pieces = pieces_of(text)
    first = _FIRST.fullmatch(pieces[0]) if len(pieces) > 1 else None
    return None if first is None else "yes" if first["yes"] else "no"


def json_value(parsed: YesNo | None) -> str | None:
    """命令行里的样子：``yes``、``no``、``unsure`` 或 ``None``。"""
    return parsed


def _emoji(text: str) -> YesNo | None:
    if text in _BRACKETED:
        return _BRACKETED[text]
    meanings: set[YesNo] = {_EMOJI[character] for character in text if character in _EMOJI}
    rest = any(character not in _EMOJI and character != " " for character in text)
    return next(iter(meanings)) if len(meanings) == 1 and not rest else None


def _whole(text: str) -> YesNo | None:
    compact = re.sub(r"[\s,、.!~…]+", "", text)
    repeated = _REPEATED.fullmatch(compact)
    for word in (text, compact, repeated["once"] if repeated else compact):
        if word in UNSURE_WORDS:
            return "unsure"
        if word in NO_WORDS:
            return "no"
        if word in YES_WORDS:
            return "yes"
    return None


def _sentence(text: str) -> YesNo | None:
    """一句话：开头的答案优先，其次是通篇的“不清楚”。"""
    first = re.split(r"[\s,、.!;~…。]", text, maxsplit=1)[0]
    if first != text and (answer := _whole(first)) is not None:
        return _unless_contradicted(answer, text[len(first) :])
    if _is_unsure_whether(text):
        return "unsure"
    if _QUESTION.search(text) or _ASIDE.match(text):
        return None
    fillers = _LEADING_FILLERS.match(text)
    body = text[fillers.end() :] if fillers else text
    if (answer := _whole(trim_punctuation(without_tail(body, _TRAILING_PARTICLES.match)))) is not None:
        return answer
    if _UNSURE_ANYWHERE.search(body):
        return "unsure"
    if _DENIED_DENIAL.fullmatch(body):
        return "yes"
    if _MAYBE.match(body):
        return "unsure"
    head = _HEDGE.sub("", body, count=1).removesuffix("吧")
    if not head:
        return "yes" if _CERTAIN.search(body) else None
    return _whole(trim_punctuation(without_tail(head, _TRAILING_PARTICLES.match))) or _by_head(head, body)


def _is_unsure_whether(text: str) -> bool:
    asked_until = 1 + max(text.rfind("?"), text.rfind("吗"))
    return _UNSURE_WHETHER.search(text, asked_until) is not None or any(words in text for words in _ON_SECOND_THOUGHTS)


def _unless_contradicted(answer: YesNo, rest: str) -> YesNo | None:
    """“对 没收到货”两头不一样：说不清是赞同还是否认，要再问。"""
    rest = rest.strip(" ,、.!;~…。")
    if _UNSURE_ANYWHERE.search(rest) and len(rest) < 8:
        return "unsure" if answer == "yes" else answer
    following = _whole(_HEDGE.sub("", re.split(r"[\s,、.!;~…。]", rest, maxsplit=1)[0], count=1))
    if answer == "yes" and (following == "no" or re.match(r"没(?!错|问题|毛病)|不是|未(?!成年)", rest)):
        return None
    if answer == "no" and following == "yes":
        return "yes" if rest in ("不错", "没错") else None
    return "unsure" if following == "unsure" and answer == "yes" and len(rest) < 6 else answer


def _by_head(head: str, body: str) -> YesNo | None:
    if (
        _SNORT.match(head)
        or _THERE_IS_NOT.match(head)
        or _CANNOT.match(head)
        or _SOMEBODY_DID_NOT.match(body)
        or _NOT_A_SINGLE.match(head)
    ):
        return "no"
    if _SAID_RIGHT.match(body) or _THERE_IS.match(head):
        return "yes"
    if _ALREADY.match(body):
        return "yes"
    if _DOUBLE_NEGATIVE.match(head):
        return None
    if _NO_HEAD.match(head):
        return "no"
    if _DONE.match(body) or _DONE.match(head) or _ONCE.match(head) or _DID.match(head):
        return "yes"
    return "yes" if _YES_HEAD.match(head) else None
