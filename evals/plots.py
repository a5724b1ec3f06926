"""The plots of the report as SVG: text stays text, its colour is the page's, the same figures give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CORRECT, WRONG, MISSED, PLAIN = "#3a9e6b", "#d4574e", "#c9a227", "#4f86c6"
INK = "#123456"
"""Stands for the colour of the page's text, which is filled in afterwards: dark on light, light on dark."""
WIDTH_INCHES = 4.8
ROW_INCHES = 0.27
LONGEST_LABEL = 34

_STYLE: dict[Any, object] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 8.5,
    "text.parse_math": False,  # a policy's name may hold a dollar sign
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "legend.frameon": False,
}

Row = tuple[str, Mapping[str, float]]
"""A label and its figures: n, and the shares correct, wrong and missed."""


def shares_plot(name: str, rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    """A bar a row, cut into correct, wrong and missed; `labels` names these."""
    with _style(name):
        figure, axes = _figure(len(rows))
        for place, (_, row) in enumerate(rows):
            start = 0.0
            for verdict, colour in (("correct", CORRECT), ("missed", MISSED), ("wrong", WRONG)):
                axes.barh(place, row[verdict], left=start, color=colour, height=0.7)
                start += row[verdict]
        _rows_axis(axes, [f"{_short(label)} ({row['n']:.0f})" for label, row in rows])
        _share_axis(axes)
        axes.legend(
            [Patch(color=colour) for colour in (CORRECT, MISSED, WRONG)],
            [labels["correct"], labels["missed"], labels["wrong"]],
            loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handlelength=1,
        )  # fmt: skip
        return _svg(figure)


def before_after_plot(name: str, rows: Sequence[tuple[str, float, float]], labels: tuple[str, str]) -> str:
    """A line a row from the earlier share to the later one."""
    with _style(name):
        figure, axes = _figure(len(rows))
        for place, (_, before, after) in enumerate(rows):
            colour = CORRECT if after > before else WRONG if after < before else INK
            axes.plot([before, after], [place, place], color=colour, linewidth=2)
            axes.plot(before, place, "o", markerfacecolor="none", markeredgecolor=colour, markersize=6, clip_on=False)
            axes.plot(after, place, "o", color=colour, markersize=6, clip_on=False)
        _rows_axis(axes, [_short(label) for label, _, _ in rows])
        _share_axis(axes)
        hollow = Line2D([], [], marker="o", linestyle="", markerfacecolor="none", markeredgecolor=INK)
        full = Line2D([], [], marker="o", linestyle="", color=INK)
        axes.legend([hollow, full], labels, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        return _svg(figure)


def calibration_plot(name: str, bins: Sequence[tuple[float, int, float, float]], labels: Mapping[str, str]) -> str:
    """By relevance of the best passage: how often silence was due and how often it was kept.

    `bins`: the middle of each, its number of cases, the share due and the share kept.
    """
    with _style(name):
        figure = Figure(figsize=(WIDTH_INCHES, 2.9), layout="constrained")
        axes = figure.subplots()
        middles = [middle for middle, _, _, _ in bins]
        most = max((count for _, count, _, _ in bins), default=1)
        axes.bar(middles, [count / most for _, count, _, _ in bins], width=0.08, color=INK, alpha=0.15)
        axes.plot(middles, [due for _, _, due, _ in bins], "o--", color=PLAIN, label=labels["due"])
        axes.plot(middles, [kept for _, _, _, kept in bins], "o-", color=WRONG, label=labels["kept"])
        axes.set_xlabel(labels["relevance"])
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.03, 1.05)
        axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
        return _svg(figure)


def spread_plot(name: str, values: Sequence[float], marks: Mapping[str, float], label: str) -> str:
    """How values spread: which share of them is at most so much, with marks by name."""
    with _style(name):
        figure = Figure(figsize=(WIDTH_INCHES, 2.4), layout="constrained")
        axes = figure.subplots()
        ordered = sorted(values)
        steps = [(number + 1) / len(ordered) for number in range(len(ordered))]
        axes.step(ordered, steps, where="post", color=PLAIN, linewidth=1.8)
        for mark, value in marks.items():
            axes.axvline(value, color=INK, linewidth=0.8, linestyle=":")
            axes.text(value, 0.04, f" {mark}: {value:.0f}", rotation=90, va="bottom", ha="left")
        axes.set_xlabel(label)
        axes.set_xlim(left=0)
        axes.set_ylim(0, 1.03)
        axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        return _svg(figure)


def _style(name: str) -> AbstractContextManager[None]:
    """The style of all plots; the ids within a drawing follow from its name."""
    return mpl.rc_context(_STYLE | {"svg.hashsalt": name})


def _figure(rows: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH_INCHES, 0.75 + ROW_INCHES * max(rows, 1)), layout="constrained")
    return figure, figure.subplots()


def _rows_axis(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _share_axis(axes: Axes) -> None:
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _svg(figure: Figure) -> str:
    """The drawing alone, without a size or style of its own: it fits the room that it gets."""
    target = io.StringIO()
    FigureCanvasSVG(figure)
    figure.savefig(target, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    drawing = target.getvalue()
    drawing = re.sub(r"<style.*?</style>", "", drawing[drawing.index("<svg") :], flags=re.DOTALL)
    opening, rest = drawing.split(">", 1)
    return re.sub(r' (?:width|height)="[^"]*"', "", opening) + ">" + rest.replace(INK, "currentColor")
