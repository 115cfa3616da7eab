"""群里主动接话从开、关两样变成关、谨慎、积极三档：原来开着的成为谨慎。"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLE = "refund_group_settings"


def upgrade() -> None:
    """先加可空的新列，填好，再去掉旧列：升级前的设置一个不丢。"""
    op.add_column(_TABLE, sa.Column("keywords_level", sa.String(), nullable=True))
    op.execute(f"UPDATE {_TABLE} SET keywords_level = CASE WHEN keywords_enabled THEN 'careful' ELSE 'off' END")
    with op.batch_alter_table(_TABLE) as table:
        table.alter_column("keywords_level", existing_type=sa.String(), nullable=False)
        table.drop_column("keywords_enabled")


def downgrade() -> None:
    """三档退回两样：积极的算开着。"""
    op.add_column(_TABLE, sa.Column("keywords_enabled", sa.Boolean(), nullable=True))
    op.execute(f"UPDATE {_TABLE} SET keywords_enabled = (keywords_level <> 'off')")
    with op.batch_alter_table(_TABLE) as table:
        table.alter_column("keywords_enabled", existing_type=sa.Boolean(), nullable=False)
        table.drop_column("keywords_level")
