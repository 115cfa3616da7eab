"""说了一个小辈和他的岁数（“我家姑娘15”“我弟16 不念书了”）：钱是孩子花的，连同几岁。"""

import re
from collections.abc import Sequence

from ....rulebook.scenario_models.models import Question
from ....rulebook.wording_models.spoken import load_spoken
from ...interview.answers import Answer
from ...understanding.sums.numerals import read_small_integer
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from ..values.own_age import asks_age

_PEOPLE = load_spoken().people
_YOUNG = (
    *_PEOPLE.children,
    *("姑娘", "丫头", "小子", "儿", "孙", "老大", "老二", "老幺", "弟", "妹", "弟弟", "妹妹", "表弟", "表妹"),
    *("堂弟", "堂妹", "侄子", "侄女", "外甥", "外甥女"),
)
_WHO = "|".join(map(re.escape, sorted(_YOUNG, key=len, reverse=True)))
_AGED = re.compile(
    rf"(?:{_WHO})(?:他|她)?(?:才|刚|刚满|都|是|有|也就){{0,2}}\s?"
    r"(?P<age>[1-9]|1[0-7]|十一(?=\s?周?岁)|十[二三四五六七]?(?!一)|[三四五六七八九])"
    r"(?![0-9零一二三四五六七八九十百千万几多]|\s?[号日月年天次笔个块元点时分周级班口楼])(?:\s?周?岁)?"
    r"(?=$|[ ,，。;!的了上拿用在偷就不读念])"
)
_SPOUSES = ("老头", "老头子", "老汉", "老伴", "那口子", "当家的")
_GROWN = tuple(word for word in (*_PEOPLE.family, *_SPOUSES) if word not in _YOUNG)
_ANYONE = re.compile("|".join(map(re.escape, sorted({*_YOUNG, *_GROWN}, key=len, reverse=True))))
_SPENDS = re.compile(r"刷|打赏|充|送了?礼|花[了掉的出]|看直播|迷上")
_WHOSE = re.compile(r"[拿用偷给跟把从让叫被和][我他她俺的]{0,2}$")
"""“拿他爷爷手机”里的爷爷不是花钱的人。"""
_I_SPEND = re.compile(r"(?:我|俺)(?:自己|给主播|在快手|也|都|就){0,2}(?:刷|打赏|充)")
_HE_IS = re.compile(
    r"(?:[他她](?:今年|现在|才|刚|刚满|都|是|周岁|也就)?|(?:现在|今年)(?:才|刚|刚满)?)\s?"
    r"(?P<age>[1-9][0-9]?|[一二三四五六七八九]?十[一二三四五六七八九]?|[三四五六七八九])(?![0-9零一二三四五六七八九十百千万几多]|\s?[号日月年天次笔个块元点时分])"
)
_NOT_SURE = re.compile(r"虚|那年|那时|的时候|不满|[没未]满|快满|以前|去年|前年")
_MINOR = 18


def childs_age(text: str) -> int | None:
    """这个小辈几岁；话里花钱的是大人、说了几个岁数、岁数说不准的为 ``None``。"""
    said = normalise(text)
    if _NOT_SURE.search(said) is not None or _I_SPEND.search(said) is not None:
        return None
    if any(spent_by_grown(piece) for piece in map(normalise, pieces_of(text))):
        return None
    told = list(_AGED.finditer(said))
    spends = [found.start() for found in _SPENDS.finditer(said)]
    if told and spends and told[0].start() > spends[-1]:
        return None  # “他刷了十几万 我闺女才三岁”：先说了别人花的
    ages = {read_small_integer(found["age"]) for found in told}
    age = ages.pop() if len(ages) == 1 else None
    return age if age is not None and 0 < age < _MINOR else None


def spent_by_grown(piece: str) -> bool:
    """这一截说花钱，头一个说到的人是大人。"""
    return _spender_in(piece) in _GROWN


def spent_by_spouse(piece: str) -> bool:
    """这一截说花钱，头一个说到的人是“老汉”“那口子”这样叫的老伴。"""
    return _spender_in(piece) in _SPOUSES


def _spender_in(piece: str) -> str | None:
    if _SPENDS.search(piece) is None:
        return None
    people = (found for found in _ANYONE.finditer(piece) if _WHOSE.search(piece[: found.start()]) is None)
    return next((found.group() for found in people), None)


def child_option(question: Question, text: str) -> str | None:
    """问是谁花的：孩子花的那一项；没说小辈几岁、没有这一项的为 ``None``。"""
    options = [option.id for option in question.options if option.spender == "child"]
    if len(options) != 1:
        return None
    return options[0] if childs_age(text) is not None or _tells_a_minor(text) else None


def _tells_a_minor(text: str) -> bool:
    """“他过完年就13了 现在12”：说的是他现在几岁，没满 18。"""
    said = normalise(text)
    if "我" in said or "俺" in said or _ANYONE.search(said) is not None:
        return False
    ages = [read_small_integer(found["age"]) for found in _HE_IS.finditer(said)]
    return ("他" in said or "她" in said) and bool(ages) and all(age is not None and age < _MINOR for age in ages)


def of_a_child(asking: Sequence[Question], text: str) -> dict[str, Answer]:
    """“我家姑娘15”：谁花的、几岁；这两题都还会问到才算。"""
    age = childs_age(text) if any(asks_age(question) for question in asking) else None
    if age is None:
        return {}
    found = {question.id: Answer(child) for question in asking if (child := child_option(question, text)) is not None}
    return {**found, **{question.id: Answer(float(age)) for question in asking if asks_age(question)}}


def names_a_child(said: str) -> bool:
    """话里说到一个小辈。"""
    return re.search(_WHO, said) is not None
