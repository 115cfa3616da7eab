"""``holidays`` 库里中国每年的假日；库说过的记在代码旁边，平常不必装它。

库连各国各教的历法一起装，要 0.2 秒、十几 MB 内存。记下的照库的版本认：库更新了就重新问它，见 :mod:`...beside_code`。
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...beside_code import beside, keep, recalled

_KEPT_YEARS = range(2001, 2041)
"""记下的年份；问到别的年份，就装库。"""


@dataclass(frozen=True, slots=True)
class LibraryYear:
    """库里的一年。"""

    observed: Mapping[date, str]
    """放假的日子和名称，连同补假。"""
    made_up: frozenset[date]
    """改为上班的周末；连带几条跨年的旧数据。"""
    fixed: Mapping[date, str]
    """节日本身的日子和名称，不含补假。"""


@cache
def library_year(year: int) -> LibraryYear:
    """库里的一年。"""
    return _known().get(year) or _asked(year)


@cache
def _known() -> Mapping[int, LibraryYear]:
    """记着的各年；没有记着的就问一遍库，记下来。库没有版本可认的（不是正常装的）不记，用到哪年问哪年。"""
    try:
        proof = (version("holidays"), sha256(Path(__file__).read_bytes()).hexdigest())
    except (PackageNotFoundError, OSError):
        return {}
    store = beside(__file__, "holidays")
    known, years = recalled(store)
    if known != proof:
        years = {year: _asked(year) for year in _KEPT_YEARS}
        keep(store, proof, years)
    return years


def _asked(year: int) -> LibraryYear:
    from holidays import country_holidays

    observed = country_holidays("CN", years=year, observed=True, language="zh_CN")
    fixed = country_holidays("CN", years=year, observed=False, language="zh_CN")
    return LibraryYear(dict(observed), frozenset(observed.weekend_workdays), dict(fixed))
