"""金额与数字：从一句话里读出一个数（人民币元，或岁数、天数这类普通数字）。

只有一个说法时才给值；说了两个不同的数、说的是范围、外币、快币、单价或负数时都不给，由上层再问。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ..writing.text import normalise, trim_punctuation
from .numerals import DIGITS, NUMERAL_CHARACTERS, SCALES, read_number

Bound = Literal["below", "at_most", "at_least"]
"""说的数是哪一头：不到（将近）、至多（以内）、至少（多、以上）。"""

MAX_YUAN = Decimal(100_000_000)
"""超过一亿元的不认：多半是订单号或乱按。"""
_MAX_BARE_DIGITS = 7
"""不带单位的连续数字到八位，更像订单号、日期或号码。"""
_MAX_TEXT = 400

_NUMERAL = f"[0-9{NUMERAL_CHARACTERS}]"
_UNIT = "十百千万亿拾佰仟kw"
_NUMBER = (
    rf"(?:[0-9](?:[0-9]|[.,](?=[0-9]))*(?:[{_UNIT}](?:{_NUMERAL}|[.,](?=[0-9]))*)?"
    rf"|[{NUMERAL_CHARACTERS}](?:{_NUMERAL}|[.,](?=[0-9]))*)"
)
"""阿拉伯数字后面要先有单位才能接汉字数字：“300一笔”是 300 和一笔。"""
_MONEY = re.compile(
    rf"(?P<sign>[¥$€£]|(?<![a-z])(?:rmb|cny|人民币))?\s?(?P<whole>{_NUMBER})"
    r"\s?(?P<vague>来|多|余|把|几|好几|\+|出头)?(?P<scale>(?<=[来多余])[万千百亿wk])?\s?"
    rf"(?:(?P<unit>块钱|块|元|圆|rmb|人民币|大洋|毛钱|毛|角|分钱|分(?=[了吧啊呢]?\s?$))(?P<zero>零|又)?"
    r"(?P<small>[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{1,2}(?![0-9一二两三四五六七八九十百千万年月号日天个次点岁]))?"
    r"(?P<small_unit>毛|角|分)?(?:(?<=[毛角])(?P<cent>[0-9一二两三四五六七八九])分?)?)?(?P<over>多|出头|不到)?"
)
_CONVERSATIONAL = re.compile(r"(?<!十)(?P<size>[百千万])(?P<more>来|把)(?:块|元|(?=$|[\s,吧左]))")
_DECIMAL_POINT = re.compile(
    r"([0-9零一二两三四五六七八九十百千]{1,40})点([0-9零一二三四五六七八九]{1,3})(?=万|千|百|w|块|元|(?<=点[一二三四五六七八九1-9])(?![0-9零〇一二两三四五六七八九十分刻半]))"
)
"""念出来的小数：三点五万、五十九点九；“八点二十”“八点五分”是钟点。"""
_GAP = re.compile(r"(?<=[0-9]) (?=[万千百])")
_SPOKEN_CLOCK = re.compile(
    r"(?:[0-9]{1,2}|[零一二两三四五六七八九十]{1,3})点(?:[0-9零一二三四五六七八九十]{1,3}分?|半|[一三13]刻)"
)
_BARE_POINT = re.compile(r"(?<![0-9零一二三四五六七八九])\.(?=[0-9])")
_CLOCK_OR_POCKET = re.compile(r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])|零(?=[花用钱食头])")
"""钟点“12:50”和“零花钱”的“零”都不是钱数。"""
_COUNTED = re.compile(
    r"\s?[多来]?\s?(?:个|次|件|节|号|日|月|年|天|岁|周岁|%|倍|快币|币|抖币|微信豆|钻|积分|美元|美金|刀|港币|港元|欧|英镑|镑|日元|日圆|日币|"
    r"泰铢|卢布|卢比|韩元|韩币|台币|新币|马币|加币|加元|澳币|澳元|美刀|越南盾|位数|分钟|小时)|"
    r"[多来几]?(?:次|遍|趟|回(?![来去到复头给我款本]))|点|多?(?:时|周|星期|礼拜|折|条|张|位|人|名|台|部|集|章|期|场|页|秒|分(?!钱)|星|箱|斤|公斤|包(?!邮)|盒|双|套|只|本|届|级|度|豆|"
    r"粉|赞|克|米|寸|码|笔|单(?!价)|成(?!交)|新|楼|层|路|栋|:|/(?!\s?[0-9])|(?!rmb|cny|yuan|[kw])[a-z])"
)
"""数的是别的东西：几个、几天、几级、几毫升；隔着空格的只认不会另起一句的那些。"""
HOTLINES = frozenset({"12315", "12345", "12377", "12318", "12321", "96110"})
"""常说到的公共号码，不带“块、元”时不是钱。"""
_ADVERB = re.compile(r"[下些起直定般样半堆旦旁边]")
"""“一下”“一些”“一定”里的“一”不是数。"""
_FOREIGN = re.compile(r"\s?(?:hundred|thousand|million|grand|dollars?|usd|美元|美金|欧|英镑|日元|港币|港元)")
_NEIGHBOURS = re.compile(
    r"(?P<lead>[一二两三四五六七八九]?[十百千]?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])"
    r"(?P<size>[十百千万]万?)(?:来|多)?(?:块|元|块钱)?$"
)
_NEAR_ENOUGH = 2
"""“七八千”“三五百”：前后两个数字至多差这么多，才是说一段。"""
_TOTAL = re.compile(
    r"(?:一共|总共|合计|总计|加起来|共计|全部|拢共|统共|总的|总数|总额|共|实付|实际付款?|实际支付)[^0-9]{0,6}$"
)
_EACH = re.compile(r"(?:每|各|单价|人均|平均)[^0-9]{0,4}$")
_NOT = re.compile(r"(?:不是|没有|并非|而不是)\s?$")
_NEGATIVE = re.compile(r"(?:负|(?:^|[^0-9a-z])[-−－])\s?$")
_BELOW = re.compile(r"(?:不到|不足|没到|未到|少于|将近|接近|近|快(?!手)|小)[^0-9]{0,3}$")
_AT_MOST = re.compile(r"(?:最多|不超过|至多|顶多|不超)[^0-9]{0,3}$")
_AT_LEAST = re.compile(r"(?:至少|起码|最少|超过|不止|不下|少说|多于|大于)[^0-9]{0,3}$")
_ABOUT_BEFORE = re.compile(r"(?:大概|大约|差不多|约|应该|好像|估计|可能|左右|~|上下)[^0-9]{0,4}$")
_ABOUT_AFTER = re.compile(r"^\s?(?:块钱|块|元)?\s?(?:左右|上下|的样子|吧|这样|出头|不到|以内|以上)")
_RANGE_LINK = re.compile(r"\s?(?:到|至|~|-|—|/|或者|或|还是|、)\s?$")
_CALCULATION = re.compile(
    r"[0-9元块]\s?[*x×+]\s?[0-9]|张(?:[一二两五]?[十百]|100|50|20|10|毛爷爷|红)|[充满买].{1,6}[送减赠]|"
    r"一(?:件|个|单|份|次|笔|套|盒|瓶)[^0-9]{0,4}[0-9.]{0,6}[^0-9]{0,3}(?:买|要|拍|下|共)了?[2-9二两俩仨三四五六七八九]|"
    r"(?<![0-9])(?:[2-9二两三四五六七八九十]|[1-9][0-9])(?:个|次|笔|单|份)\s?的?[1-9][0-9]|"
    r"[0-9]\s?(?:块|元)?\s?(?:[充买刷扣付打]了?)?(?:[2-9二两三四五六七八九十])(?:个(?!月)|次|笔|单|份)"
)
"""要算一算才知道是多少的：199*3、三张一百的、充30送30、500块一件买了2件；算式的意思说不准，再问。"""
_REFUSED = re.compile(
    r"一[毛分](?:钱)?(?:也|都)?没|"
    r"[几数]十|[百千万]点[零一二三四五六七八九0-9]|(?<![0-9一二两三四五六七八九十百千万])[百千万]儿?[七八五][十百千]|百十来|半[百千万]|大几|(?<![加以算])[上成][十百千万]|[点.]几|五位数|四位数|三位数|六位数|三分之|百分之"
)


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """读出来的金额，单位元。``value`` 为 ``None`` 表示只知道范围 ``at_least``–``at_most``。"""

    value: float | None
    approximate: bool = False
    at_least: float | None = None
    at_most: float | None = None
    bound: Bound | None = None
    """``value`` 是“不到”“至多”还是“至少”这么多。"""


@dataclass(frozen=True, slots=True)
class _Mention:
    value: Decimal | None
    start: int
    end: int
    marked: bool
    vague: bool


@lru_cache(maxsize=64)
def parse_amount(text: str) -> ParsedAmount | None:
    """读金额（元）；一堆、很多、负数、外币、快币、两个不同的数都是 ``None``。"""
    prepared = _prepare(text)
    if _REFUSED.search(prepared) or _CALCULATION.search(prepared):
        return None
    mentions = list(_mentions(prepared))
    if any(_NEGATIVE.search(prepared[max(0, mention.start - 3) : mention.start]) for mention in mentions):
        return None
    mentions = [mention for mention in mentions if not _NOT.search(prepared[max(0, mention.start - 6) : mention.start])]
    if not mentions:
        return None
    if len(mentions) == 2 and _RANGE_LINK.fullmatch(prepared[mentions[0].end : mentions[1].start]):
        return _range(mentions[0], mentions[1])
    chosen = _choose(prepared, mentions)
    if chosen is not None and chosen.value is None:
        return _neighbours(prepared[chosen.start : chosen.end])
    if chosen is None or chosen.value is None or not 0 <= chosen.value <= MAX_YUAN:
        return None
    return _describe(prepared, chosen, chosen.value)


def amounts_in(text: str) -> tuple[str, list[tuple[int, int, float]]]:
    """统一过写法的话，和里面每一处钱数从哪到哪、是多少元；每份多少、读不准的不算。"""
    prepared = _prepare(text)
    found = [
        (mention.start, mention.end, float(mention.value))
        for mention in _mentions(prepared)
        if mention.value is not None and 0 < mention.value <= MAX_YUAN
    ]
    return prepared, found


_AFTER_NUMBER = re.compile(
    r"[多几来余]?\s?(周岁|岁|个|节|天|次|回|趟|笔|遍|件|年|月|号|日|块|元|点|级|班|小时|分钟|%)?(半)?"
)
_COUNTING = {"岁": ("岁", "周岁")}
"""题目的单位，数字后面可以跟的；没写的可以是它自己或“个”。“三个账号”不是三岁。"""


def parse_number(text: str, unit: str = "") -> float | None:
    """读一个普通数字（岁数、节数、天数）；``unit`` 是题目的单位，带着别的单位的数字不算。

    “不满八岁”“虚岁九岁”“八九岁”“三年级”都说不准，返回 ``None``。
    """
    prepared = _prepare(text)
    if re.search(
        r"不满|未满|不到|没满|没到|虚[岁的龄]|快|差|下个?月|再过|还有|过完|就要|马上|即将|明年|才[满到]|年级|年生|年的|出生|多岁|来岁|几岁|以上|以下|左右|[初高大][一二三]|负|-\s?[0-9]",
        prepared,
    ):
        return None
    values: set[Decimal] = set()
    for match in re.finditer(_NUMBER, prepared):
        number = read_number(match.group())
        suffix = _AFTER_NUMBER.match(prepared[match.end() :])
        if suffix is None:
            return None
        counted = suffix.group(1) or ""
        if unit and counted and counted not in _COUNTING.get(unit, (unit, "个")):
            continue
        if not counted and re.match(r"[下起直般样定些共部种边面]", prepared[match.end() :]):
            continue
        if number is None:
            return None
        values.add(number + (Decimal("0.5") if suffix.group(2) and counted else 0))
    if len(values) != 1:
        return None
    value = values.pop()
    return float(value) if value <= 1_000_000 else None


def json_value(parsed: ParsedAmount | None) -> int | float | None:
    """命令行里的样子：整数不带小数点，读不出来是 ``None``。"""
    if parsed is None or parsed.value is None:
        return None
    return int(parsed.value) if parsed.value == int(parsed.value) else parsed.value


def _prepare(text: str) -> str:
    """统一写法，再把读法拉平：念出来的小数、钟点不当钱。"""
    prepared = normalise(text, _MAX_TEXT)
    prepared = _CLOCK_OR_POCKET.sub(" ", _BARE_POINT.sub("0.", _GAP.sub("", prepared)))
    return _SPOKEN_CLOCK.sub(" ", _DECIMAL_POINT.sub(_decimal, prepared))


def _decimal(match: re.Match[str]) -> str:
    whole = read_number(match.group(1))
    digits = "".join(digit if digit.isdigit() else str("零一二三四五六七八九".index(digit)) for digit in match.group(2))
    return f"{whole}.{digits}" if whole is not None and whole == whole.to_integral_value() else match.group()


def _mentions(text: str) -> Iterator[_Mention]:
    conversational_starts: set[int] = set()
    for match in _CONVERSATIONAL.finditer(text):
        conversational_starts.add(match.start())
        if match.start() == 0 or text[match.start() - 1] not in NUMERAL_CHARACTERS + "0123456789":
            size = {"百": 100, "千": 1000, "万": 10_000}[match["size"]]
            yield _Mention(Decimal(size), match.start(), match.end(), True, True)
    bare_allowed: bool | None = None
    for match in _MONEY.finditer(text):
        whole = match["whole"]
        unit = match["unit"] or ""
        sign = match["sign"] or ""
        if match.start("whole") in conversational_starts:
            continue
        if not unit and (
            whole in HOTLINES or text[max(0, match.start("whole") - 1) : match.start("whole")] in ("月", "第")
        ):
            continue
        if whole[0] in "kw" or (
            not sign
            and match.start("whole") > 0
            and text[match.start("whole") - 1].isascii()
            and text[match.start("whole") - 1].isalpha()
        ):
            continue
        if sign in ("$", "€", "£") or _FOREIGN.match(text, match.end()):
            continue
        if not unit and (
            _COUNTED.match(text, match.end("whole")) or (whole == "一" and _ADVERB.match(text, match.end()))
        ):
            continue
        if _EACH.search(text[max(0, match.start() - 7) : match.start()]):
            yield _Mention(None, match.start(), match.end(), True, False)
            continue
        value = _value(match, whole, unit)
        marked = bool(unit or sign)
        if not marked:
            if value is None and not re.search(r"[0-9]|[一-九两][一-九两]|[十百千万]", whole):
                continue
            if bare_allowed is None:
                bare_allowed = _is_mostly_number(text)
            if not _bare_counts(whole, value, bare_allowed):
                continue
        yield _Mention(value, match.start(), match.end(), marked, bool(match["vague"] or match["over"]))


def _bare_counts(whole: str, value: Decimal | None, bare_allowed: bool) -> bool:
    """不带“块、元”的数字算不算钱：单个汉字只有在整句就是它时才算，太长的数字串从来不算。"""
    if whole.isdigit() and whole.isascii() and len(whole) > _MAX_BARE_DIGITS:
        return bare_allowed
    if whole[0] in "0123456789":
        return True
    if value is None:
        return len(whole) >= 2 and whole not in ("千万", "万一")
    return bare_allowed or len(whole) >= 2


def _is_mostly_number(text: str) -> bool:
    rest = re.sub(
        rf"{_NUMBER}|大概|大约|差不多|应该|是|就|有|一共|总共|合计|花了?|充了?|刷了?|付了?|吧|左右|多|的|了|嗯|我|钱",
        "",
        text,
    )
    return len(trim_punctuation(rest)) <= 1


def _value(match: re.Match[str], whole: str, unit: str) -> Decimal | None:
    if whole.isdigit() and whole.isascii() and not unit and len(whole) > _MAX_BARE_DIGITS:
        return None
    value = read_number(whole)
    if value is None or match["vague"] in ("几", "好几"):
        return None
    if match["scale"]:  # “五十多万”：多出来的不到一个“十”，按五十万算
        value *= SCALES[match["scale"]]
    small, small_unit, cent = match["small"], match["small_unit"], match["cent"]
    if unit in ("毛", "毛钱", "角"):
        value /= 10
        if small:
            cents = read_number(small)
            return None if cents is None else value + cents / 100
        return value
    if unit in ("分", "分钱"):
        return value / 100
    if small:
        extra = read_number(small)
        if extra is None:
            return None
        value += extra / (
            100 if small_unit == "分" or len(small) == 2 or (match["zero"] == "零" and not small_unit) else 10
        )
    if cent:
        extra = read_number(cent)
        value += (extra or 0) / Decimal(100)
    return value


def _range(low: _Mention, high: _Mention) -> ParsedAmount | None:
    if low.value is None or high.value is None or not low.value < high.value <= MAX_YUAN:
        return None
    return ParsedAmount(None, approximate=True, at_least=float(low.value), at_most=float(high.value))


def _neighbours(written: str) -> ParsedAmount | None:
    """“七八千”“十五六万”“三五百块”：从小的那个数到大的那个数；不是这样写的为空。"""
    match = _NEIGHBOURS.match(written.strip())
    if match is None or not 0 < DIGITS[match["high"]] - DIGITS[match["low"]] <= _NEAR_ENOUGH:
        return None
    low, high = (read_number(f"{match['lead']}{match[digit]}{match['size']}") for digit in ("low", "high"))
    if low is None or high is None or not low < high <= MAX_YUAN:
        return None
    return ParsedAmount(None, approximate=True, at_least=float(low), at_most=float(high))


def _choose(text: str, mentions: list[_Mention]) -> _Mention | None:
    """只说了一个数就是它；说了几个数时，只有一个被明说是总数才算。"""
    if len({mention.value for mention in mentions}) == 1:
        return mentions[0]
    totals = [mention for mention in mentions if _TOTAL.search(text[max(0, mention.start - 9) : mention.start])]
    return totals[0] if len(totals) == 1 else None


def _describe(text: str, mention: _Mention, value: Decimal) -> ParsedAmount:
    before, after = text[max(0, mention.start - 9) : mention.start], text[mention.end :]
    number = float(value)
    if _BELOW.search(before) or after.startswith("不到") or text[: mention.end].endswith("不到"):
        return ParsedAmount(number, approximate=True, at_most=number, bound="below")
    if _AT_MOST.search(before) or after.startswith(("以内", "以下")):
        return ParsedAmount(number, approximate=True, at_most=number, bound="at_most")
    if mention.vague or _AT_LEAST.search(before) or after.startswith(("以上", "多")):
        return ParsedAmount(number, approximate=True, at_least=number, bound="at_least")
    approximate = bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
    return ParsedAmount(number, approximate=approximate)
