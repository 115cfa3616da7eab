"""设了代理，本机的地址也不走它；会走的说一声。"""

import os
import urllib.request

import pytest
from launch.proxies import spare_this_machine
from websockets.proxy import get_proxy
from websockets.uri import parse_uri

LOCAL = ["ws://127.0.0.1:3001/", "ws://[::1]:3001", "http://localhost:3000", "http://127.0.0.9:3000"]
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """没有代理的环境。"""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")
    return monkeypatch


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"])
@pytest.mark.parametrize("address", LOCAL)
def test_this_machine_is_reached_directly(environment: pytest.MonkeyPatch, name: str, address: str) -> None:
    environment.setenv(name, "http://127.0.0.1:9")
    assert spare_this_machine([address], os.environ) == []
    if address.startswith("ws"):
        assert get_proxy(parse_uri(address)) is None
    else:
        assert urllib.request.proxy_bypass(address.partition("://")[2])


def test_an_unusable_socks_proxy_is_set_aside_and_said() -> None:
    given = {"ALL_PROXY": "socks5://127.0.0.1:9"}
    (said,) = spare_this_machine(LOCAL, given)
    assert "ALL_PROXY" not in given
    assert "socksio" in said


def test_a_distant_address_keeps_its_proxy_and_is_named() -> None:
    given = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "example.invalid"}
    (said,) = spare_this_machine(["ws://napcat:3001", "ws://example.invalid:1"], given)
    assert given["HTTPS_PROXY"] == "http://127.0.0.1:9"
    assert "napcat" in said
    assert "example.invalid" not in said
    assert given["NO_PROXY"].startswith("example.invalid,")


@pytest.mark.parametrize("given", [{}, {"HTTP_PROXY": ""}])
def test_without_a_proxy_nothing_changes(given: dict[str, str]) -> None:
    before = dict(given)
    assert spare_this_machine(LOCAL, given) == []
    assert given == before
