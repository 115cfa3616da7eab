"""一个说法是不是当真在陈述：否认的、问的、假设的、还没发生的、别人的事，都不算。"""

import re

from .options import is_denied

_CLAUSE_END = re.compile(r"[\s,。.;!?、~…]")
_SUPPOSED = re.compile(
    r"如果|要是|假如|万一|若是|是不是|有没有|是否|能不能|会不会|要不要|可不可以|或者|还是说|以为|听说|"
    r"朋友|同事|别人家|邻居|网友|群友"
)
_NOT_YET = re.compile(
    r"(?:想要?|打算|准备|要|快|等|怕|担心|明天|后天|将|没有?|还没|还未|不让|不肯|不给|没能)(?:再|去|先|就|被|给)?$"
)
_ASKED = re.compile(r"(?:了|的|过|呢)*(?:吗|么|嘛|没有?(?:$|[\s,。?])|\?|没有?\?)")


def is_stated(text: str, start: int, end: int) -> bool:
    """``text[start:end]`` 在所在的小句里是不是肯定地说出来的；``text`` 要先经过 ``normalise``。"""
    before = _CLAUSE_END.split(text[:start])[-1]
    return not (
        is_denied(text, start) or _SUPPOSED.search(before) or _NOT_YET.search(before) or _ASKED.match(text[end:])
    )
