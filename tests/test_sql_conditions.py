"""数据库层里关于谁、哪个平台、第几次、什么时候的条件：新添的要先拆过一次，有测试发现。

不放在 `tests/storage`：拆防线时跑的是那里的测试，条件少了一个这里当然知道，不能算它发现的。
"""

import re

import sqlalchemy
from campaigns.defences.sql_conditions import WHOSE, caught, named_conditions, names_column
from campaigns.mutations import PACKAGE, ROOT

from nonebot_plugin_refund.storage.tables import metadata


def test_every_condition_was_taken_out_once_and_a_test_that_still_exists_noticed() -> None:
    recorded, found = caught(), named_conditions(ROOT / PACKAGE)
    advice = "运行 python -m campaigns mutations --runs 0 --sql --new"
    assert [name for name in found if name not in recorded] == [], advice
    assert [name for name in recorded if name not in found] == [], advice
    for name, test in ((name, test) for name, test in recorded.items() if test):
        file, function = test.split("::")[0], test.split("::")[-1]
        sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob(file)]
        assert any(re.search(rf"def {function}\(", source) for source in sources), f"{name}: {test}"


def test_every_column_of_whose_and_when_is_known_to_the_finder() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns]
    moments = {one.name for one in columns if isinstance(one.type, sqlalchemy.DateTime | sqlalchemy.Date)}
    owners = {one.name for one in columns if re.search(r"platform|user|self_id|group_id|attempt", one.name)}
    assert owners <= WHOSE
    assert [name for name in moments if not names_column(name)] == []
