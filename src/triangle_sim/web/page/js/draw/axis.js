// Quarters along a picture's foot, labelled with years where there is room.

import { QUIET, RULE } from "./style.js";
import { shape, textWidth, words } from "./svg.js";

/**
 * The axis of quarters.
 * @param {string[]} quarters "2024Q3", ...
 * @param {{left: number, right: number, y: number, text: number}} place
 * @returns {{x: function(number): number, parts: SVGElement[], height: number}} x: where a quarter's number lies
 */
export function quarterAxis(quarters, { left, right, y, text }) {
  const steps = Math.max(quarters.length - 1, 1);
  const x = (at) => left + ((right - left) * at) / steps;
  const parts = [shape("line", { x1: left, x2: right, y1: y, y2: y, stroke: QUIET })];
  let free = -Infinity;
  quarters.forEach((quarter, at) => {
    const year = quarter.endsWith("Q1");
    parts.push(shape("line", { x1: x(at), x2: x(at), y1: y, y2: y + (year ? 7 : 3), stroke: year ? QUIET : RULE }));
    const shown = steps < 4 ? quarter : year ? quarter.slice(0, 4) : "";
    const half = textWidth(shown, text) / 2;
    if (!shown || x(at) - half < free) return;
    const anchor = x(at) + half > right + 0.6 * text ? "end" : x(at) - half < 0 ? "start" : "middle";
    parts.push(words(anchor === "end" ? x(at) + 0.5 * text : x(at), y + 7 + text, shown, { size: text, anchor }));
    free = x(at) + half + 0.6 * text;
  });
  return { x, parts, height: 1.5 * text + 7 };
}

/** Heights at which labels of one column are apart: each as near its wish as the others allow. */
export function keepApart(wishes, gap, low, high) {
  const order = wishes.map((_, at) => at).sort((a, b) => wishes[a] - wishes[b]);
  const found = wishes.map((wish) => Math.min(Math.max(wish, low), high));
  order.forEach((at, place) => {
    if (place) found[at] = Math.max(found[at], found[order[place - 1]] + gap);
  });
  let ceiling = high;
  for (const at of [...order].reverse()) {
    found[at] = Math.min(found[at], ceiling);
    ceiling = found[at] - gap;
  }
  return found;
}
