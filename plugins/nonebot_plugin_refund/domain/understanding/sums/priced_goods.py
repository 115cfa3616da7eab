"""一小截里说的价钱：“报了个8800的课”“课程总价一万二”，和单独一截写成汉字的“八千八”。"""

import re

_FUSED = re.compile(
    r"(?:买|报|订|拍|抢|签|办|入手|下单|下了?|交)(?:名|单)?(?:了|过)?(?:一?[个件双套份台部])?[0-9]{2,5}(?:\.[0-9]{1,2})?(?:块钱?|元)?的"
    r"(?!钱|时候|那|人|我|号|优惠|券|尾款|定金|订金)[一-龥a-z]"
)
_NAMED = re.compile(
    r"(?:总价|总额|全款|全价|学费|课费|课程费|课时费|课钱|班费)(?:是|一共|总共|共|都|交了|付了)?\s?"
    r"[0-9一二两三四五六七八九]"
)
_SPELLED = re.compile(
    r"(?:总共|一共|是)?[一二两三四五六七八九][百千万][零一二两三四五六七八九十百千]{0,6}(?:块钱?|元)?(?:呢|啊|呀|哪)?"
)
_MOVED = re.compile(r"退|赔|补|到账|返|运费|邮费")
_BOUGHT = re.compile(r"买|报了?[个名班]|报的|下单|拍[的下了]|订[的了购]|交[了的]|签了")


def names_price(piece: str) -> bool:
    """这一截里的数就是价钱。"""
    return _FUSED.search(piece) is not None or _NAMED.search(piece) is not None


def bought_for(piece: str) -> bool:
    """“给娃报了个4980的班”：是给谁买的，不是退给谁。"""
    return _FUSED.search(piece) is not None and _MOVED.search(piece) is None


def is_spelled_price(piece: str, said: str) -> bool:
    """整截只有一个汉字写的数，整句话说的是买、报名。"""
    return _SPELLED.fullmatch(piece) is not None and _BOUGHT.search(said) is not None
