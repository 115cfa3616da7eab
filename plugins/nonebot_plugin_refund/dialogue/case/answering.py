"""有案件时问的话：用案件知道的来答；到没到日子，说清是哪一天。"""

from ...domain.days.calendar import SHANGHAI
from ...domain.days.timers import TimerPlan, next_date
from ...render.texts.verdict_text import timer_in_words
from ...rulebook.scenario_models.models import TimerKind
from ..base.turn import Reply, Turn, replies
from ..reading.intents import ProofFor
from .case_state import OpenedCase

NO_READY_ANSWER = "这一句我没有现成的答案，先说你这件走到哪了。"
ASK_OF_STAGE = "{code} 现在是「{stage}」：{happening}"
OF_CONCLUSION = (
    "这一句我没有现成的答案。「{title}」这件该找谁、点哪里，都在那条结论里：发「进度」再看一遍；"
    "说得具体些再问我也行，比如「多久到账」「要什么材料」。"
)
TELL_ME = "有了消息跟我说一声。"
IN_TIME = "好，那就再等等。{timer}\n这段时间：{todo}"
ONLY_SAID = "好，先当他是这么说的，没记成进展。真有了结果（同意、拒绝、到账、受理）再跟我说一声。"
PROOF_ASKED = {
    ProofFor.OFFICIAL: "好。谁要的就交到谁那里：要哪几样、到哪天照通知，能当天交就当天交，交完留回执或截图。{day}",
    ProofFor.MERCHANT: "好。给商家看的在订单的售后页里传，平台以后也看得到；身份证、银行卡不用给，别私下发微信。{day}",
}
STILL_STANDS = "{code} 还是「{stage}」。"
OVERDUE = "好，还没有。{code} 还是「{stage}」，该等的日子已经过了：{after}"
STILL_WAITING = "好，还没有。{code} 还是「{stage}」，有了动静告诉我。\n你要做的：{todo}"


def about_case(turn: Turn, case: OpenedCase, *, what_next: bool = False) -> list[Reply]:
    """问到案件、手册里没有现成答案的：说现在是什么情况、该做什么、哪天之前；``what_next`` 时问的就是该做什么。"""
    turn.spoke_of(case.record.id, case.record.code)
    if case.stage is None:
        return replies(OF_CONCLUSION.format(title=case.edition.scenario.title))
    now = ASK_OF_STAGE.format(code=case.record.code, stage=case.stage.title, happening=case.stage.happening)
    lines = [now] if what_next else [NO_READY_ANSWER, now]
    if case.stage.outcome is None:
        lines.append(f"你要做的：{case.stage.todo}")
    lines.extend(_nearest(turn, case))
    return replies("\n".join([*lines, TELL_ME]))


def proof_asked(turn: Turn, case: OpenedCase, proof_for: ProofFor, day: str) -> list[Reply]:
    """12315、法院、商家要凭证：说交到哪里，案件还站在原处；``day`` 是说了的期限最晚哪天，没说为空。"""
    turn.spoke_of(case.record.id, case.record.code)
    assert case.stage is not None
    stands = STILL_STANDS.format(code=case.record.code, stage=case.stage.title)
    return replies(f"{PROOF_ASKED[proof_for].format(day=day)}\n{stands}")


def nothing_new(turn: Turn, case: OpenedCase, *, quoted: bool) -> list[Reply]:
    """说还没有：还在时间里就说到哪天，没有日子的就等着。转述别人的话，说明没有记。"""
    turn.spoke_of(case.record.id, case.record.code)
    if quoted:
        return replies(ONLY_SAID)
    waiting = waiting_for(turn, case)
    assert case.stage is not None
    if (after := _overdue(turn, case)) is not None:
        return replies(OVERDUE.format(code=case.record.code, stage=case.stage.title, after=after))
    if waiting is not None:
        today = turn.now.astimezone(SHANGHAI).date()
        return replies(IN_TIME.format(timer=timer_in_words(waiting, today), todo=case.stage.todo))
    return replies(STILL_WAITING.format(code=case.record.code, stage=case.stage.title, todo=case.stage.todo))


def _overdue(turn: Turn, case: OpenedCase) -> str | None:
    """对方该答复的日子已经过了的，那时该怎么办；没有为空。"""
    plans = case.timers(turn.services.calendar)
    passed = [plan for plan in plans if plan.kind is TimerKind.EXPECTATION and plan.due_at <= turn.now]
    last = max(passed, key=lambda plan: plan.due_at, default=None)
    timer = case.stage.timer(last.timer_id) if last is not None and case.stage is not None else None
    return None if timer is None else timer.after


def waiting_for(turn: Turn, case: OpenedCase) -> TimerPlan | None:
    """对方该答复、还没到期的那个日子里最近的；没有为空。"""
    ahead = [
        plan
        for plan in case.timers(turn.services.calendar)
        if plan.kind is TimerKind.EXPECTATION and plan.due_at > turn.now
    ]
    return min(ahead, key=lambda plan: plan.due_at, default=None)


def _nearest(turn: Turn, case: OpenedCase) -> list[str]:
    today = turn.now.astimezone(SHANGHAI).date()
    nearest = next_date(case.timers(turn.services.calendar), turn.now)
    return [] if nearest is None else [timer_in_words(nearest, today)]
