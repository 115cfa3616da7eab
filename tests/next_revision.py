"""假想的下一版结构：把迁移抄一份，末尾添一步。升级的机制靠它来测。"""

import shutil
from pathlib import Path

from nonebot_plugin_refund.storage import upgrade as upgrading
from nonebot_plugin_refund.storage.upgrade import known_revisions

ADD_A_COLUMN = "op.add_column('refund_cases', sa.Column('from_next', sa.String(), nullable=True))"


def migrations_with(steps: str, folder: Path) -> Path:
    """迁移的副本，末尾多一步 ``steps``（几行 Python，顶格写）；放在 ``folder`` 里面。"""
    copy = folder / "migrations"
    shutil.copytree(upgrading._MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    last = known_revisions()[-1]
    revision = f"{int(last) + 1:04}"
    indented = "".join(f"    {line}\n" for line in steps.splitlines())
    (copy / "versions" / f"{revision}_next.py").write_text(
        "import os, signal\nimport sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '{revision}'\ndown_revision = '{last}'\ndef upgrade():\n{indented}",
        encoding="utf-8",
    )
    return copy
