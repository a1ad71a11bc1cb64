"""A picture of figures: one horizontal bar each, as SVG, without a library and the same for the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, LEFT, ROW, TOP = 760, 290, 30, 44  # pixels
BLUE, GREY = "#1f4e79", "#9aa5b1"


def bars(title: str, figures: Sequence[tuple[str, float, str]], first: int = 1) -> str:
    """Bars of (name, length, what stands beside it) below a title; the `first` of them are ours and stand out."""
    most = max((length for _, length, _ in figures), default=0.0) or 1.0
    room = WIDTH - LEFT - 110
    size = f'width="{WIDTH}" height="{TOP + ROW * len(figures) + 10}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="12" y="26" font-size="16" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, length, said) in enumerate(figures):
        y, long = TOP + ROW * number, max(1.0, room * length / most)
        lines += [
            f'<text x="{LEFT - 10}" y="{y + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="20" fill="{BLUE if number < first else GREY}"/>',
            f'<text x="{LEFT + long + 8:.1f}" y="{y + 15}">{escape(said)}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"
