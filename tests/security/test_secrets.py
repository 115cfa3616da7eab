"""口令不进日志、不进报错。"""

from pathlib import Path

import nonebot
import pytest
from launch.secrets import MASK, Secrets, keep_out_of_the_log
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nonebot_plugin_refund.config import Config
from nonebot_plugin_refund.settings_report import explain
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.errors import StorageError

WRITTEN = """ONEBOT_ACCESS_TOKEN=correct-horse
ONEBOT_V11_SECRET=battery-staple
REFUND_DATABASE_URL=postgresql://bot:p%40ssw0rd@db.example/refund
"""


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    path = tmp_path / ".env"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


@pytest.mark.parametrize("secret", ["correct-horse", "battery-staple", "p%40ssw0rd", "p@ssw0rd"])
def test_no_line_of_the_log_shows_a_secret(env_file: Path, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonebot, "_log_patcher", lambda record: None)
    keep_out_of_the_log((env_file,))
    record = {"message": f"Loaded Config: {{'x': '{secret}', 'y': 'db.example'}}"}
    nonebot._log_patcher(record)  # type: ignore[arg-type]  # 只看它用到的那一项
    assert record["message"] == f"Loaded Config: {{'x': '{MASK}', 'y': 'db.example'}}"


@pytest.mark.parametrize("secret", ["correct%2dhorse", "correct%2Dhorse", "%63orrect-horse", "b%61ttery-staple"])
def test_an_encoded_secret_is_still_a_secret(env_file: Path, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonebot, "_log_patcher", lambda record: None)
    keep_out_of_the_log((env_file,))
    record = {"message": f"GET /?access_token={secret} HTTP/1.1"}
    nonebot._log_patcher(record)  # type: ignore[arg-type]  # 只看它用到的那一项
    assert record["message"] == f"GET /?access_token={MASK} HTTP/1.1"


def test_what_is_no_secret_is_left_readable(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("PORT=8080\nONEBOT_ACCESS_TOKEN=\nREFUND_DATABASE_URL=data.sqlite3\n", encoding="utf-8")
    assert Secrets((path,)).values() == []


@pytest.mark.parametrize(
    "url", ["mysql://bot:p4ssw0rd@db.example/refund", "postgresql://bot:p4ssw0rd@db.example:port/refund"]
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StorageError) as caught:
        Database(url)
    assert "p4ssw0rd" not in str(caught.value)


def test_the_address_of_a_database_hides_its_password() -> None:
    pytest.importorskip("asyncpg")
    database = Database("postgresql://bot:p4ssw0rd@db.example/refund")
    assert "p4ssw0rd" not in f"{database.url} {database.url!r} {database.engine!r}"


async def test_an_error_of_the_database_does_not_repeat_what_was_to_be_written(sqlite_template: Path) -> None:
    database = Database(sqlite_template)
    with pytest.raises(DBAPIError) as caught:
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO refund_nowhere VALUES (:said)"), {"said": "橘子味的枫叶"})
    await database.close()
    assert "橘子味的枫叶" not in f"{caught.value} {caught.value!r}"


def test_a_wrong_setting_is_explained_without_showing_a_secret() -> None:
    with pytest.raises(ValidationError) as caught:
        Config.model_validate({"refund_database_url": ["p4ssw0rd"]})
    said = explain(caught.value, [], {"REFUND_DATABASE_URL": "p4ssw0rd"})
    assert "REFUND_DATABASE_URL" in said
    assert "p4ssw0rd" not in said
