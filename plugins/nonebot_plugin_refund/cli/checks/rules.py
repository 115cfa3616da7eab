"""规则手册：从哪里读、哪些文件没读、合不合要求、改过的地方随包的变没变、依据该不该核对了。"""

from collections.abc import Iterator, Sequence

from ...domain.days.calendar import SHANGHAI
from ...rulebook.findings import Finding, RulebookError
from ...rulebook.folder_listing import listing_of
from ...rulebook.lint import lint_rulebook
from ...rulebook.loader import load_rulebook
from ...rulebook.operator_folder import LAST_GOOD_NAME, NOT_IN_THE_WAY, read_own_book
from ...rulebook.overlays.based_on import CHECK
from .result import CheckedInstallation, Result, fail, ok, warn

_SHOWN = 3


def check_rules(checked: CheckedInstallation) -> Iterator[Result]:
    """自己的手册合不合要求，有没有该重新核对的依据。"""
    own = checked.installation.rulebook
    today = checked.now.astimezone(SHANGHAI).date()
    try:
        rulebook = load_rulebook(own) if own.is_dir() else load_rulebook()
    except RulebookError as error:
        yield _broken(checked, str(error.findings[0]), len(error.findings))
        return
    yield from _check_files(checked)
    findings = lint_rulebook(rulebook, today)
    broken = [finding for finding in findings if finding.check not in NOT_IN_THE_WAY]
    overdue = [finding for finding in findings if finding.check == "overdue-source"]
    yield from _check_differences([finding for finding in findings if finding.check == CHECK])
    if broken:
        yield _broken(checked, str(broken[0]), len(broken))
    else:
        whose = "随包的手册和自己的都" if own.is_dir() else "随包的手册"
        yield ok("rules", f"{whose}没有问题，{len(rulebook.scenarios)} 个场景；自己的从 {own} 读")
    if overdue:
        named = "、".join(finding.id for finding in overdue[:_SHOWN]) + ("等" if len(overdue) > _SHOWN else "")
        yield warn(
            "overdue-sources",
            f"{len(overdue)} 条依据该重新核对了（{named}）：照样能用，结论里会写明",
            "升级退款助手；自己写的，核对后改 last_checked_on，见 refund lint",
        )
    else:
        yield ok("overdue-sources", "依据都在核对期内")


def _check_files(checked: CheckedInstallation) -> Iterator[Result]:
    """自己的文件夹里读了哪些、哪些没读。"""
    own = checked.installation.rulebook
    if not own.is_dir():
        return
    listing = listing_of(own)
    names = "、".join(path.name for path in listing.read) or "（一个也没有）"
    said = f"自己的手册读了 {len(listing.read)} 个文件：{names}"
    missed = [one for one in listing.skipped if one.is_mistake]
    if missed:
        reasons = "；".join(f"{one.path.name} {one.why}" for one in missed)
        shown = "、".join(one.path.name for one in missed)
        yield warn("rules-files", f"{own} 里没看：{shown}。{said}", reasons)
    elif not listing.read:
        yield warn(
            "rules-files", f"{own} 里没有一个 .yaml 文件，用的都是随包的", "把手册文件放进去；不用自己的就删掉它"
        )
    else:
        yield ok("rules-files", said)


def _check_differences(changed: Sequence[Finding]) -> Iterator[Result]:
    if changed:
        first = changed[0]
        yield warn(
            "rules-differences",
            f"自己改过的地方，有 {len(changed)} 处随包的后来变了：{first.file} 第 {first.line} 行：{first.message}",
            "refund lint 手册文件夹 看全部；看过了用 refund overlay stamp 文件 记下新的",
        )


def _broken(checked: CheckedInstallation, first: str, count: int) -> Result:
    own = checked.installation.rulebook
    if not _has_last_good(checked):
        return fail("rules", f"手册有 {count} 处问题，机器人不会启动：{first}", "refund lint 手册文件夹，照着改")
    return warn(
        "rules",
        f"自己的手册有 {count} 处问题，没有用上：机器人启动时照上一次能用的那份（{LAST_GOOD_NAME}）：{first}",
        f"refund lint {own}，照着改好，私聊机器人发 /退款 管理 重载，或重启",
    )


def _has_last_good(checked: CheckedInstallation) -> bool:
    """启动时退得回上一次能用的那份，读法与机器人一样。"""
    kept = checked.installation.data / LAST_GOOD_NAME
    if not (checked.installation.rulebook.is_dir() and kept.is_dir()):
        return False
    try:
        read_own_book(kept, checked.now.astimezone(SHANGHAI).date())
    except RulebookError:
        return False
    return True
