"""听着像一件进展，话里其实没说：在要钱（“币不要了 退钱给我”），投诉转给了别的局，还没说受不受理；

说的是办这件事要什么（“去 12315 投诉要写商家地址”），不是办了；说的是一直没发货，不是发了；
不敢告诉家里；只说过了几天、在问去哪投诉。
说的是地址给了，不是不给；说的是自己没答应，不是对方拒绝。
"""

import re

from ....domain.case.heard.news import HeardEvent
from ....rulebook.scenario_models.event_models import Actor
from ..utterance import Utterance

_DEMANDS = re.compile(
    r"(?:^|[ ,。;!?我俺就得要快])(?:把)?(?:钱|款)?(?:全部|全额|都)?"
    r"(?:退钱|退款|退我钱|退给我钱|还钱|还我钱|钱退|钱还)(?:给我|还我|我|来)"
)
_THEY_AGREE = re.compile(
    r"同意|答应|愿意|肯|可以|会退|说退|松口|通过|支持|谈|和解|判|说[行好]|已经|受理|打款|退了|不[退追弄要]了$"
)
_HANDED_ON = re.compile(r"转(?:给|到|办|交)|移[送交]|分送")
_TAKEN_ON = re.compile(r"受理|立案|收下")
_NEEDS = re.compile(
    r"(?:投诉|申请|起诉|立案|举报|介入|提交|寄|告)[^,。;!?了过完好 ]{0,8}(?:还要|还得|要|得|需要|必须|须)\s?(?:先|我)?"
    r"(?:写|填|交|带|传|有|选|用|准备|提供|提交|上传|出示|附|户口|身份证|小票|发票|照片|视频|材料|证明|副本|营业执照|地址|全称)"
)
"""“去 12315 投诉要写商家地址”：说的是办这件事要什么。"""
_DONE_TOO = re.compile(
    r"(?:投诉|申请|起诉|立案|举报|介入|提交|寄|告|交|打|报|递)(?:完|好|上去|上|走|出去)?[了过]|已经|刚"
)
_UNSHIPPED = re.compile(r"(?:没|不|未)(?:有|给我|给|肯|见|能)?发(?:货|出|走)")
_SHIPPED = re.compile(
    r"(?:突然|又|才|抢着?|偏|还是|刚|偷偷|就|立马|马上|今天|昨天)[^没不未,。;]{0,4}发(?:了|货|出|走)|(?<![没不未有给肯])发(?:货|出|走)了(?!没|吗)"
    r"|有了?单号|已发货|显示发货|在路上|物流|揽收"
)
_SHIPPED_LATE = "shipped-late"
_DAYS = re.compile(r"[0-9一二两三四五六七八九十半]个?(?:天|星期|礼拜|周)")
_WHERE_TO = re.compile(r"投诉|举报|起诉|告|找谁|哪个部门")
_LACKS = re.compile(r"[没不未无冇]|失联|拖|查")
_TOLD = "told"
_DARES_NOT = re.compile(r"[不没](?:敢|想|愿)|怕|瞒|怎么(?:跟|和|对)|咋(?:跟|和|对)")
"""“我不敢跟我爸说”：还没告诉大人。"""
_NO_ADDRESS = "no-address"
_KEEPS_BACK = re.compile(r"没|不|无|拒|未|空|假|错|哪|联系不上|要不到|催")
_I_REFUSED = re.compile(
    r"(?:^|[ ,。;!?])(?:我|俺|咱)(?:也|就|都|可|给|直接|当场|已经){0,2}"
    r"拒(?:绝)?(?:了|掉)(?:他|她|它)?(?:的)?(?:[ ,。;!?啊呀]|$)"
)
_SAID = r"(?:反映|反应|说|讲|提|谈|聊|沟通|打电话|打过电话|留言|发消息)"
_TOLD_THEM = re.compile(
    rf"(?:向|跟|和|给|找|同|对)[^ ,。;!?]{{1,6}}?{_SAID}(?:过|了|一下|一遍|一声){{1,3}}(?:[ ,。;!?啊呀的]|$)"
    rf"|[打发](?:过|了)?个?(?:电话|消息|信息)[^ ,。;!?]{{0,4}}{_SAID}[过了]{{1,2}}(?:[ ,。;!?啊呀的]|$)"
)
"""“跟客服讲过了”“打电话说过了”：是自己说的，没说对方怎么答。"""
_REFUSALS = frozenset({"refused", "merchant-refused", "platform-against"})
_AGREEMENTS = frozenset({"agreed", "merchant-agreed", "platform-money", "settled"})
_ACCEPTED = "accepted"


def only_demands(utterance: Utterance) -> bool:
    """整句只在要对方退钱，没有一个字说对方答应了、自己不追了。"""
    return _DEMANDS.search(utterance.text) is not None and _THEY_AGREE.search(utterance.text) is None


def not_told(utterance: Utterance, heard: HeardEvent) -> bool:
    """听成的这一件，话里没说。"""
    event = heard.event
    if event.event.by is Actor.ME and _NEEDS.search(utterance.text) and not _DONE_TOO.search(utterance.text):
        return True
    if event.id == _TOLD and _DARES_NOT.search(utterance.text):
        return True
    if event.event.silence and utterance.asks and _only_time_passed(utterance):
        return True
    if event.id == _SHIPPED_LATE and _UNSHIPPED.search(utterance.text) and not _SHIPPED.search(utterance.text):
        return True
    if event.id == _NO_ADDRESS:
        return _KEEPS_BACK.search(utterance.text) is None
    if event.id in _REFUSALS and _I_REFUSED.search(utterance.text) is not None:
        return True
    if event.id in _AGREEMENTS or event.event.gives_up:
        return only_demands(utterance) or (event.id in _AGREEMENTS and _only_told_them(utterance))
    if event.id == _ACCEPTED:
        return _HANDED_ON.search(utterance.text) is not None and _TAKEN_ON.search(utterance.text) is None
    return False


def _only_told_them(utterance: Utterance) -> bool:
    """只说了自己跟对方说过，没有一个字说对方答应了。"""
    return _TOLD_THEM.search(utterance.text) is not None and _THEY_AGREE.search(utterance.text) is None


def _only_time_passed(utterance: Utterance) -> bool:
    """“都第四天了 投诉哪个部门管用”：没说没到、没回。"""
    said = utterance.text
    return _DAYS.search(said) is not None and _WHERE_TO.search(said) is not None and _LACKS.search(said) is None
