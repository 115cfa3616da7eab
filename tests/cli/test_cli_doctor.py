"""``refund doctor``：每种毛病各有一行，写着怎么治；好的不吓人。"""

import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.cli import doctor as doctoring
from nonebot_plugin_refund.cli.checks import storage as storage_checks
from nonebot_plugin_refund.cli.checks import surroundings
from nonebot_plugin_refund.render.typesetting import Typesetter, TypesettingError
from nonebot_plugin_refund.rulebook.operator_folder import LAST_GOOD_NAME
from nonebot_plugin_refund.storage.backup import backup_register
from nonebot_plugin_refund.storage.upgrade import VERSION_TABLE
from tests.cli.answering_bot import bot_answering
from tests.cli.command import refund

NOW = "2026-11-30T12:00"
Checked = dict[str, dict[str, str]]


def _write_env(home: Path, *lines: str) -> None:
    file = home / ".env"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    file.chmod(0o600)


def _database(home: Path) -> Path:
    return home / "data" / "nonebot_plugin_refund" / "refund.sqlite3"


def _only(monkeypatch: pytest.MonkeyPatch, *checks: Callable[..., Any]) -> None:
    """只查这几样，省时间。"""
    monkeypatch.setattr(doctoring, "_CHECKS", checks)


def _examined(now: str = NOW) -> tuple[int, Checked]:
    ran = refund("doctor", "--json", "--now", now)
    return ran.code, {result["check"]: result for result in ran.objects}


def test_a_healthy_bot_has_nothing_to_cure_but_its_backups(home: Path) -> None:
    with bot_answering('{"refund": "alive", "lag_seconds": 0.1}') as port:
        _write_env(home, 'SUPERUSERS=["10000"]', f"PORT={port}", f'ONEBOT_WS_URLS=["ws://127.0.0.1:{port}"]')
        code, found = _examined()
    assert code == 0
    assert {name: result["health"] for name, result in found.items() if result["health"] != "ok"} == {"backup": "warn"}
    assert set(found) >= {
        "settings", "env-file", "token", "superusers", "database", "database-write", "disk", "backup",
        "dead-reminders", "sending", "account", "clock", "connection", "fonts", "rules", "overdue-sources",
    }  # fmt: skip
    assert all(bool(result["cure"]) is (result["health"] != "ok") for result in found.values())


def test_the_lines_for_people_say_the_cure_and_the_exit_code_says_whether_to_act(home: Path) -> None:
    _write_env(home, "HOST=0.0.0.0")
    ran = refund("doctor", "--now", NOW)
    assert ran.code == 1
    assert any(
        line.startswith("fail  token：") and "改法：在 .env 里写 ONEBOT_ACCESS_TOKEN" in line
        for line in ran.out.splitlines()
    )
    assert "fail 1 项" in ran.err


@pytest.mark.parametrize(
    ("env", "check", "health", "words"),
    [
        ("REFUND_QUIET_START=25:00", "settings", "fail", "22:00"),
        ("HOST=0.0.0.0", "token", "fail", "ONEBOT_ACCESS_TOKEN"),
        ("HOST=::", "token", "fail", "ONEBOT_ACCESS_TOKEN"),
        ("HOST=0.0.0.0\nONEBOT_ACCESS_TOKEN=abc", "token", "ok", ""),
        ("HOST=127.0.0.2", "token", "ok", ""),
        ("SUPERUSERS=[]", "superusers", "warn", "SUPERUSERS="),
        ("SUPERUSERS=[1", "settings", "fail", "JSON"),
        ("REFUND_DATABASE_URL=mysql://x/y", "settings", "fail", "SQLite"),
    ],
)
def test_settings(home: Path, monkeypatch: pytest.MonkeyPatch, env: str, check: str, health: str, words: str) -> None:
    _only(monkeypatch, doctoring.check_settings)
    _write_env(home, env)
    code, found = _examined()
    assert found[check]["health"] == health
    assert words in found[check]["cure"]
    assert code == (health == "fail")
    assert "abc" not in str(found)


def test_a_settings_file_others_can_read_and_an_ignored_variable_are_pointed_out(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only(monkeypatch, doctoring.check_settings)
    _write_env(home, "REFUND_PICTURES=true")
    (home / ".env").chmod(0o644)
    monkeypatch.setenv("REFUND_PICTURES", "false")  # .env 里写了名字，会生效
    monkeypatch.setenv("ONEBOT_ACCESS_TOKEN", "abc")
    monkeypatch.setenv("REFUND_LOG_FORMAT", "json")
    _, found = _examined()
    assert "chmod o= " in found["env-file"]["cure"]
    assert found["environment"]["message"].startswith("环境变量 ONEBOT_ACCESS_TOKEN 不会生效")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o660, 0o400, 0o644, 0o604, 0o666, 0o641])
def test_the_settings_file_may_be_the_groups_and_the_cure_for_another_mode_is_enough(
    home: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    """部署页写的 640 归 root、同组的服务账户读得到：说它不安全、改成 600，服务就起不来。"""
    _only(monkeypatch, doctoring.check_settings)
    _write_env(home, "REFUND_PICTURES=true")
    (home / ".env").chmod(mode)
    _, found = _examined()
    if mode & 0o007:
        cure = found["env-file"]["cure"]
        assert cure.startswith("chmod o= ")
        subprocess.run(cure.split(), check=True)
        assert (home / ".env").stat().st_mode & 0o770 == mode & 0o770
        _, found = _examined()
    assert found["env-file"]["health"] == "ok"


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")


def _damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 2 : 4096 * 40] = b"\xff" * (4096 * 38)
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "health", "words"),
    [
        (_newer, "fail", "升级退款助手"),
        (_damaged, "fail", "恢复"),
        (lambda file: file.write_bytes(b"hello"), "fail", "恢复"),
        (lambda file: (file.unlink(), file.mkdir()), "fail", "换一个路径"),
        (lambda file: file.unlink(), "ok", ""),
        (lambda file: shutil.rmtree(file.parent), "ok", ""),
    ],
)
def test_databases(
    home: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object], health: str, words: str
) -> None:
    _only(monkeypatch, doctoring.check_storage)
    spoil(_database(home))
    before = sorted(path.name for path in home.rglob("*"))
    code, found = _examined()
    assert found["database"]["health"] == health
    assert words in found["database"]["cure"]
    assert code == (health == "fail")
    assert sorted(path.name for path in home.rglob("*")) == before


def test_an_older_database_is_upgraded_by_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    _only(monkeypatch, doctoring.check_storage)
    before = _database(home).read_bytes()
    request.getfixturevalue("next_revision")
    code, found = _examined()
    assert (code, found["database"]["health"]) == (0, "warn")
    assert "自动升级" in found["database"]["cure"]
    assert _database(home).read_bytes() == before


def test_a_server_that_does_not_answer_is_named_without_its_password(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("asyncpg")
    _only(monkeypatch, doctoring.check_storage)
    _write_env(home, "REFUND_DATABASE_URL=postgresql://bot:hunter2@127.0.0.1:1/refund")
    code, found = _examined()
    assert code == 1
    assert "127.0.0.1:1" in found["database"]["message"]
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(("free", "health"), [(10 << 20, "fail"), (500 << 20, "warn"), (5 << 30, "ok")])
def test_a_full_disk(home: Path, monkeypatch: pytest.MonkeyPatch, free: int, health: str) -> None:
    _only(monkeypatch, doctoring.check_storage)
    monkeypatch.setattr(storage_checks.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 0, free))
    assert _examined()[1]["disk"]["health"] == health


def test_backups_grow_old(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_storage)
    (home / "b.zip").touch()
    backup_register.note(_database(home).parent, home / "b.zip", datetime(2026, 11, 25, tzinfo=UTC))
    assert _examined()[1]["backup"]["health"] == "ok"
    assert _examined("2026-12-20")[1]["backup"]["health"] == "warn"
    (home / "b.zip").unlink()
    assert _examined()[1]["backup"]["message"] == "没有备份"


def _add_reminder(file: Path, state: str, next_try_at: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for table, values in (
            ("refund_cases", {"id": 1, "updated_at": "2026-11-20 00:00:00.000000"}),
            ("refund_reminders", {"id": 1, "case_id": 1, "state": state, "next_try_at": next_try_at}),
        ):
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            row = {name: _filler(kind) for _, name, kind, needed, *_ in columns if needed} | values
            names, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))
        connection.commit()


def _filler(kind: str) -> Any:
    if kind.startswith(("DATETIME", "TIMESTAMP")):
        return "2026-11-20 00:00:00.000000"
    return 0 if kind.startswith(("INTEGER", "BOOLEAN", "BIGINT")) else "{}"


@pytest.mark.parametrize("state", ["dead", "pending"])
def test_stuck_reminders_are_seen_whatever_holds_them(home: Path, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    _only(monkeypatch, doctoring.check_storage)
    _add_reminder(_database(home), state, "2026-11-22 00:00:00.000000")
    found = _examined()[1]["dead-reminders"]
    assert (found["health"], "1 条提醒没送到" in found["message"]) == ("warn", True)


def test_the_account_that_was_connected_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_storage)
    assert "还没有 QQ 账号连上过" in _examined()[1]["account"]["message"]
    with closing(sqlite3.connect(_database(home))) as connection:
        for self_id, at in (("10001", "2026-11-19"), ("10002", "2026-11-20")):
            noted = (f"account OneBot V11 {self_id}", f"{at} 00:00:00.000000")
            connection.execute("INSERT INTO refund_controls VALUES (?, '{}', ?)", noted)
        connection.commit()
    told = _examined()[1]["account"]["message"]
    assert told.endswith("OneBot V11 10002（2026-11-20 08:00）、OneBot V11 10001（2026-11-19 08:00）")


def test_paused_sending_is_pointed_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_storage)
    with closing(sqlite3.connect(_database(home))) as connection:
        connection.executescript("INSERT INTO refund_controls VALUES ('sending-paused', '{}', '2026-11-20 00:00:00')")
    assert "2026-11-20 08:00" in _examined()[1]["sending"]["message"]


def test_a_clock_behind_the_records_or_the_release(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_clock)
    _add_reminder(_database(home), "sent", "2026-11-20 00:00:00.000000")
    assert _examined()[1]["clock"]["health"] == "ok"
    assert "库里却有 2026-11-20 08:00" in _examined("2026-11-19")[1]["clock"]["message"]
    _database(home).unlink()
    assert "比这一版手册核对的日子" in _examined("2026-01-01")[1]["clock"]["message"]


@pytest.mark.parametrize(
    ("said", "check", "health", "words"),
    [
        ('{"refund": "alive", "lag_seconds": 0.1}', "connection", "ok", "最多耽误 0.1 秒"),
        ('{"refund": "alive", "lag_seconds": 7.5}', "loop", "warn", "卡过 7.5 秒"),
        ("<html>别的网站</html>", "connection", "warn", "不是退款助手"),
        ("[]", "connection", "warn", "不是退款助手"),
    ],
)
def test_the_loop_itself_is_asked_and_not_the_port(
    home: Path, monkeypatch: pytest.MonkeyPatch, said: str, check: str, health: str, words: str
) -> None:
    _only(monkeypatch, doctoring.check_connection)
    with bot_answering(said) as port:
        _write_env(home, f"PORT={port}")
        found = _examined()[1][check]
    assert (found["health"], words in found["message"]) == (health, True)


def test_a_loop_that_hangs_is_told_from_one_that_runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_connection)
    monkeypatch.setattr(surroundings, "_LOOP_TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listening:  # 连得上，但没有人答
        _write_env(home, f"PORT={listening.getsockname()[1]}")
        found = _examined()[1]["connection"]
    assert (found["health"], "没有回答" in found["message"]) == ("fail", True)


def test_addresses(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_connection)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        addresses = f'["ws://localhost:{port}", "http://x", "ws://10.9.8.7:1?access_token=abc", "ws://127.0.0.1:1"]'
        _write_env(home, "PORT=1", f"ONEBOT_WS_URLS={addresses}", 'ONEBOT_API_ROOTS={"1": "http://[::1"}')
        monkeypatch.setattr(surroundings.socket, "create_connection", _only_loopback(socket.create_connection))
        ran = refund("doctor", "--json", "--now", NOW)
    said = [(result["health"], result["message"]) for result in ran.objects]
    assert said == [
        ("warn", "127.0.0.1:1 没有程序在听"),
        ("fail", "ONEBOT_WS_URLS 里的地址 http://x 写得不对"),
        ("ok", "ws://10.9.8.7:1 写法没问题；不在本机，没有试连"),
        ("warn", "ws://127.0.0.1:1 连不上"),
        ("ok", f"ws://localhost:{port} 连得上"),
        ("fail", "ONEBOT_API_ROOTS 里的地址 http://[::1 写得不对"),
    ]


def _only_loopback(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(address: tuple[str, int], **options: Any) -> Any:
        assert address[0] in ("localhost", "127.0.0.1", "::1")
        return connect(address, **options)

    return guarded


def test_addresses_not_written_as_a_list(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_connection)
    _write_env(home, 'ONEBOT_WS_URLS=["ws://127.0.0.1:3001"]')
    monkeypatch.setenv("ONEBOT_WS_URLS", "ws://127.0.0.1:3001")  # 写在 .env 里的，读设置时就说了；环境变量盖过它
    assert _examined()[1]["connection"]["message"] == "ONEBOT_WS_URLS 写得不对"


def test_fonts_that_cannot_draw(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise TypesettingError("模板 map 排不出来")

    _only(monkeypatch, doctoring.check_fonts)
    monkeypatch.setattr(Typesetter, "png", broken)
    assert _examined()[1]["fonts"]["health"] == "warn"
    monkeypatch.undo()
    monkeypatch.chdir(home)
    _only(monkeypatch, doctoring.check_fonts)
    monkeypatch.setattr(Typesetter, "families", staticmethod(set))
    assert _examined()[1]["fonts"]["message"] == "随包的中文字体不在"


def test_rules_of_ones_own_and_sources_long_unchecked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, doctoring.check_rules)
    _, found = _examined("2035-01-01")
    assert found["rules"]["health"] == "ok"
    assert found["overdue-sources"]["health"] == "warn"
    own = home / "data" / "nonebot_plugin_refund" / "rulebook"
    own.mkdir()
    (own / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    code, found = _examined()
    assert code == 1
    assert "mine.yaml" in found["rules"]["message"]
    assert "refund lint" in found["rules"]["cure"]


def test_a_broken_folder_is_told_from_a_bot_that_runs_on_the_last_good_copy(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only(monkeypatch, doctoring.check_rules)
    data = home / "data" / "nonebot_plugin_refund"
    own, kept = data / "rulebook", data / LAST_GOOD_NAME
    own.mkdir()
    kept.mkdir()
    (own / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    code, found = _examined()
    assert (code, found["rules"]["health"]) == (0, "warn")
    assert "mine.yaml" in found["rules"]["message"]
    assert LAST_GOOD_NAME in found["rules"]["message"]
    assert f"refund lint {own}" in found["rules"]["cure"]
    (kept / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    code, found = _examined()
    assert (code, found["rules"]["health"]) == (1, "fail")
    assert "不会启动" in found["rules"]["message"]


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
@pytest.mark.parametrize(
    "wrong",
    [
        "REFUND_PICTURES=perhaps",
        'ONEBOT_WS_URLS=["http://me:s3cret@x?access_token=s3cret"]',
        'ONEBOT_WS_URLS=["s3cret',
        'SUPERUSERS=["1\nONEBOT_SECRET=s3cret',
    ],
)
def test_nothing_it_says_shows_a_secret(home: Path, monkeypatch: pytest.MonkeyPatch, kind: str, wrong: str) -> None:
    """设置对的、错的，一行行的、JSON 的，都不露口令与数据库密码。"""
    pytest.importorskip("asyncpg")
    checks = (doctoring.check_settings, doctoring.check_storage, doctoring.check_clock, doctoring.check_connection)
    _only(monkeypatch, *checks)
    _write_env(
        home, "HOST=0.0.0.0", "PORT=1", "ONEBOT_ACCESS_TOKEN=s3cret", "ONEBOT_SECRET=s3cret",
        'ONEBOT_WS_URLS=["ws://127.0.0.1:1?access_token=s3cret"]',
        f"REFUND_DATABASE_URL={kind}://bot:hunter2@127.0.0.1:1/refund", wrong,
    )  # fmt: skip
    for form in ((), ("--json",)):
        ran = refund("doctor", *form, "--now", NOW)
        assert "fail" in ran.out
        assert "s3cret" not in ran.out + ran.err
        assert "hunter2" not in ran.out + ran.err
