"""选择题里说看不出、不知道是不是的：“订单里看不出来寄没寄”是不清楚，不是没寄。"""

import re

from ...understanding.writing.text import normalise

_WHETHER = r"(?:(?P<one>[一-龥])[没不](?P=one)|有没有|是不是|到没到|到底)"
_CANNOT = (
    r"(?:看不(?:出|到|懂|见|明白)|不(?:太)?(?:知道|晓得|清楚|确定|懂)|(?:搞|弄|分|说|闹)不(?:清|懂|准)|"
    r"谁(?:知道|晓得)|鬼(?:知道|晓得)|哪(?:里|个)?(?:知道|晓得)|没(?:注意|留意|看|查|记))"
)
_CANNOT_TELL = re.compile(rf"[^,。!? ]{{0,6}}?{_CANNOT}[^,。!? ]{{0,5}}?{_WHETHER}[^,。!?]{{0,6}}")
_WHETHER_UNKNOWN = re.compile(
    r"[^,。!? ]{0,4}?(?:(?P<one>[一-龥])[没不](?P=one)|有没有|是不是)[^,。!?]{0,6}?" + _CANNOT + r"[^,。!?]{0,4}"
)


def cannot_tell(text: str) -> bool:
    """整句说的就是看不出、不知道是不是。"""
    said = normalise(text).strip()
    return any(pattern.fullmatch(said) is not None for pattern in (_CANNOT_TELL, _WHETHER_UNKNOWN))
