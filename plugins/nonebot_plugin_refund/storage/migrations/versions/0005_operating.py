"""群里更多的设置（冷却、点名、安静时段），和主人的开关（如暂停推送）。"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_GROUPS, _CONTROLS = "refund_group_settings", "refund_controls"
_NEW_COLUMNS = ("cooldown_seconds", "mentions", "quiet_start", "quiet_end")


def upgrade() -> None:
    """只加可空的列和一张新表：升级前的设置一个不动。"""
    op.add_column(_GROUPS, sa.Column("cooldown_seconds", sa.Integer(), nullable=True))
    op.add_column(_GROUPS, sa.Column("mentions", sa.Boolean(), nullable=True))
    op.add_column(_GROUPS, sa.Column("quiet_start", sa.String(), nullable=True))
    op.add_column(_GROUPS, sa.Column("quiet_end", sa.String(), nullable=True))
    op.create_table(
        _CONTROLS,
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=f"pk_{_CONTROLS}"),
    )


def downgrade() -> None:
    """退回去就没有这些设置了。"""
    op.drop_table(_CONTROLS)
    with op.batch_alter_table(_GROUPS) as table:
        for column in reversed(_NEW_COLUMNS):
            table.drop_column(column)
