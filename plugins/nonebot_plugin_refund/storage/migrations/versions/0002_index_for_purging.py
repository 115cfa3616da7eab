"""没有后续阶段的案件按最后一次动它的时刻找：到期清理不必翻遍全部案件。"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """添上索引。"""
    op.create_index("ix_refund_cases_stage", "refund_cases", ["stage_id", "updated_at"], unique=False)


def downgrade() -> None:
    """去掉索引。"""
    op.drop_index("ix_refund_cases_stage", table_name="refund_cases")
