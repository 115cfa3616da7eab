"""手册测试共用的夹具。"""

from pathlib import Path

import pytest

from tests.rulebook.small_book import PlantedBook


@pytest.fixture
def book(tmp_path: Path) -> PlantedBook:
    """小手册的一份副本。"""
    return PlantedBook.copied_to(tmp_path)
