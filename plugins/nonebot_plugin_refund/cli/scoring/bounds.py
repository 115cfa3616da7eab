"""要求：``--minimum options.recorded=0.94``、``--maximum options.wrong=0.01``。"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ..output import fail


def broken_bounds(result: Mapping[str, Any], minima: Sequence[str], maxima: Sequence[str]) -> list[str]:
    """没达到的要求，各一句话；写错了、没有这个数的说清楚并以退出码 2 结束。"""
    figures = dict(_figures("", result))
    broken: list[str] = []
    for name, bound in (_bound(written, figures) for written in minima):
        if figures[name] < bound:
            broken.append(f"{name} 是 {figures[name]:.4f}，没到 {bound:g}")
    for name, bound in (_bound(written, figures) for written in maxima):
        if figures[name] > bound:
            broken.append(f"{name} 是 {figures[name]:.4f}，超过了 {bound:g}")
    return broken


def _bound(written: str, figures: Mapping[str, float]) -> tuple[str, float]:
    name, _, value = written.partition("=")
    if name not in figures:
        fail(f"没有“{name}”这个数；有：{'、'.join(figures)}")
    try:
        return name, float(value)
    except ValueError:
        fail(f"要求应写成 {name}=0.9 的样子，收到的是“{written}”")


def _figures(prefix: str, result: Mapping[str, Any]) -> list[tuple[str, float]]:
    """结果里全部的数，名字一层层用点连起来；细分的不算。"""
    found: list[tuple[str, float]] = []
    for key, value in result.items():
        if isinstance(value, dict) and key != "parts":
            found += _figures(f"{prefix}{key}.", cast("dict[str, Any]", value))
        elif isinstance(value, int | float):
            found.append((f"{prefix}{key}", float(value)))
    return found
