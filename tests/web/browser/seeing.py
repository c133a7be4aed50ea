"""What the eye meets on a page: letters that stand out from what is behind them, and do not run into one another."""

from __future__ import annotations

from typing import Any

LEAST, LEAST_LARGE = 4.5, 3.0
"""Contrast of text, and of large text, that WCAG 2.2 asks for (1.4.3, level AA)."""

# Each text with the least contrast that it has with anything behind it. In a picture that is the last shape drawn
# before it at each of fifteen points of its box: a shape's fill or its stroke, all colours of a hatch, else the page.
COLOURS = """() => {
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const solid = (text) => { const [r, g, b, a = 1] = numbers(text); return a === 1 ? [r, g, b] : null; };
  const holding = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const background = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(background)) return solid(background);
    }
    return [255, 255, 255];
  };
  const bright = (rgb) => rgb.map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => {
    const [high, low] = [bright(one), bright(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const painted = (paint, svg) => {
    const pattern = paint.match(/url\\("?#([^")]+)/);
    if (!pattern) return paint === "none" ? [] : [solid(paint)];
    return [...svg.querySelector(`#${pattern[1]}`).children].map((each) => getComputedStyle(each))
      .flatMap(({ fill, stroke }) => [fill, stroke]).filter((each) => each !== "none").map(solid);
  };
  const shapesOf = new Map();
  const under = (text, x, y) => {
    const svg = text.ownerSVGElement;
    if (!shapesOf.has(svg)) {
      shapesOf.set(svg, [...svg.querySelectorAll("rect, circle, line, path, polygon, polyline")]
        .filter((each) => !each.closest("defs")).reverse());
    }
    for (const shape of shapesOf.get(svg)) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const { fill, stroke } = getComputedStyle(shape);
      const point = new DOMPoint(x, y);
      if (stroke !== "none" && shape.isPointInStroke(point)) return painted(stroke, svg);
      if (fill !== "none" && shape.isPointInFill(point)) return painted(fill, svg);
    }
    return [holding(svg.parentElement)];
  };
  const behind = (holder) => {
    const text = holder.closest("svg text");
    if (!text) return [holding(holder)];
    const { x, y, width, height } = holder.getBBox();
    const grid = [0.02, 0.25, 0.5, 0.75, 0.98].flatMap((across) => [0.3, 0.5, 0.75].map((down) => [across, down]));
    return grid.flatMap(([across, down]) => under(text, x + across * width, y + down * height));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const said = walker.currentNode.textContent.trim();
    if (!said || holder.closest("script, noscript, title, desc, option, .unseen, .skip")) continue;
    if (!holder.checkVisibility() || holder.closest("button:disabled")) continue; // what cannot be pressed may be pale
    const { color, fill, fontSize, fontWeight } = getComputedStyle(holder);
    const ink = solid(holder.closest("svg") ? fill : color);
    const size = parseFloat(fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
    const worst = Math.min(...behind(holder).map((each) => (each ? ratio(ink, each) : 0)));
    found.push([worst, large, said.slice(0, 60), Boolean(holder.closest("svg"))]);
  }
  return found;
}"""

# Of each picture: pairs of lines of text that share a place or run into one another for want of a gap, and letters
# beyond its edge. A line's box is that of its letters without the room above and below them.
TOUCHING = """() => [...document.querySelectorAll("svg.drawn")].flatMap((svg) => {
  if (!svg.checkVisibility()) return [];
  const edge = svg.getBoundingClientRect();
  const lines = [...svg.querySelectorAll("tspan")].filter((each) => each.textContent.trim()).map((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    const spare = 0.14 * (bottom - top);
    return { text: each.textContent, left, right, top: top + spare, bottom: bottom - spare };
  });
  const gap = 4;
  const touch = (a, b) => a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom && b.top < a.bottom;
  const name = svg.querySelector("title").textContent;
  return [
    ...lines.flatMap((one, at) => lines.slice(at + 1).filter((other) => touch(one, other))
      .map((other) => [name, one.text, other.text])),
    ...lines.filter((each) => each.left < edge.left - 1 || each.right > edge.right + 1 || each.top < edge.top - 1
      || each.bottom > edge.bottom + 1).map((each) => [name, each.text, "the edge"]),
  ];
})"""


def legible(page: Any) -> None:
    """Every text, in pictures too, stands out from all that is behind it."""
    found = page.evaluate(COLOURS)
    assert found
    pale = [each for each in found if each[0] < (LEAST_LARGE if each[1] else LEAST)]
    assert not pale, sorted(pale)[:5]


def apart(page: Any) -> None:
    """In no picture do letters lie on one another or beyond its edge."""
    touching = page.evaluate(TOUCHING)
    assert not touching, touching[:5]
