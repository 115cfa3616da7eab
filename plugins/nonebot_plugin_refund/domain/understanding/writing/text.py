"""统一写法：半角、小写、简体，没有 CQ 码、看不见的字和闲杂的表情，标点和叠字收短，空格合一，长度有上限。

后面的每一步都只认这里出来的写法，所以只需要认一种写法；拿来比的词也要写成这样。
"""

import re
import unicodedata
from functools import lru_cache

from ..sums.numerals import NUMERAL_CHARACTERS
from .emoji import TELLING_EMOJI
from .folding import folded
from .invisible import INVISIBLE_BEYOND

MAX_LENGTH = 2000
"""只看这么多个字：再长的消息也不会更清楚，而耗时必须有上限。"""

_CQ_CODE = re.compile(r"\[CQ:[^\]\n]{0,500}\]")
_LIST_COMMA = re.compile(rf"(?<=[0-9{NUMERAL_CHARACTERS}])，(?=[0-9])")
"""半角数字之间的全角逗号是并列，不是千位分隔；全角数字之间的才是。"""
_BEYOND_BASIC_PLANE = re.compile(f"[\U0001f000-\U0001faff{INVISIBLE_BEYOND}]")
"""表情、肤色和看不见的标签。"""
_RUN = re.compile(
    rf"(?P<mark>[。.!?,、;:~·—])(?P=mark)++|(?P<letter>[^\W\d_a-z{NUMERAL_CHARACTERS}])(?P=letter){{2,}}+"
)
"""一连几个同样的标点，或三个以上同样的字；数字和拉丁字母不算，编号、密码里它们都当真。"""
_DOUBLED = re.compile(r"([^0-9a-z ])\1")
"""有没有哪个字一连出现两次：大多数话没有，不必再找。"""
_AROUND_WORD = " ,.!。、;:~…·—\"'“”‘’「」『』()[]{}<>《》〈〉【】〔〕_=*#@/\\|"
"""一个词两头的标点；没有负号，“-1”不是 1。"""
_EDGE_NOISE = _AROUND_WORD + "-"
_ROUNDS = 3
"""换一遍之后还能再换的字极少，换三遍就不再变了。"""


def normalise(text: str, limit: int = MAX_LENGTH) -> str:
    """把一句话变成统一写法，最多 ``limit`` 个字；变过的再变一次还是它。"""
    if len(text) <= min(limit, MAX_LENGTH):
        said, is_plain = _plain(text)
        if is_plain:
            return said
    return _normalised(text[:limit], limit)


@lru_cache(maxsize=128)
def _plain(text: str) -> tuple[str, bool]:
    """统一写法，和是不是没有 NFKC 要换的字：没有的，中途不会变长，限几个字都一样。

    同一句话几十种听法都要先统一，各自的上限又不同；记住最近的几句。
    """
    folded = _folded(text)
    is_plain = folded.isascii() or _composed(folded, MAX_LENGTH) == folded
    return (_spaced(folded, MAX_LENGTH) if is_plain else "", is_plain)


@lru_cache(maxsize=64)
def _normalised(clipped: str, limit: int) -> str:
    folded = _folded(clipped)
    return _spaced(folded if folded.isascii() else _composed(folded, 2 * limit), limit)


def _folded(text: str) -> str:
    if "[CQ:" in text:
        text = _CQ_CODE.sub(" ", text)
    if "，" in text:
        text = _LIST_COMMA.sub("、", text)
    return folded(text)


def _spaced(text: str, limit: int) -> str:
    """空格合一，去掉闲杂的表情，截到 ``limit``，标点和叠字收短。"""
    if not text.isascii():
        text = _BEYOND_BASIC_PLANE.sub(_telling_or_space, text)
    spaced = " ".join(text.split())[:limit].rstrip()
    return _RUN.sub(_shortened, spaced) if _DOUBLED.search(spaced) else spaced


def simplify(text: str) -> str:
    """只做一个字换一个字的那几样（繁简、全角、大小写、看不见的字），用在必须最快的地方。"""
    return folded(text)


def bare(text: str, *, keep_question: bool = True) -> str:
    """光秃秃的一个词：统一写法，去掉两头的标点；拿去和命令、确认的话这样整句的词比。

    Args:
        text: 用户的一句话。
        keep_question: 句末的问号留不留；“确认删除？”不是确认，“依据？”就是要看依据。
    """
    return normalise(text).strip(_AROUND_WORD if keep_question else _AROUND_WORD + "?")


def trim_punctuation(text: str) -> str:
    """去掉两头的标点与空格，留下问号（问号会改变意思）。"""
    return text.strip(_EDGE_NOISE)


def shared_run(one: str, other: str) -> int:
    """两句话里一样的、连着的字最多几个。"""
    spans = ((start, end) for start in range(len(one)) for end in range(start + 1, len(one) + 1))
    return max((end - start for start, end in spans if one[start:end] in other), default=0)


def _composed(text: str, longest: int) -> str:
    """NFKC：带圈、上下标、兼容写法都换成普通的字。

    个别字会展开成十几个，展开后截到 ``longest``，耗时才有上限。
    """
    for _ in range(_ROUNDS):
        composed = unicodedata.normalize("NFKC", text)[:longest].lower()
        if composed == text:
            break
        text = folded(composed)
    return text


def _telling_or_space(emoji: re.Match[str]) -> str:
    return emoji[0] if emoji[0] in TELLING_EMOJI else " "


def _shortened(run: re.Match[str]) -> str:
    """标点留一个，字留两个；夹在字母、数字中间的标点（“2...3”）原样留着。"""
    if run["letter"]:
        return run["letter"] * 2
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    between = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return run[0] if between else run["mark"]
