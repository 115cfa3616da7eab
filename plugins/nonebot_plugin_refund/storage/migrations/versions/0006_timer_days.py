"""时限的安全日期、可主张日期改记成上海的日历日：先前记的是那天零点的 UTC 日期，都早了一天。"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_DAY_LATER = {"sqlite": "date({column}, '{sign}1 day')", "postgresql": "{column} {sign} 1"}


def upgrade() -> None:
    """都往后挪一天。到期的时刻一直是对的，不动。"""
    _shift("+")


def downgrade() -> None:
    """挪回去。"""
    _shift("-")


def _shift(sign: str) -> None:
    shifted = _DAY_LATER[op.get_bind().dialect.name]
    columns = ", ".join(f"{name} = {shifted.format(column=name, sign=sign)}" for name in ("safe", "arguable"))
    op.execute(f"UPDATE refund_case_timers SET {columns}")
