"""几组测试都从同样几句话开始的两件案件，和说几句、拿回全部回答的办法。"""

import json

from tests.chat.conversation_harness import Bench

TIPS = (
    "我家孩子13岁偷偷给快手主播刷了9236块 我们完全不知道 没满18",
    "有孩子和主播的聊天",
    "最早8月26号",
)
"""孩子打赏，说到立案；材料还没交。"""
TIPS_SUBMITTED = (*TIPS, "已在 App 里提交")
RETURN = ("退货", "商家拒绝了", "不喜欢", "昨天收到的", "普通商品", "完好没动过", "今天拒的")
"""无理由退货被商家拒了，说到立案。"""


async def said(bench: Bench, *lines: str) -> str:
    """一句句私聊说，回的话连成一段。"""
    return "\n".join([reply for replies in await bench.each_private(*lines) for reply in replies])


RETURN_OPENED = (
    "在快手小店买的手机想退 还没申请 不想要了 昨天签收的 完好 普通商品",
    "普通商品",
    "完好，只拆开看过、试过",
)
"""七天无理由退货，说到立案；申请还没交。"""
RETURN_APPLIED = (*RETURN_OPENED, "昨天提交了")
RETURN_AGREED = (*RETURN_APPLIED, "商家昨天同意退货了")
RETURN_SENT = (*RETURN_AGREED, "昨天寄回去了 单号填了")
RETURN_REFUSED = (*RETURN_OPENED, "前天提交了", "商家昨天拒绝了")
RETURN_DISPUTED = (*RETURN_REFUSED, "昨天申请平台介入了")


async def steps(bench: Bench) -> list[str]:
    """各件案件报告过的进展，由早到晚；立案、重判这些不算。"""
    return [event for event, _ in await steps_with_days(bench)]


async def steps_with_days(bench: Bench) -> list[tuple[str, str]]:
    """各件案件报告过的进展和发生在哪天。"""
    rows = await bench.rows("SELECT event_id, detail FROM refund_case_events ORDER BY id")
    told = [(row["event_id"], json.loads(row["detail"])) for row in rows]
    return [(event, detail["happened_at"][:10]) for event, detail in told if "happened_at" in detail]
