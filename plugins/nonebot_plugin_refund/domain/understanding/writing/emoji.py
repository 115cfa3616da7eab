"""表情符号：哪几个本身就是一句回答（👌、❌，写在 ``spoken.yaml``），哪些字算表情。"""

from ....rulebook.wording_models.spoken import load_spoken

_TELLING = load_spoken().emoji
YES_EMOJI = "".join(_TELLING.yes)
NO_EMOJI = "".join(_TELLING.no)
UNSURE_EMOJI = "".join(_TELLING.unsure)

TELLING_EMOJI = frozenset(YES_EMOJI + NO_EMOJI + UNSURE_EMOJI)
"""统一写法时留下的；别的表情换成空格。"""

BASIC_PLANE_EMOJI = (
    *range(0x2300, 0x2400),  # 钟表、键盘
    *range(0x2600, 0x2776),  # 杂项符号、印刷符号；再往后的 ❶ 是编号
    *range(0x2794, 0x27C0),
    *range(0x2B00, 0x2C00),  # 粗箭头、星
)
"""基本平面里算表情的码位；``TELLING_EMOJI`` 也在其中。"""
