"""只说了大概什么时候的话：“是去年的事”“上个月的事了”“六月是第二次”。说的是时候，不是哪一项、哪一天。"""

import re

from ..writing.text import normalise

_NUMBER = "[0-9一二三四五六七八九十几]{1,3}"
_TIMES = re.compile(
    rf"大?前年|去年|今年|上上?个?(?:月|星期|礼拜|周)|这个?月|{_NUMBER}(?:月份?|号|日|点|年)|(?<=月){_NUMBER}"
    r"|大?前[天晚]|[昨今][天晚早]|早上|上午|中午|下午|晚上|夜里|凌晨|暑假|寒假|国庆|中秋|春节|过年|月[底初中]|年[底初中]"
    r"|半年前|几个?月前|好几?个?月|好久|很久|早就"
)
_FILLERS = re.compile(
    r"第[一二三四五几]?[次回笔]|头一?[次回笔]|最早|最后|那[次回笔]|的事情?|的?时候|那会儿?|以前|之前|左右|大概|应该|好像|其实|差不多"
    r"|[是在就才都的了吧啊呢哦哈那这 ,，。.!、]"
)
_DID = frozenset("买付充交刷打收订拍")
"""“上个月买的”：去掉时候只剩做了什么的一个字，也还是在说时候。"""
_YEARS = (("大前年", 3), ("前年", 2), ("去年", 1))


def says_only_a_time(text: str) -> bool:
    """整句除了大概的时候没说别的。"""
    said = normalise(text)
    left, times = _TIMES.subn("", said)
    rest = _FILLERS.sub("", left)
    return times > 0 and (not rest or rest in _DID)


_LASTED = re.compile(
    r"(?:我|这个?|都|已经|这)?(?:买|充|付|刷|打赏|用|收到|到手|订|报)(?:了|的|名|钱|回来)?(?:都|也)?(?:快|有|得有|差不多|大概|已经|超过)?(?:有)?"
    rf"(?:{_NUMBER}|[半两好]几?)(?:多)?个?(?:多)?(?:天|周|星期|礼拜|月|年)(?:多|半)?(?:了|吧|啦|呢|的样子|左右|以上)*+"
)
"""“买了快两个月了吧”“充了有半年了”：多久以前做的，不是刚有的一件事。"""


def says_how_long(text: str) -> bool:
    """整句说的是做了以后过了多久。"""
    return _LASTED.fullmatch(normalise(text).strip(" ,。.!")) is not None


def years_back(text: str) -> int:
    """说的是几年以前；没说为 0。"""
    return next((years for word, years in _YEARS if word in text), 0)
