"""可以选几样的题，一截一截地听：说大人的、说没了的、问的几截不算，余下听得准的几样才算有。"""

import re

from ....rulebook.scenario_models.models import Question
from ...understanding.meaning import read_multi
from ...understanding.moods import mood_reader
from ...understanding.options import ruled_out_by
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise

_SURE = 0.9
"""单看一截，有这么大把握才算有这一样。"""
_BESIDE_GROWN_UPS = 0.66
"""整句另有说大人的几截，听整句不准的，余下那截有这么大把握就算。"""
_LOST = re.compile(
    r"(?<![没未不别])(?:删[^ ,。!?没有]{0,4}[了光]|清空|清掉了?|丢了|[没盖]掉?[了喽啦咯]|盖掉)"
    r"|(?:没有?|忘了|来不及)(?:存|留|截|拍|录|保存)|找不[到着回]"
)
_OWNER = (
    "(?:(?:我|俺|我家|他|她|孩子)?(?:爸爸?|妈妈?|奶奶|爷爷|姥姥|姥爷|外公|外婆)|我们?|俺|大人|家长|老人家?|老公|老婆)"
)
_THING = "(?:快手|微信|支付宝)?(?:号|账号|账户|手机|平板|银行卡|卡|身份证)"
_LEAD = "(?:就|全|都|也|不过|但|反正|平时|[是用登拿绑]的?){0,5}+"
_GROWN_UPS = re.compile(
    rf"{_LEAD}(?:{_OWNER}的?{_THING}){{1,3}}(?:刷|登|绑|弄|注册|办)?的?"
    rf"|(?:快手|微信|支付宝)?(?:号|账号|账户|手机|平板)(?:[也都就绑用登]|实名){{0,2}}的?[是用绑拿]{{0,2}}的?{_OWNER}(?:的?{_THING})?(?:刷|登|绑|弄|注册|办)?的?"
    rf"|绑了?{_OWNER}的?(?:银行)?卡"
)
"""“我的号我的手机”“号是她奶奶的”“微信绑的是我的卡”：说的是大人的，不是有哪一样。"""


def is_grown_ups(piece: str) -> bool:
    """一截说的是大人的账号、手机、卡。"""
    said = normalise(piece).removeprefix("就是").removeprefix("反正")
    return _GROWN_UPS.fullmatch(said) is not None


def by_pieces(scenario_id: str, question: Question, text: str) -> tuple[str, ...]:
    """一截截听准了的几样，先说的在前；一样也没有为空。"""
    pieces = [normalise(piece) for piece in pieces_of(text)]
    grown_ups = [is_grown_ups(piece) for piece in pieces]
    least = _BESIDE_GROWN_UPS if any(grown_ups) else _SURE
    exclusive = {option.id for option in question.options if option.exclusive}
    found: dict[str, None] = {}
    for piece, theirs in zip(pieces, grown_ups, strict=True):
        if theirs or _LOST.search(piece) is not None or mood_reader().is_question(piece):
            continue
        ruled_out = {option.id for option in question.options if any(word in piece for word in ruled_out_by(option))}
        heard = read_multi(scenario_id, question, piece)
        found |= {
            one.id: None
            for one in heard.chosen
            if one.score >= least and one.id not in exclusive and one.id not in ruled_out
        }
    return tuple(found)
