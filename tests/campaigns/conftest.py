"""短战役的公共底子：单独的进程。战役会换掉数据库的线程、复制进程，不能在别的测试旁边做。"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

Campaign = Callable[[Callable[..., Any], Sequence[int]], list[Any]]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    """``campaign(run_one, 序号)`` 跑这几次，种子是 1。"""
    folder = tmp_path_factory.mktemp("campaign")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield lambda run_one, indices: [pool.submit(run_one, folder, 1, index).result() for index in indices]
