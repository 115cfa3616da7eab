"""要不要发图片：群里一个开关，本人一个开关；空表示没说过，用设置里的默认。"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GROUPS, _PEOPLE = "refund_group_settings", "refund_people"


def upgrade() -> None:
    """只加可空的列；只设过图片的群没有说过关键词的档次，所以那一列也许空着。"""
    op.add_column(_PEOPLE, sa.Column("pictures", sa.Boolean(), nullable=True))
    op.add_column(_GROUPS, sa.Column("pictures", sa.Boolean(), nullable=True))
    with op.batch_alter_table(_GROUPS) as table:
        table.alter_column("keywords_level", existing_type=sa.String(), nullable=True)


def downgrade() -> None:
    """只设过图片的群退回去就没有设置了。"""
    op.execute(f"DELETE FROM {_GROUPS} WHERE keywords_level IS NULL")
    with op.batch_alter_table(_GROUPS) as table:
        table.alter_column("keywords_level", existing_type=sa.String(), nullable=False)
        table.drop_column("pictures")
    with op.batch_alter_table(_PEOPLE) as table:
        table.drop_column("pictures")
