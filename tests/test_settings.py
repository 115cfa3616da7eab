"""设置写错了：说清楚哪个文件、哪一项、怎么改；启动失败时磁盘原样不动。"""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from nonebot_plugin_refund.config import Config
from nonebot_plugin_refund.keyword_level import KeywordLevel
from nonebot_plugin_refund.settings_report import explain


def complaint(env_file: Path, environment: dict[str, str] | None = None, **settings: object) -> str:
    with pytest.raises(ValidationError) as caught:
        Config.model_validate(settings)
    return explain(caught.value, [env_file], environment or {})


def test_everything_is_optional() -> None:
    assert Config().refund_command_words == ["退款"]


def test_numbers_in_text_settings_are_read_as_text() -> None:
    assert Config.model_validate({"refund_command_words": [315]}).refund_command_words == ["315"]


def test_clock_times_are_read() -> None:
    assert Config.model_validate({"refund_quiet_start": "23:30"}).refund_quiet_start == time(23, 30)


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("关", KeywordLevel.OFF),
        ("off", KeywordLevel.OFF),
        ("谨慎", KeywordLevel.CAREFUL),
        ("careful", KeywordLevel.CAREFUL),
        ("积极", KeywordLevel.EAGER),
        (" Eager ", KeywordLevel.EAGER),
    ],
)
def test_a_keyword_level_is_read_in_both_languages(written: str, level: KeywordLevel) -> None:
    assert Config.model_validate({"refund_keywords_level": written}).refund_keywords_level is level


@pytest.mark.parametrize("written", ["maybe", "", True, 3, None])
def test_a_keyword_level_that_is_none_is_named_with_the_choices(tmp_path: Path, written: object) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("REFUND_KEYWORDS_LEVEL=…\n", encoding="utf-8")
    text = complaint(env_file, refund_keywords_level=written)
    assert f"REFUND_KEYWORDS_LEVEL 现在是 {written!r}（{env_file} 第 1 行）；改法：只能写 关、谨慎、积极" in text


def test_complaint_names_file_line_setting_and_cure(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("# 说明\nHOST=127.0.0.1\nREFUND_QUIET_START=25:99\n", encoding="utf-8")
    text = complaint(env_file, refund_quiet_start="25:99")
    assert f"REFUND_QUIET_START 现在是 '25:99'（{env_file} 第 3 行）" in text
    assert "22:00" in text


def test_complaint_names_the_environment_when_it_wins(tmp_path: Path) -> None:
    text = complaint(tmp_path / "none", {"refund_retention_days": "x"}, refund_retention_days="x")
    assert "REFUND_RETENTION_DAYS 现在是 'x'（环境变量）" in text


@pytest.mark.parametrize(
    ("name", "largest"),
    [
        ("refund_send_timeout_seconds", 120),
        ("refund_send_interval_seconds", 60),
        ("refund_send_jitter_seconds", 60),
        ("refund_retention_days", 36_500),
        ("refund_keyword_group_cooldown_seconds", 31_536_000),
        ("refund_keyword_user_cooldown_seconds", 31_536_000),
    ],
)
def test_no_number_is_allowed_that_breaks_what_is_promised(tmp_path: Path, name: str, largest: int) -> None:
    """更大的，租约先过期、到时的发不完，或清理时日子算不出来。"""
    assert getattr(Config.model_validate({name: largest}), name) == largest
    assert datetime.now(UTC) - timedelta(days=largest if name.endswith("days") else 0)
    for wrong in (largest + 1, -1, "nan", "inf"):
        assert name.upper() in complaint(tmp_path / "none", None, **{name: wrong})


def test_every_number_among_the_settings_has_both_bounds() -> None:
    for name, field in Config.model_fields.items():
        if field.annotation in (int, float):
            bounds = {type(bound).__name__ for bound in field.metadata}
            assert "Le" in bounds, name
            assert bounds & {"Ge", "Gt"}, name


def test_every_broken_setting_is_named(tmp_path: Path) -> None:
    text = complaint(tmp_path / "none", refund_retention_days=0, refund_command_words=["要 退"])
    assert "REFUND_RETENTION_DAYS" in text
    assert "中间也不能有空格" in text


def test_secrets_are_not_printed(tmp_path: Path) -> None:
    text = complaint(tmp_path / "none", refund_database_url=["postgresql://u:secret@host"])
    assert "secret" not in text
