"""案件：整句只说对方一直没理（“一直没理我”“到现在没人回”），这一步又没有“没动静”这件可报告：是还没有，不是别的进展。"""

import re

from .. import intents
from ..context import Context, matter_spoken_of
from ..intents import Band, Reading
from ..utterance import Utterance

_SILENT = re.compile(
    r"(?:他们?|她们?|对方|机构|老师|主播|商家|卖家|店家|客服|平台|快手|人家|那边|都几天了|好几天了?|这几天|[一二两三四五六七八九十0-9]{1,3}天了?|\s)*"
    r"(?:一直|还是|还|都|也|到现在|至今|始终|压根|根本|就是|仍然?|\s){0,4}(?:没有?|不|未)(?:人|谁|有)?"
    r"(?:理|回|搭理|搭腔|理会|吱声|吭声|吭气|反应|动静|消息|音信|答复|回复|回音|下文)(?:我|俺|我们|过)?(?:了|呢|啊)?"
)


def read_only_silent(context: Context, utterance: Utterance) -> Reading | None:
    """没有别的话；这一步列着“没动静”的，照它听。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.asks:
        return None
    if _SILENT.fullmatch(utterance.word) is None or any(event.event.silence for event in matter.stage.events):
        return None
    return Reading((intents.NothingNew(matter.code, utterance.raw),), Band.RECORD, 0.8, ("只说没人理",))
