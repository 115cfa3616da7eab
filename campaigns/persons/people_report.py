"""*people* 的统计：一场对话数些什么，几场合起来是什么数，哪几场最差。"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

import typer

from ..ledger import RunResult, Summary
from .people_talk import Talk, worded

ARRIVED, NOT_ARRIVED = "到了结论", "没到结论"
RIGHT, WRONG = "结论对", "结论错"
RIGHT_AFTER = "结论对（连同结论之后改正的）"
RECORDED, MISTAKEN, UNSEEN = "结论用的答案", "其中与真情不一样", "记错的里没有说回过的"
STAGED, STAGE_RIGHT = "立案后过了几个星期", "站对了阶段"
STAGED_WELL, STAGE_RIGHT_WELL = "结论对的里过了几个星期", "结论对的里站对了阶段"
MESSAGES = "到结论说的话"
SAID = "一共说的话"
_QUESTION, _EVENT, _RULE, _STUCK, _MISHEARD = "题 ", "事 ", "规则 ", "停 ", ("听错的话 ", "没听对的进展 ")
_DETAILS = (_QUESTION, _EVENT, _RULE, _STUCK, *_MISHEARD)
_WORST = 10
_MOST_CONFUSIONS = 25


def counted(talk: Talk, final_rule: str | None, *, stage_right: bool | None) -> Counter[str]:
    """一场对话的账；``stage_right`` 为空是没有后面的几个星期。"""
    counts = Counter(talk.counts)
    counts[SAID] = talk.desk.said
    judgement = talk.judgement
    if judgement is None:
        counts[NOT_ARRIVED] = 1
        counts[f"{_STUCK}{talk.stuck}"] = 1
        return counts
    true, got = judgement.true_rule.id, judgement.case.rule_id
    counts[ARRIVED] = 1
    counts[RIGHT if true == got else WRONG] = 1
    counts[RIGHT_AFTER] = int(true == final_rule)
    counts[RECORDED], counts[MISTAKEN] = judgement.recorded, len(judgement.wrong)
    counts[UNSEEN] = judgement.unseen
    counts[MESSAGES] = judgement.messages
    scenario = talk.truth.scenario.id
    if true != got:
        counts[f"{_RULE}{scenario} {true} → {got}"] = 1
    for key, (truth, recorded) in judgement.wrong.items():
        counts[f"{_QUESTION}{scenario}/{key} {worded(truth)} → {worded(recorded)}"] = 1
    if stage_right is not None:
        counts[STAGED], counts[STAGE_RIGHT] = 1, int(stage_right)
        if true == final_rule:
            counts[STAGED_WELL], counts[STAGE_RIGHT_WELL] = 1, int(stage_right)
    return counts


def figures(results: Sequence[RunResult]) -> list[tuple[str, str, str]]:
    """几个数：叫什么、多少、由几个里得来。"""
    counts = Summary.of(results).counts
    lengths = [result.counts[MESSAGES] for result in results if MESSAGES in result.counts]
    return [
        ("结论对（没到结论的算不对）", *_share(counts[RIGHT], len(results))),
        ("连同结论之后改正的", *_share(counts[RIGHT_AFTER], len(results))),
        ("几个星期之后站对了阶段", *_share(counts[STAGE_RIGHT], counts[STAGED])),
        ("其中结论对的", *_share(counts[STAGE_RIGHT_WELL], counts[STAGED_WELL])),
        ("结论用的答案里记错的", *_share(counts[MISTAKEN], counts[RECORDED])),
        ("其中没有说回给人听过的", *_share(counts[UNSEEN], counts[RECORDED])),
        ("到结论说几句（中位数）", f"{median(lengths):g}" if lengths else "—", str(len(lengths))),
        ("没到结论", *_share(counts[NOT_ARRIVED], len(results))),
        ("进展说第一句就记对（连同问回来、选编号的）", *_share(counts["一说就记对的事"], counts["报告的事"])),
        ("说「不对，…」就改对了", *_share(counts["说「不对，…」就改对了"], counts["说「不对，…」"])),
        ("没报告什么却改了案件", *_share(counts["没报告什么却改了案件"], counts["没报告什么的话"])),
    ]


def markdown(results: Sequence[RunResult]) -> str:
    """放进文档的表。"""
    lines = [f"| {len(results)} 个人 | 占 | 由几个里得来 |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {name} | {value} | {base} |" for name, value, base in figures(results))])


def confusions(results: Sequence[RunResult]) -> list[tuple[str, int]]:
    """认错的题、事、结论，停住的地方，多的在前；只有 id。"""
    counts = Summary.of(results).counts
    found = [(name, count) for name, count in counts.items() if name.startswith(_DETAILS[:4])]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def misheard(results: Sequence[RunResult]) -> list[tuple[str, int]]:
    """没听对的封存的话，只有文件和行号。"""
    counts = Summary.of(results).counts
    found = [(name, count) for name, count in counts.items() if name.startswith(_MISHEARD)]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def worst(results: Sequence[RunResult]) -> list[int]:
    """最差的几场的序号。"""
    return [result.index for result in sorted(results, key=lambda one: (-_badness(one), one.index))[:_WORST]]


def printed(results: Sequence[RunResult]) -> None:
    """印在终端上。"""
    counts = Summary.of(results).counts
    typer.echo(markdown(results))
    typer.echo()
    for name, count in counts.items():
        if not name.startswith(_DETAILS):
            typer.echo(f"{name}：{count}")
    for prefix, title in ((_RULE, "结论"), (_QUESTION, "题"), (_EVENT, "事"), (_STUCK, "停住")):
        found = [(name.removeprefix(prefix), count) for name, count in confusions(results) if name.startswith(prefix)]
        typer.echo(f"\n{title}：{len(found)} 种，共 {sum(count for _, count in found)} 次")
        for name, count in found[:_MOST_CONFUSIONS]:
            typer.echo(f"  {count:>4}  {name}")
    typer.echo(f"\n没听对的话 {len(misheard(results))} 句（文件:行号在账本里）")
    typer.echo(f"最差的几场（--show 序号）：{'、'.join(map(str, worst(results)))}")
    seconds = sum(result.seconds for result in results)
    typer.echo(f"每场 {seconds / max(len(results), 1):.2f} 秒（各进程合计 {seconds:.0f} 秒）")


def _badness(result: RunResult) -> float:
    counts = Counter(result.counts)
    events = sum(count for name, count in counts.items() if name.startswith(_EVENT))
    lost_stage = counts[STAGED_WELL] - counts[STAGE_RIGHT_WELL]
    return (
        8 * counts[NOT_ARRIVED]
        + 6 * counts[WRONG]
        + 4 * lost_stage
        + 2 * counts[MISTAKEN]
        + 2 * events
        + 3 * counts["没报告什么却改了案件"]
        + counts[SAID] / 20
    )


def _share(part: int, whole: int) -> tuple[str, str]:
    return (f"{part / whole:.3f}", f"{part} / {whole}") if whole else ("—", "0")
