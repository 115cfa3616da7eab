"""一张卡片要画多久：热着的排版，旁边是无界面 Chromium 画同样的字（这台机器上有的话）。

画的是 ``docs/gallery/cards.json`` 里的浅色卡片，每轮都添上没见过的几个字，不吃“画过的不再画”的便宜；
一张的时间取各轮中位数，一种卡片取各张的中位数，最后取各种卡片的中位数：
七种卡片各算一份，画廊里哪种多些不影响。Chromium 也是热着的同一个页面：同样宽、同样清楚、同样的字和字体，
从换内容到拿到 PNG。

用法：``uv run python benchmarks/render.py``。中位数不超过目标时退出码为 0，否则为 1。
"""

import argparse
import base64
import html
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import table
from nonebot_plugin_refund.render.glyphs import FONT_FOLDER
from nonebot_plugin_refund.render.pictures import CARD_WIDTH
from nonebot_plugin_refund.render.typesetting import CARD_PPI, Typesetter

TARGET_MILLISECONDS = 10.0
GALLERY = Path(__file__).parent.parent / "docs" / "gallery" / "cards.json"
BROWSERS = ("chromium", "chromium-headless-shell", "google-chrome", "chrome")
Card = dict[str, Any]
Draw = Callable[[Card], bytes]


def main(arguments: Sequence[str] | None = None) -> int:
    """跑一遍，印出表。返回进程退出码。"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="只看跑不跑得通")
    quick = parser.parse_args(arguments).quick
    cards = gallery_cards()
    ours = measure(typesetting(), cards, rounds=2 if quick else 21)
    theirs = {}
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is not None:
        with chromium(browser) as draw:
            theirs = measure(draw, cards, rounds=2 if quick else 7)
    sys.stdout.write(report(cards, ours, theirs))
    return 0 if quick or statistics.median(by_kind(cards, ours).values()) <= TARGET_MILLISECONDS else 1


def gallery_cards() -> dict[str, Card]:
    """画廊里的浅色卡片，按文件名。"""
    entries = json.loads(GALLERY.read_text(encoding="utf-8"))
    return {entry["file"]: entry["card"] for entry in entries if entry["theme"] == "light"}


def measure(draw: Draw, cards: dict[str, Card], rounds: int) -> dict[str, float]:
    """每张卡片画一次的毫秒数：先各画一遍热身，再轮流画，取中位数。"""
    taken: dict[str, list[float]] = {name: [] for name in cards}
    for number in range(rounds + 1):
        for name, card in cards.items():
            fresh = renewed(card, f"{number}号")
            began = time.perf_counter()
            draw(fresh)
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


def renewed(data: Any, mark: str) -> Any:
    """同一张卡片，标题和最长的几段话添上几个字：没画过的内容。"""
    if isinstance(data, dict):
        return {key: value if key in ("kind", "tone") else renewed(value, mark) for key, value in data.items()}
    if isinstance(data, list):
        return [renewed(value, mark) for value in data]
    return f"{data}{mark}" if isinstance(data, str) and len(data) > 4 else data


def typesetting() -> Draw:
    """我们的画法。"""
    typesetter = Typesetter()
    return lambda card: typesetter.png("card", {"theme": "light", "card": card})


@contextmanager
def chromium(program: str) -> Iterator[Draw]:
    """一个开着的无界面 Chromium，经调试接口换内容、截图。"""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with connect(_address(Path(folder)), max_size=None) as socket:
                yield _Page(socket).draw
        finally:
            process.terminate()
            process.wait(10)


def _address(folder: Path) -> str:
    deadline = time.monotonic() + 30
    port = folder / "DevToolsActivePort"
    while not (port.is_file() and len(port.read_text().split()) == 2):
        if time.monotonic() > deadline:
            raise RuntimeError("Chromium 没有起来")
        time.sleep(0.1)
    number, path = port.read_text().split()
    return f"ws://127.0.0.1:{number}{path}"


class _Page:
    """浏览器里的一页。"""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self._session: str | None = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        scale = CARD_PPI / 72
        self._call(
            "Emulation.setDeviceMetricsOverride", width=CARD_WIDTH, height=100, deviceScaleFactor=scale, mobile=False
        )
        self._frame = self._call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self._call("Page.setDocumentContent", frameId=self._frame, html=_document())
        self._evaluate(
            "document.fonts.load('15px Sans').then(() => document.fonts.load('bold 15px Sans')).then(() => 1)"
        )

    def draw(self, card: Card) -> bytes:
        """换上一张卡片的内容，截下来。"""
        body = json.dumps(_body(card), ensure_ascii=False)
        height = self._evaluate(f"document.body.innerHTML = {body}; document.documentElement.offsetHeight")
        clip = {"x": 0, "y": 0, "width": CARD_WIDTH, "height": height, "scale": 1}
        shot = self._call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def _evaluate(self, expression: str) -> Any:
        answer = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters, **session}))
        while True:
            answer = json.loads(self._socket.recv(timeout=30))
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}：{answer['error']['message']}")
                return answer["result"]


def _document() -> str:
    faces = "".join(
        f"@font-face {{font-family: Sans; font-weight: {weight}; src: url(data:font/ttf;base64,{data})}}"
        for weight, data in (
            (name, base64.b64encode((FONT_FOLDER / f"NotoSansSC-{file}.ttf").read_bytes()).decode())
            for name, file in (("normal", "Regular"), ("bold", "Bold"))
        )
    )
    return (
        f"<!doctype html><meta charset=utf-8><style>{faces} body {{margin: 0; padding: 14px; background: #f2f4f7;"
        " font: 15px/1.42 Sans; color: #1b2430; overflow-wrap: anywhere}"
        " div {background: #fff; border-radius: 10px; padding: 12px 14px; margin-bottom: 10px}"
        " div:first-child {background: #1f5fbf; color: #fff; font-weight: bold}</style>"
    )


def _body(data: Any) -> str:
    """同样的字，一段一块；不求一模一样，只求画的东西一样多。"""
    if isinstance(data, dict):
        kept = (value for key, value in data.items() if key not in ("kind", "tone"))
        return "".join(f"<div>{_lines(value)}</div>" for value in kept if value)
    return _lines(data)


def _lines(data: Any) -> str:
    if isinstance(data, (dict, list)):
        return "".join(_lines(value) for value in (data.values() if isinstance(data, dict) else data))
    return f"<p style='margin: 0 0 8px'>{html.escape(data)}</p>" if isinstance(data, str) else ""


def by_kind(cards: dict[str, Card], taken: dict[str, float]) -> dict[str, float]:
    """每种卡片的中位数。"""
    kinds = dict.fromkeys(card["kind"] for card in cards.values())
    return {
        kind: statistics.median(taken[name] for name, card in cards.items() if card["kind"] == kind) for kind in kinds
    }


def report(cards: dict[str, Card], ours: dict[str, float], theirs: dict[str, float]) -> str:
    """按种类的中位数，单位毫秒。"""
    own, other = by_kind(cards, ours), by_kind(cards, theirs) if theirs else {}
    own["各种的中位数"] = statistics.median(own.values())
    if other:
        other["各种的中位数"] = statistics.median(other.values())
    rows = [
        [kind, f"{value:.1f}", *([f"{other[kind]:.1f}", f"{other[kind] / value:.1f}"] if other else [])]
        for kind, value in own.items()
    ]
    header = ["卡片", "typst 毫秒", *(["Chromium 毫秒", "倍数"] if other else [])]
    missing = "" if other else "没有找到 Chromium，没有比较。\n"
    return f"{table(header, rows)}\n{missing}目标：各种的中位数不超过 {TARGET_MILLISECONDS:g} 毫秒\n"


if __name__ == "__main__":
    sys.exit(main())
