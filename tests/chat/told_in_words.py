"""几组测试都从同样几句话开始的两件案件，和说几句、拿回全部回答的办法。"""

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
    return "\n".join([reply for line in lines for reply in await bench.private(line)])
