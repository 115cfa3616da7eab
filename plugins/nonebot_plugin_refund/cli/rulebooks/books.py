"""看手册、查手册：``lint``、``scenarios``、``paths``。"""

from pathlib import Path
from typing import Annotated, Any

import typer

from ...domain.understanding.scenarios import Classifier
from ...rulebook.assembling.source_list import SourceList
from ...rulebook.derived.paths import path_figures
from ...rulebook.file_names import SIGNALS_FILE, SOURCES_FILE
from ...rulebook.findings import Finding, RulebookError
from ...rulebook.lint import lint_rulebook
from ...rulebook.lint.wording.signals import check_packaged_signals, check_signals, is_whole_list
from ...rulebook.lint.wording.spoken import check_packaged_spoken, check_spoken
from ...rulebook.loader import Rulebook, load_folders, load_rulebook
from ...rulebook.scenario_models.models import Scenario
from ...rulebook.wording_models.signals import load_signals
from ...rulebook.yaml_reading.validating import validate
from ...rulebook.yaml_reading.yaml_document import read_yaml
from ..output import NowOption, emit, emit_text, fail, moment, say
from .listing import not_read, said_of_reading, where_read_from


def register(app: typer.Typer) -> None:
    """把这几个命令挂到 ``refund`` 上。"""
    app.command("lint")(lint)
    app.command("scenarios")(scenarios)
    app.command("paths")(paths)


RulebookOption = Annotated[
    Path | None,
    typer.Option("--rulebook", metavar="PATH", help="自己的规则手册：文件夹或一个文件，加在随包的手册上。"),
]


def open_rulebook(own: Path | None = None) -> Rulebook:
    """读入随包的手册，给了 ``own`` 就加上它；坏了就说清楚并以退出码 2 结束。"""
    if own is None:
        folders: tuple[Path, ...] = ()
    elif own.exists():
        folders = (own,)
    else:
        fail(f"找不到 {own}")
    try:
        return load_rulebook(*folders)
    except RulebookError as error:
        fail(f"规则手册有问题，先用 refund lint 查：\n{error}")


def open_classifier(own: Path | None) -> Classifier:
    """识别器；给了 ``own`` 就连自己的手册里写的词一起认。随包的识别用不着读手册。"""
    if own is None:
        return Classifier(load_signals())
    book = open_rulebook(own)
    return Classifier(book.signals(), book.scenarios)


def own_scenarios(own: Path | None) -> list[str]:
    """自己的手册里多出来的、能从话里听出来的场景的 id。"""
    if own is None:
        return []
    packaged = {scenario.id for scenario in open_rulebook().scenarios}
    return [one.id for one in open_rulebook(own).scenarios if one.recognised_by and one.id not in packaged]


def lint(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]…", help="要查的文件或文件夹；不写就查随包的手册。")
    ] = None,
    now: NowOption = None,
) -> None:
    """检查手册：没有问题退出码 0，有问题逐条列出并退出 1。

    随包手册的副本（带着整份词表，或大半的共用依据）当作一本完整的手册；别的当作加在随包手册上的补充，只报补充里的问题。
    """
    for path in paths or ():
        if not path.exists():
            fail(f"找不到 {path}；{where_read_from()}")
    try:
        findings = _findings(paths or [], now)
    except RulebookError as error:
        findings = list(error.findings)
    findings.extend(not_read(paths or []))
    for finding in findings:
        emit_text(str(finding))
    for line in said_of_reading(paths or []):
        say(line)
    say(f"查出 {len(findings)} 处问题" if findings else "手册没有问题")
    raise typer.Exit(1 if findings else 0)


def _findings(paths: list[Path], now: str | None) -> list[Finding]:
    today = moment(now).date()
    if not paths:
        packaged = load_rulebook()
        found = lint_rulebook(packaged, today)
        return [*found, *check_packaged_signals(_ids(packaged)), *check_packaged_spoken()]
    books = [path for path in paths if not is_whole_list(path)]
    is_whole = any(_is_copy_of_packaged(path) for path in books)
    rulebook = load_folders(books) if is_whole else load_rulebook(*books)
    found = lint_rulebook(rulebook, today, () if is_whole else books)
    word_lists = [path for path in paths if is_whole or is_whole_list(path)]
    known = {*_ids(load_rulebook()), *_ids(rulebook)}
    return [*found, *check_signals(word_lists, known), *check_spoken(books if is_whole else [])]


def _ids(rulebook: Rulebook) -> list[str]:
    return [scenario.id for scenario in rulebook.scenarios]


def _is_copy_of_packaged(folder: Path) -> bool:
    """是不是随包手册的一份副本，而不是操作者自己的几个文件：他也可以有 sources.yaml，那里只有几条。"""
    if not (folder / SOURCES_FILE).is_file():
        return False
    if is_whole_list(folder / SIGNALS_FILE):
        return True
    packaged = {source.id for source in load_rulebook().shared_sources}
    try:
        own = {source.id for source in validate(SourceList, read_yaml(folder / SOURCES_FILE)).sources}
    except RulebookError:
        return False  # 写坏了的留给读的人去报
    return len(own & packaged) * 2 > len(packaged)


def scenarios(rulebook: RulebookOption = None) -> None:
    """列出全部场景（JSON）：标题、问题、规则、阶段。"""
    emit([_described(scenario) for scenario in open_rulebook(rulebook).scenarios])


def _described(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "title": scenario.title,
        "kind": scenario.kind.value,
        "questions": [
            {
                "id": question.id,
                "text": question.text,
                "kind": question.kind.value,
                "options": [{"id": option.id, "label": option.label} for option in question.options],
            }
            for question in scenario.questions
        ],
        "rules": [{"id": rule.id, "verdict": rule.verdict.value, "headline": rule.headline} for rule in scenario.rules],
        "tracks": [{"id": track.id, "start": track.start} for track in scenario.tracks],
        "stages": [
            {"id": stage.id, "title": stage.title, "final": stage.outcome is not None} for stage in scenario.stages
        ],
    }


def paths(rulebook: RulebookOption = None) -> None:
    """每个场景的全部路径数，以及到结论为止提问数的中位数和最大值（一行一个 JSON）。"""
    for scenario in open_rulebook(rulebook).scenarios:
        figures = path_figures(scenario)
        emit(
            {
                "scenario": scenario.id,
                "paths": figures.paths,
                "median_questions": figures.median_questions,
                "longest": figures.longest_questions,
            }
        )
