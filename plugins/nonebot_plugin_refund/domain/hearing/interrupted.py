"""说的整句不是回答：被打断了：“孩子等一下 锅开了”“先等等 开会去了”。说给旁边人听的、要走开一会儿；只说谁去申请了。"""

import re

from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import normalise

_CALLED = r"(?:孩子|宝贝?|宝宝|娃|乖|老公|老婆|妈|爸|奶奶?|你|您|哥|姐|弟|妹|诶|哎|喂|不好意思|抱歉|对不起)?"
_WAIT = (
    rf"{_CALLED}(?:先|你先|我先|麻烦)?(?:等一?[下会]儿?|等等|稍等(?:一?[下会]儿?)?|等我(?:一?[下会]儿?|会儿)?)(?:哈|啊|哦|呀|我)?"
    r"|(?:我)?(?:马上|一会儿?|待会儿?|等会儿?|等下|回头|晚点|晚上|下午|明天)(?:再|就)?(?:来|回来|说|聊|回你?|弄|看|找你)(?:了|哈|啊|吧)?"
)
_AWAY = (
    r"(?:锅|水|饭|汤|粥|奶)(?:开|糊|好|溢|扑)了|(?:有人|谁)?敲门了?|(?:来|接)(?:个|了)?(?:电话|快递|客人|客)了?"
    r"|(?:我)?(?:先)?(?:要|得)?(?:去)?(?:开(?:个)?会|接(?:一?下)?(?:孩子|娃|老人)|做饭|吃饭|忙|喂奶|换尿布|洗澡)(?:去|一下|了){0,2}"
    r"|(?:我)?(?:先)?(?:要|得)?(?:去(?:上课|上班|干活|开车)|(?:上课|上班|干活)去)了?"
    r"|(?:老板|领导|主任|客人|孩子|娃|我妈)(?:叫|喊|找|哭|醒|闹|来)(?:我|了|闹)?了?|(?:到站|下车|上车|到家|到点)了|(?:手机)?(?:快)?没电了"
)
_PIECE = re.compile(rf"(?:{_WAIT}|{_AWAY})")


def only_interrupts(text: str) -> bool:
    """每一小截都是这样的话。"""
    pieces = [normalise(piece).strip("~。.!") for piece in pieces_of(text)]
    return bool(pieces) and all(_PIECE.fullmatch(piece) is not None for piece in pieces)


_FILED = re.compile(
    r"(?:我|我们|俺|我[爸妈]|[他她][爸妈]|孩子[爸妈]|家里|已经|刚刚?|今天|昨天|用我身份|都){0,3}"
    r"(?:提交|申请|上传|交|报|递)(?:上去|上|好|过|完)?(?:了|过了)(?:申请|材料|资料)?"
)


def only_filed(text: str) -> bool:
    """每一小截说的都是去提交、申请了。"""
    pieces = [normalise(piece).strip("~。.!") for piece in pieces_of(text)]
    return bool(pieces) and all(_FILED.fullmatch(piece) is not None for piece in pieces)
