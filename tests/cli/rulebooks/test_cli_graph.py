"""``refund graph`` 与 ``refund maps``：三种画法，缺东西时说清楚怎么补。"""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from nonebot_plugin_refund.cli import app
from tests.cli.command import refund


def test_mermaid_shows_rules_of_other_times_and_the_current_length_first() -> None:
    ran = refund("graph", "paid-content")

    assert ran.code == 0
    assert "rule_series_late_before_2025_05" in ran.out
    assert "调解期限 60 天（2026-04-14 及以前起算的 45 个工作日）" in ran.out


def test_svg_goes_to_stdout_and_is_well_formed() -> None:
    ran = refund("graph", "contact", "--format", "svg")

    assert ran.code == 0
    assert ElementTree.fromstring(ran.out).tag.endswith("svg")


def test_png_goes_to_stdout_as_bytes() -> None:
    result = CliRunner().invoke(app, ["graph", "contact", "--format", "png"])

    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\x89PNG")


def test_maps_draws_every_scenario_into_the_folder(tmp_path: Path) -> None:
    ran = refund("maps", "--output", str(tmp_path / "maps"))

    assert ran.code == 0
    assert len(list((tmp_path / "maps").glob("*.svg"))) == 7


def test_without_the_layout_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)

    ran = refund("graph", "contact", "--format", "svg")

    assert ran.code == 2
    assert "[maps]" in ran.err
