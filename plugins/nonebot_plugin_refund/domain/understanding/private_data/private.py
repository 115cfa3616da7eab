"""认出并遮住绝不能保存的东西：身份证号、手机号、银行卡号、验证码、密码、证件号、微信号。

有的看样子就认得出（:mod:`.private_digits`、:mod:`.private_sequences`），有的要本人说了是什么才算（验证码、密码、护照）。
订单号不是隐私，一般都放过；放不过的只是请人重说一遍，漏掉一个真的却收不回来，所以两难时宁可遮。
"""

import re
import unicodedata
from collections.abc import Iterator

from ..writing.text import normalise
from .private_digits import GAP, PrivateKind, Span, is_day, spans_by_shape
from .private_sequences import MAY_HOLD_SEQUENCE, spans_by_sequence

__all__ = ["MASK", "PrivateKind", "find_private_numbers", "mask"]

MASK = "■■■"
"""遮住之后的样子。"""

_MAX_TEXT = 5_000
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_MAY_HOLD_ONE = re.compile(
    rf"[0-9](?:[^0-9]{{0,12}}[0-9]){{3}}|{MAY_HOLD_SEQUENCE}|码|口令|暗号|微信|薇信|[vw]x|v信|"
    r"passw|passc|pwd|code|otp|cvv|pin"
)
"""连这些都没有的话，不必细看：大多数话到此为止。没说是什么的号码，最短的也有四位数字。"""
_MAY_HOLD_ONE_IN_ASCII = re.compile(r"[0-9](?:[^0-9]{0,12}[0-9]){2}|passw|passc|pwd|[vw]x")
"""只有英文字母和数字的一行里，连这些都没有的不必细看：日志多半是这样的。说了是码的，最短的有三位。"""

_JOINING = (
    r"(?:[\s:,=\[\]【】()~\"'“”]|就?是|为|给你|发你|告诉你|来了|收到了?|刚[才刚]?|的|哦|啊|号码?|如下|"
    r"改成了?|设成了?|设的){0,10}+"
)
"""说了是什么、接着就给出来，中间可以有的字。"""
_CODE_WORDS = (
    r"(?:验证码|校验码|动态码|短信码|动态口令|动态密码|确认码|安全码|"
    r"(?<![a-z])(?<!error )(?<!status )(?<!ret )(?<!zip )(?<!case )(?:verification code|code|otp|cvv2?|pin))"
)
_PASSWORD_WORDS = r"(?:密码|口令|暗号|(?<![a-z])(?:passwd|password|passcode|pwd))"
_SPACED_DIGITS = r"[0-9](?:[ -]?[0-9]){2,7}(?![0-9])"
_NO_UNIT = r"(?! ?(?:元|块|次|秒|分|天|点|月|日|年|个|条|快币|币|人|岁|万|千|[-./:][0-9]))"
_PUBLIC = frozenset(
    ("12315", "12345", "12377", "12318", "12321", "12348", "96110", "10086", "10010", "10000", "95188", "95017")
)
"""公共电话，说验证码时也常提到。"""

_SAID: tuple[tuple[re.Pattern[str], PrivateKind], ...] = (
    (
        re.compile(rf"{_CODE_WORDS}(?: is)?{_JOINING}(?P<value>{_SPACED_DIGITS}){_NO_UNIT}"),
        PrivateKind.VERIFICATION_CODE,
    ),
    (
        re.compile(
            rf"(?:验证码|校验码|动态码){_JOINING}(?P<value>(?=[a-z]{{0,7}}[0-9])[a-z0-9-]{{4,8}}(?![0-9a-z])){_NO_UNIT}"
        ),
        PrivateKind.VERIFICATION_CODE,
    ),
    (
        re.compile(
            r"(?<![0-9])(?P<value>[0-9](?:[ -]?[0-9]){3,7})(?![0-9])[ ,(]{0,3}(?:这个?|那)?(?:就?是|为)?"
            r"(?:您的|你的|我的|本次|登录|支付|短信|手机|收到的|刚收到的|动态|快手){0,4}(?:验证码|校验码|动态码)"
        ),
        PrivateKind.VERIFICATION_CODE,
    ),
    (
        re.compile(
            rf"{_PASSWORD_WORDS}(?: is)?{_JOINING}(?P<value>(?=[^\s]{{0,31}}[0-9])[a-z0-9!@#$%^&*._+\-]{{4,32}})"
        ),
        PrivateKind.PASSWORD,
    ),
    (
        re.compile(
            rf"{_PASSWORD_WORDS}(?:\s|为|是)?[:=]\s?(?P<value>[!-~]{{4,32}})|"
            rf"{_PASSWORD_WORDS}(?: is |就?是 ?)(?P<word>[a-z][!-~]{{4,31}})"
        ),
        PrivateKind.PASSWORD,
    ),
    (
        re.compile(rf"(?:密码|口令){_JOINING}(?P<value>[0-9](?:[ -]?[0-9]){{3,7}})(?![0-9]){_NO_UNIT}"),
        PrivateKind.PASSWORD,
    ),
    (re.compile(rf"密码{_JOINING}(?P<value>[四五六七八4-8]个[0-9零一二三四五六七八九])"), PrivateKind.PASSWORD),
    (
        re.compile(
            rf"(?:护照|通行证|回乡证|台胞证|居留证|军官证|出生证明?|出生医学证明)(?:编号)?{_JOINING}"
            r"(?P<value>[a-z]{0,2} ?[0-9]{6,10})(?![0-9])"
        ),
        PrivateKind.DOCUMENT,
    ),
    (
        re.compile(rf"(?:户口[本簿]?(?:编号|户号)?|户号|户籍号?){_JOINING}(?P<value>[0-9]{{6,14}})(?![0-9])"),
        PrivateKind.DOCUMENT,
    ),
    (
        re.compile(
            rf"(?:微信号?|薇信号?|v信|(?<![a-z])[vw]x号?){_JOINING}(?P<value>(?=[a-z0-9_-]{{0,19}}[0-9_-])[a-z][a-z0-9_-]{{5,19}})"
        ),
        PrivateKind.ACCOUNT,
    ),
    (
        re.compile(
            r"(?<![a-z])(?:qq|扣扣|微信)(?:号码?(?:\s|[:是为]){0,5}|(?:\s?[:是]\s?))(?P<value>[1-9][0-9]{4,10})(?![0-9])"
        ),
        PrivateKind.ACCOUNT,
    ),
    (
        re.compile(
            rf"(?:身份证|证件|社保号?){_JOINING}(?P<value>[0-9](?:(?:{GAP})?[0-9]){{13,17}}(?:(?:{GAP})?[0-9x])?)(?![0-9])"
        ),
        PrivateKind.IDENTITY_CARD,
    ),
    (
        re.compile(
            rf"(?:银行卡|卡号|储蓄卡|信用卡|工行|建行|农行|中行|招行|交行|邮储|浦发|农商行?|信用社|收款账?号|开户行|账号)"
            rf"[^0-9]{{0,8}}(?P<value>[0-9](?:(?:{GAP})?[0-9]){{11,18}})(?![0-9])"
        ),
        PrivateKind.BANK_CARD,
    ),
    (
        re.compile(
            r"(?:电话|手机号?码?|座机|联系方式)(?:\s|[:是为]){0,5}(?P<value>0?[0-9]{7,8}|0[0-9]{9,11})(?![0-9])"
            + _NO_UNIT
        ),
        PrivateKind.PHONE,
    ),
)
"""说了是什么才算的。"""

_LATER = re.compile(rf"(?:验证码|校验码)[^0-9。!?;没不]{{0,10}}(?P<value>[0-9]{{4,8}})(?![0-9]){_NO_UNIT}")
"""说了“验证码”，隔几个字才给出来：样子像别的就不算。"""


def find_private_numbers(text: str) -> frozenset[PrivateKind]:
    """这句话里有哪几种隐私数字；没有时为空集。"""
    return frozenset(kind for _, _, kind in _spans(_prepare(text)))


def mask(text: str) -> str:
    """把隐私数字换成 :data:`MASK`；没有隐私数字时原样返回。遮过的再遮一次不变。"""
    if text.isascii() and not _MAY_HOLD_ONE_IN_ASCII.search(text.lower()):
        return text  # 一条消息要过七八行英文日志，这里快一些，每条消息都便宜
    prepared = _prepare(text)
    spans = _spans(prepared)
    if not spans:
        return text
    while spans:
        prepared = _cover(prepared, spans)
        # 遮掉一个之后，后面的可能才轮到：“验证码 1234，5678”
        spans = _spans(prepared)
    return prepared


def _cover(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, _ in sorted(spans):
        if start >= position:
            pieces += [text[position:start], MASK]
        elif end > position:
            pieces.append("")
        position = max(position, end)
    return "".join([*pieces, text[position:]])


def _prepare(text: str) -> str:
    """全角、带圈、别国文字的数字也要认得；长度有上限，超出的部分不保留。"""
    # 写成 CQ 码样子的也是字：去掉它就看不见里面的号了
    prepared = normalise(text.replace("[CQ:", "[CQ "), _MAX_TEXT)
    return prepared if prepared.isascii() else _FOREIGN_DIGIT.sub(_as_ascii, prepared)


def _as_ascii(digit: re.Match[str]) -> str:
    return str(unicodedata.decimal(digit.group()))


def _spans(text: str) -> list[Span]:
    if not _MAY_HOLD_ONE.search(text):
        return []
    return [*spans_by_shape(text), *spans_by_sequence(text), *_spans_by_name(text)]


def _spans_by_name(text: str) -> Iterator[Span]:
    for pattern, kind in _SAID:
        for match in pattern.finditer(text):
            name = "value" if match["value"] else "word"
            if not (kind is PrivateKind.VERIFICATION_CODE and match[name] in _PUBLIC):
                yield *match.span(name), kind
    for match in _LATER.finditer(text):
        if match["value"] not in _PUBLIC and not is_day(match["value"]):
            yield *match.span("value"), PrivateKind.VERIFICATION_CODE
