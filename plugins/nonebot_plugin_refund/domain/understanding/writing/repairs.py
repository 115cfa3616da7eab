"""一句话里自己改口：“撤了 不对 说错了 没撤”，改口之后的才算。"""

import re

_START = r"(?:^|[\s,，。;；!！、~…])"
_OH = r"(?:哦|噢|喔|呃|额|啊|哎呀|哎|诶|嗐|等等|等一下|等下|不不|不是)"
_SLIP = r"(?:(?:我|刚|刚才|刚刚|上面|前面){0,2}(?:说|打|记|写|讲|发|弄|搞|看|听)错了?|口误|更正一下|更正)"
_REPAIR = re.compile(
    rf"{_START}(?:{_OH}[\s,，]*)?(?:(?:不对[\s,，]*){{1,3}}{_SLIP}|{_SLIP}|{_OH}[\s,，]*(?:不对[\s,，]*){{1,3}}"
    rf"|(?:不对[\s,，]*){{1,3}}(?=是|应该|我是|没|不是))[\s,，。.:：!！]*"
)
_NOTHING_MORE = re.compile(
    r"(?:你|请|麻烦|帮我|给我|不好意思|对不起|抱歉|\s)*(?:改|更正|纠正|重新?记|记)?(?:一下|下|过来|吧|哈|啊|了)*"
)
"""改口之后只是请人改一下：对的在前面说过了。"""
_LEAST_BEFORE = 2
_LEAST_AFTER = 2


def after_repair(text: str) -> str:
    """改口之后的话；没有改口、改口之后没说什么的，原样返回。

    “尺码不对 想退”不是改口：要自成一截，跟着“说错了”、前面有“哦”这样的字，或接着说“是……”“没……”。
    """
    rest = text
    for match in _REPAIR.finditer(text):
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        if len(before) >= _LEAST_BEFORE and len(after) >= _LEAST_AFTER and not _NOTHING_MORE.fullmatch(after):
            rest = after
    return rest
