"""说什么都撤得回：随便说几句，再一件件撤销，案件、时限、提醒、访谈、材料、设置都回到说之前；发出去的不收回。"""

import itertools
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from nonebot_plugin_refund.dialogue.base import wording
from tests.chat.case.test_case_flow import SHOP
from tests.chat.conversation_harness import MORNING, Bench

LATER = "（过了五个小时）"
SAYINGS = (
    # 案件的新闻
    "申请交上去了",
    "昨天商家同意了",
    "给我拒了 理由是影响二次销售",
    "寄出去了 单号填了",
    "商家签收了",
    "平台支持我了",
    "商家只肯退一半",
    "钱到账了",
    "我不想退了",
    "更新 1",
    "其实是前天",
    # 对问的回
    "是",
    "不是",
    "1",
    "3",
    "不清楚",
    # 另一件事、访谈里的回答和改正
    "孩子打赏了主播三千块",
    "打赏",
    "换",
    "12岁",
    "我说错了 是11岁",
    "不对 是昨天签收的",
    "改答案",
    "修改 2",
    "上一步",
    "算了",
    "继续",
    # 提醒
    "推迟 3小时",
    "明天中午再提醒我",
    "停止提醒",
    "恢复提醒",
    "同意群提醒",
    "完成",
    # 结案、材料、看
    "结案",
    "结案 已退款",
    "退了一部分",
    "材料",
    "材料 1",
    "有了",
    "进度",
    "我的",
    "商家还没同意",
    "运费谁出",
    "谢谢",
    LATER,
)
MOST_CHANGES = 20
_users = itertools.count(70001)


@pytest.fixture
async def busy(target: Path) -> AsyncIterator[Bench]:
    """开在两种数据库上的机器。"""
    bench = Bench(target)
    await bench.start()
    yield bench
    await bench.close()


@dataclass
class Speaker:
    """正在说话的人：说完撤完还是老样子，就接着用；钟走过了、没撤干净的换一个。"""

    user: str = ""

    async def ready(self, bench: Bench) -> str:
        """有一件案件、没有可撤的改动的一个人。"""
        if not self.user:
            bench.clock.moment = MORNING
            self.user = str(next(_users))
            await bench.private(*SHOP, user=self.user)
            async with bench.assembly.database.transaction() as session:
                await session.execute(text("DELETE FROM refund_changes WHERE user_id = :user"), {"user": self.user})
        user, self.user = self.user, ""
        return user


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sayings=st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=6))
async def test_whatever_was_said_can_be_taken_back_to_the_last(
    busy: Bench, speaker: Speaker, sayings: Sequence[str]
) -> None:
    user = await speaker.ready(busy)
    await taken_back(busy, user, sayings)
    if LATER not in sayings:
        await busy.private("谢谢", user=user)  # 还等着的话到此为止
        speaker.user = user


async def taken_back(bench: Bench, user: str, sayings: Sequence[str]) -> None:
    """说完再撤完，与说之前比。"""
    before = await everything(bench, user)
    for saying in sayings:
        said = await (bench.advance(hours=5) if saying == LATER else bench.private(saying, user=user))
        assert wording.FAILED not in said, sayings
    left = await changes_left(bench, user)
    for _ in range(MOST_CHANGES):
        if not left:
            break
        said = await bench.private("撤销", user=user)
        assert "撤销了" in "".join(said), (sayings, said)
        now_left = await changes_left(bench, user)
        assert now_left < left, (sayings, said)
        left = now_left
    after = await everything(bench, user)
    for name, rows in before.items():
        assert after[name] == rows, (name, sayings)


async def changes_left(bench: Bench, user: str) -> int:
    """还能撤几件。"""
    (row,) = await bench.rows(
        "SELECT count(*) AS n FROM refund_changes WHERE user_id = :user AND undone_at IS NULL", user=user
    )
    return row["n"]


async def everything(bench: Bench, user: str) -> Mapping[str, list[tuple[Any, ...]]]:
    """他名下现在的样子；版本号、改动的时刻不算，发出去的提醒、从上一句话数起的问候不算。"""
    mine = "JOIN refund_cases c ON c.id = x.case_id WHERE c.user_id = :user"
    queries = {
        "案件": "SELECT code, scenario_id, rulebook_digest, answers, rule_id, verdict, track_id, stage_id,"
        " stage_entered_at, stage_told, closed_at, outcome FROM refund_cases WHERE user_id = :user ORDER BY id",
        "时限": "SELECT c.code, x.timer_id, x.state, x.starts, x.due_at, x.safe, x.arguable"
        f" FROM refund_case_timers x {mine} AND x.state != 'cancelled' ORDER BY x.id",
        "提醒": 'SELECT c.code, x.timer_id, x."offset", x.due_at, x.state'
        f" FROM refund_reminders x {mine} AND x.state NOT IN ('cancelled', 'sent') AND x.\"offset\" != 'follow-up'"
        " AND NOT EXISTS (SELECT 1 FROM refund_case_timers t WHERE t.case_id = x.case_id AND t.timer_id = x.timer_id"
        " AND t.timer_version = x.timer_version AND t.kind = 'check_in') ORDER BY x.id",
        "经过": f"SELECT c.code, x.event_id, x.to_stage FROM refund_case_events x {mine} AND x.undone_at IS NULL"
        " ORDER BY x.id",
        "材料": f"SELECT c.code, x.evidence_id FROM refund_evidence_ticks x {mine} ORDER BY x.evidence_id",
        "设置": "SELECT reminders_stopped, mention_consent FROM refund_people WHERE user_id = :user",
    }
    found = {
        name: [tuple(row.values()) for row in await bench.rows(query, user=user)] for name, query in queries.items()
    }
    return {**found, "访谈": await interviews(bench, user)}


async def interviews(bench: Bench, user: str) -> list[tuple[Any, ...]]:
    """没问完的访谈：问到哪、答了什么；没读懂几次不算。"""
    rows = await bench.rows(
        "SELECT scenario_id, status, state, case_id FROM refund_interviews"
        " WHERE user_id = :user AND status IN ('active', 'suspended') ORDER BY id",
        user=user,
    )
    states = [json.loads(row["state"]) if isinstance(row["state"], str) else row["state"] for row in rows]
    return [
        (row["scenario_id"], row["status"], row["case_id"], state["answers"], state.get("held"), state.get("revising"))
        for row, state in zip(rows, states, strict=True)
    ]
