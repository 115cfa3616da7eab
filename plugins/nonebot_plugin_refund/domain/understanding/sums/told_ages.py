"""没有直说满几周岁的岁数：虚岁、几年级、哪年哪月生的、差多久满几岁。换算出来的只是多半，要再问一声。"""

import re
from dataclasses import dataclass
from datetime import date

from ..days.loose_times import years_back
from ..writing.text import normalise
from .numerals import read_small_integer

_AGE = r"[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
NOMINAL = re.compile(
    rf"(?:虚(?:岁|的|着|龄|年)?|[毛晃]岁)(?:是|有|都)?\s?(?P<age>{_AGE})(?:岁)?"
    rf"|(?<![0-9一二两三四五六七八九十])(?P<first>{_AGE})岁?[ ,(]{{0,2}}虚[岁的龄]"
)
"""“虚岁12”“十一岁 虚的”。"""
_NOMINAL_WORDS = re.compile("虚|[毛晃]岁")
_REAL = re.compile(r"周岁(?:他|她|孩子|娃)?(?:是|有|刚|才)?\s?[0-9一二三四五六七八九十]")
_GRADE = re.compile(
    r"(?<![0-9一二三四五六七八九十])(?P<grade>[1-9一二三四五六七八九])年级"
    r"|(?P<school>初|高)(?P<year>[1-3一二三])(?![0-9一二三四五六七八九十月号日天])|(?P<kindergarten>小班|中班|大班|学前班)"
)
_BORN = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)?[0-9]{2})年?\s?(?:(?P<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月份?)?"
    r"\s?(?:[0-9一二三四五六七八九十]{1,3}[日号])?\s?(?:才|的)?(?:出生|生的|生人|生日|生$|的生日|年的$)"
)
_NEARLY = re.compile(
    rf"(?:差|还有|再有|再等|再过|还差|还要|下个?(?:月|周|星期|礼拜)|过完年|年底|月底|明年|快|马上|就要|即将)[^。!?]{{0,8}}?(?:满|到|过|要)?"
    rf"(?:(?<![0-9一二两三四五六七八九十])(?P<age>{_AGE}))(?:周?岁)"
)
_NEARLY_FULL = re.compile(
    rf"(?:差|还有|再有|再等|再过|还差|还要|下个?(?:月|周|星期|礼拜)|过完年|年底|月底|明年|快|马上|就要|即将)[^。!?]{{0,8}}?"
    rf"满\s?(?P<age>{_AGE})(?=了?(?:[ ,，。.!?]|$))"
)
"""“再有半个月就满8了”：没说“岁”。"""
_MONTH = r"[0-9]{1,2}|十[一二]?|[一二三四五六七八九]"
_PAID = r"刷|充|打赏|付|花|送"
_PAID_IN = re.compile(
    rf"(?<![0-9十])(?P<month>{_MONTH})月(?:份|初|底|中旬?|[0-9]{{1,2}}[号日])?[^,，。0-9]{{0,4}}(?:{_PAID})"
    rf"|(?:{_PAID})[^,，。0-9生满]{{0,4}}?(?P<after>{_MONTH})月(?![^,，。]{{0,4}}(?:满|生日|周岁))"
)
_TURNED_IN = re.compile(
    rf"(?<![0-9十])(?P<month>{_MONTH})月(?:份|初|底|中旬?|[0-9]{{1,2}}[号日])?(?P<between>[^,，。0-9刷充]{{0,5}}?)"
    rf"(?P<age>{_AGE})(?P<after>\s?周?岁(?:的?生日)?)?(?=[ ,，。.!?了的]|$)"
)
"""“6月过8岁生日”“11月满的13”：几月满的几岁。"""
_MONTH_OF = {"元旦": 1, "五一": 5, "六一": 6, "国庆": 10, "双十一": 11, "双11": 11}
_LAST_MONTH, _THIS_MONTH = re.compile(r"上个?月"), re.compile(r"(?:这个?|本)月")
_TURNED = ("满", "过", "才", "刚", "到")
_YEARS = ("去年", "前年", "明年", "后年")
OF_NOW = re.compile(
    rf"(?:今年|现在|眼下)(?:刚|才|都|是|有|满|整|也就|已经){{0,2}}\s?(?P<age>{_AGE})(?=\s?周?岁|[ ,，。.!了的]|$)"
)
"""“今年十三”“现在12岁”：说的是这会儿的岁数。"""
_BEFORE_BIRTHDAY = re.compile(
    rf"(?<![0-9一二两三四五六七八九十])(?P<age>{_AGE})\s?周?岁的?生日(?:都|还|也){{0,2}}[没未](?:有)?(?:到|过)"
    rf"|[没未](?:有)?(?:到|过)\s?(?P<first>{_AGE})\s?周?岁的?生日"
    rf"|过完?了?\s?(?P<turned>{_AGE})\s?周?岁的?生日[ ,，][^,，。]{{0,5}}"
    r"(?:时候?|当时|那会儿?)(?:都|还|也){0,2}[没未](?:有)?(?:到|过|满)"
)
"""“8岁生日还没到”“刚过完10岁生日 刷的时候没过”。"""
_UNDER = re.compile(rf"[没未不](?:满|到|足)\s?(?P<age>{_AGE})周?岁(?!的)")
"""改口时说的“那时还没满九岁”。"""
_BELOW = re.compile(
    rf"(?:[没未不](?:有)?(?:满|到|足)|未满|还?不到)\s?(?P<age>{_AGE})\s?(?:周?岁(?!的?生日)|$)"
    rf"|(?<![0-9一二两三四五六七八九十])(?P<first>{_AGE})\s?周?岁(?:都|还|也)?[没未不](?:到|满|足)|(?P<minor>未成年)"
)
"""“没满18岁”“十八岁都不到”“他未成年”：只说了上头。"""
_MINOR = 18
_ANOTHER_YEAR = ("明年", "去年", "前年", "后年", "开学", "快上", "马上", "要上")
"""说的不是这会儿在几年级。"""
_PLAIN = re.compile(r"[0-9一二两三四五六七八九十]岁")
_DIGIT = re.compile(r"[0-9]")
_NOT_NEARLY = re.compile(r"[不没]到[0-9]{1,2}岁的|多岁|来岁|[0-9一二三四五六七八九十]岁(?:半|多)")
_KINDERGARTEN = {"小班": (3, 4), "中班": (4, 5), "大班": (5, 6), "学前班": (5, 6)}
_FIRST_YEAR = {"初": 12, "高": 15}
_OLDEST_CHILD = 30
"""算出来比这还大的，多半不是孩子的生日。"""
_CENTURY = 100
_YOUNGEST = 2


@dataclass(frozen=True, slots=True)
class ToldAge:
    """换算出来的周岁，从 ``low`` 到 ``high``；``said`` 是说的哪几个字。"""

    kind: str
    """``nominal`` 虚岁、``grade`` 年级、``born`` 生日、``nearly`` 差多久满、``now`` 今年几岁，事情在几年前、
    ``under`` 只说没满几岁。"""
    said: str
    low: int
    high: int


def told_age(text: str, today: date, *, under: bool = False) -> ToldAge | None:
    """话里换着说法说的岁数；没有、同时直说了几岁的为空。``under`` 时“还没满九岁”也算。"""
    said = normalise(text)
    if _REAL.search(said) is not None:
        return None
    if (nominal := _nominal(said)) is not None:
        return nominal
    told = (
        _of_now(said)
        or _born(said, today)
        or _turned_later(_with_months(said, today))
        or _before_birthday(said)
        or _nearly(said, _NEARLY)
        or _nearly(said, _NEARLY_FULL)
        or (_nearly(said, _UNDER) if under else None)
        or _grade(said)
    )
    plain = told is not None and _PLAIN.search(said.replace(told.said, "")) is not None
    return None if plain else told


def below_age(text: str) -> ToldAge | None:
    """光说没满几岁、未成年的（“没满18岁”）：到底几岁没说；说了别的岁数、差几天满的为空。"""
    said = normalise(text)
    found = _BELOW.search(said)
    if found is None or _nearly(said, _NEARLY) is not None:
        return None
    rest = said.replace(found.group(), "")
    age = _MINOR if found["minor"] else read_small_integer(found["age"] or found["first"])
    if age is None or age < _YOUNGEST or _PLAIN.search(rest) is not None or _DIGIT.search(rest) is not None:
        return None
    return ToldAge("under", found.group(), 0, age - 1)


def _nominal(said: str) -> ToldAge | None:
    found = NOMINAL.search(said) if _NOMINAL_WORDS.search(said) is not None else None
    age = None if found is None else read_small_integer(found["age"] or found["first"])
    return None if age is None else ToldAge("nominal", f"虚岁 {age}", max(age - 2, 0), max(age - 1, 0))


def _grade(said: str) -> ToldAge | None:
    found = _GRADE.search(said)
    if found is None or any(word in said for word in _ANOTHER_YEAR):
        return None
    if (early := found["kindergarten"]) is not None:
        return ToldAge("grade", early, *_KINDERGARTEN[early])
    year = read_small_integer(found["grade"] or found["year"])
    if year is None:
        return None
    youngest = year + 5 if found["school"] is None else _FIRST_YEAR[found["school"]] + year - 1
    return ToldAge("grade", found.group(), youngest, youngest + 1)


def _born(said: str, today: date) -> ToldAge | None:
    found = _BORN.search(said) if "生" in said or said.endswith("年的") else None
    if found is None:
        return None
    year = int(found["year"])
    if year < _CENTURY:
        year += 2000 if year <= today.year % _CENTURY else 1900
    month = read_small_integer(found["month"]) if found["month"] else None
    high = today.year - year
    low = high - 1
    if month is not None and month != today.month:
        low = high = high if month < today.month else low
    return ToldAge("born", found.group(), max(low, 0), high) if 0 <= high <= _OLDEST_CHILD else None


def _with_months(said: str, today: date) -> str:
    """“国庆前”“上个月”换成几月。"""
    for word, month in _MONTH_OF.items():
        said = said.replace(word, f"{month}月")
    if today.month > 1:
        said = _LAST_MONTH.sub(f"{today.month - 1}月", said)
    return _THIS_MONTH.sub(f"{today.month}月", said)


def _turned_later(said: str) -> ToldAge | None:
    """“5月刷的 孩子6月过8岁生日”：刷的时候还没满。说了哪年的、生日在前的为空。"""
    turned = next((one for one in _TURNED_IN.finditer(said) if _is_birthday(one)), None)
    if turned is None:
        return None
    paid = _PAID_IN.search(said[: turned.start()]) or _PAID_IN.search(said[turned.end() :])
    age = read_small_integer(turned["age"])
    born_in = read_small_integer(turned["month"])
    paid_in = None if paid is None else read_small_integer(paid["month"] or paid["after"])
    if age is None or born_in is None or paid_in is None or age < _YOUNGEST or paid_in > born_in:
        return None
    low = age - 2 if any(word in said for word in _YEARS) else age - 1
    high = age if paid_in == born_in else age - 1
    return ToldAge("nearly", said[turned.start("between") : turned.end()].strip(), low, high)


def _is_birthday(turned: re.Match[str]) -> bool:
    return any(word in turned["between"] for word in _TURNED) or "生日" in (turned["after"] or "")


def _before_birthday(said: str) -> ToldAge | None:
    found = _BEFORE_BIRTHDAY.search(said) if "生日" in said else None
    age = None if found is None else read_small_integer(found["age"] or found["first"] or found["turned"])
    return None if found is None or not age else ToldAge("nearly", found.group(), age - 1, age - 1)


def _of_now(said: str) -> ToldAge | None:
    """“今年12岁 去年刷的”：往前推几年。"""
    found, years = OF_NOW.search(said), years_back(said)
    age = None if found is None else read_small_integer(found["age"])
    if found is None or age is None or not 0 < years < age:
        return None
    return ToldAge("now", found.group(), age - years, age - years)


def _nearly(said: str, shape: re.Pattern[str]) -> ToldAge | None:
    found = shape.search(said) if _NOT_NEARLY.search(said) is None else None
    age = None if found is None else read_small_integer(found["age"])
    return None if found is None or not age else ToldAge("nearly", found.group(), age - 1, age - 1)
