"""案件：平台介入之后说了什么，几种光看字像反了的：“判商家退款”“超出范围 管不了”“让我俩自己商量”“叫我再交一份视频”。"""

import re

from ....domain.understanding.moods import Mood
from .. import intents
from ..context import Context, matter_spoken_of
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at
from ..utterance import Utterance

_PAYS = re.compile(
    r"(?:平台|快手|客服|介入|小二|官方)[^,，。;；没不]{0,4}(?:判|裁定|裁决|让|要求|责令|支持|认定)[^,，。;；没不我]{0,3}"
    r"(?:商家|卖家|店家|店里|他|她|对方|那边)[^,，。;；没不我]{0,4}(?:退款|退钱|退我|全退|全额退|退全款|把钱退|给我退|退给我)"
    r"|(?:判|裁)[^,，。;；没不]{0,6}赢[^,，。;；没不]{0,3}[ ,，]?[^,，。;；没不]{0,6}(?:直接|把钱)(?:把钱)?退"
)
_ASKS_PROOF = re.compile(
    r"(?:平台|快手|客服|介入|小二|官方|审核|系统)[^,，。;；]{0,6}(?:叫|让|要|喊|通知|催)(?:我|俺)?(?:们)?(?:再|又|重新|另外|还)?"
    r"(?:补交|补传|补拍|交|传|发|补|提供|上传|拍)[^,，。;；]{0,8}(?:视频|照片|凭证|材料|证明|单子|面单|截图|报告|发票|户口本|身份证|流水)"
)
_BACK = re.compile(r"寄|退货|收货|打包|货到")
_LEFT_ALONE = re.compile(
    r"(?:平台|快手|客服|介入|小二|官方)[^,，。;；]{0,14}[ ,，]?[^,，。;；]{0,8}"
    r"(?:管不了|管不着|不归(?:他们|平台|它)?管|他们不管|它不管|不予处理|不处理这|处理不了|(?:超出|不在)[^,，。;；]{0,8}范围"
    r"|(?:让|叫|喊|要)(?:我|俺|我们|咱)?(?:俩|两家|两边|双方)?(?:自己|自行|私下)?[^,，。;；]{0,6}(?:自己|自行|跟商家|和商家|跟卖家|和卖家|跟店家|找商家|找卖家)(?:去)?(?:商量|协商|谈|解决|沟通))"
)
_NOT_SO = re.compile(
    r"法院|法官|12315|12345|市监|消协|律师|如果|要是|万一|会不会|没说|部分|一半|成|折|最多|只退"
    r"|[0-9十百千万]|[一二两三四五六七八九][块毛]"
)
_TOLD = frozenset({Mood.STATEMENT, Mood.NOT_YET, Mood.PLAN})
_SENT = re.compile(r"[交传发补拍]了|[交传发补拍](?:上去|过去|好|完)了|不用|别")
_MONEY, _RETURN, _AGREED = "platform-money", "platform-return", "agreed"
_MORE = "asked-more"
_AGAINST, _REFUSED = "platform-against", "refused"


def read_platform_judged(context: Context, utterance: Utterance) -> Reading | None:
    """正等着平台的结果，说它判商家退、说它不管、让补一样：照实记；带着数、在问、在假设的不算。"""
    matter = matter_spoken_of(context, utterance)
    said = utterance.text
    if matter is None or context.open_question is not None or utterance.asks or not utterance.moods <= _TOLD:
        return None
    asks_proof = _ASKS_PROOF.search(said) is not None and _SENT.search(said) is None
    if (_NOT_SO.search(said) is not None or Mood.PLAN in utterance.moods) and not asks_proof:
        return None
    if asks_proof:
        among = (_MORE,)
    elif _PAYS.search(said) is not None:
        among = (_RETURN,) if _BACK.search(said) is not None else (_MONEY, _AGREED)
    elif _LEFT_ALONE.search(said) is not None:
        among = (_AGAINST, _REFUSED)
    else:
        return None
    event = next((event for event in among if matter.stage.event(event) is not None), None)
    if event is None:
        return None
    report = intents.Reported(
        matter.code, event, happened_at(utterance.raw, context.now), utterance.raw, sure=True, others=(event,)
    )
    return Reading((report,), Band.RECORD, 0.85, ("平台判了、平台不管、平台让补",))
