"""一个人的两件案件：自己充错的 1280，弟弟打赏的 300；最后说着的是其中一件。"""

from tests.chat.conversation_harness import Bench

OWN, BROTHERS = "top-up", "live-tip"
TOP_UP = ("昨天充快币充错了 想充128结果点成1280了", "微信付的", "一个没动", "找客服提交了")
TIPS = (
    "另外一件事 我弟弟打赏主播300的那个怎么退",
    "换",
    "孩子刷的（当时没满 18 岁）",
    "9岁",
    "完全不知道",
    "都没有：大人的账号手机，只有账单",
    "10月18日",
)


async def codes(bench: Bench) -> dict[str, str]:
    """场景 → 案件号。"""
    return {row["scenario_id"]: row["code"] for row in await bench.rows("SELECT scenario_id, code FROM refund_cases")}


async def steps(bench: Bench) -> list[tuple[str, str]]:
    """算数的进展，连同是哪件的。"""
    found = await bench.rows(
        "SELECT c.scenario_id, e.event_id FROM refund_case_events e JOIN refund_cases c ON c.id = e.case_id"
        " WHERE e.undone_at IS NULL ORDER BY e.id"
    )
    return [(row["scenario_id"], row["event_id"]) for row in found]


async def two_cases(bench: Bench, last: str) -> dict[str, str]:
    """两件都提交了，正说着 ``last`` 这件。"""
    await bench.private(*TOP_UP, *TIPS)
    known = await codes(bench)
    await bench.private(f"{known[BROTHERS]} 提交了", f"进度 {known[last]}")
    return known


async def answered(bench: Bench, line: str) -> str:
    """说一句，几条回答接在一起。"""
    return "\n".join(await bench.private(line))
