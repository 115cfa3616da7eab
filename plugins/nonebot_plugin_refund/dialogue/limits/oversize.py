"""太长、太怪的话先裁短，再交给后面读：后面每一步的耗时都因此有上限。

裁掉的没有人读过，也不会留下；读了一部分的，私聊里会说一声。
"""

import unicodedata
from dataclasses import replace

from ...domain.understanding.writing.invisible import visible
from ..base.incoming import Incoming

LONGEST_READ = 10_000
"""一条消息最多拿多少个字进来；识别只看前 2000 个，其余的只查有没有不该发的号码。"""
MOST_SEGMENTS = 200
"""最多记多少个图片、表情这样的段：QQ 一条消息放不下这么多图，再多就是捣乱。"""
_MOST_MARKS = 4
"""一个字上最多留几个附加符号；汉语用不着，别的文字三四个也够了。"""


def shortened(incoming: Incoming) -> Incoming:
    """裁短的消息；本来就不长的原样返回。"""
    text, arguments = _calmed(incoming.text[:LONGEST_READ]), incoming.arguments
    if arguments is not None:
        arguments = _calmed(arguments[:LONGEST_READ])
    if text == incoming.text and arguments == incoming.arguments and len(incoming.segments) <= MOST_SEGMENTS:
        return incoming
    return replace(incoming, text=text, arguments=arguments, segments=incoming.segments[:MOST_SEGMENTS])


def _calmed(text: str) -> str:
    """去掉看不见的字，和叠得太多的附加符号：统一写法（NFKC）要给它们排序，用的是平方级的时间，十万个能卡住十几秒。"""
    text = visible(text)
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
