// Quarters along a picture's foot, labelled with years where there is room.

import { QUIET, RULE } from "./style.js";
import { shape, textWidth, words } from "./svg.js";

/**
 * The axis of quarters.
 * @param {string[]} quarters "2024Q3", ...
 * @param {{left: number, right: number, y: number, text: number, edge?: number}} place edge: no letter beyond it
 * @returns {{x: function(number): number, parts: SVGElement[], height: number}} x: where a quarter's number lies
 */
export function quarterAxis(quarters, { left, right, y, text, edge = right + 0.6 * text }) {
  const steps = Math.max(quarters.length - 1, 1);
  const x = (at) => left + ((right - left) * at) / steps;
  const parts = [shape("line", { x1: left, x2: right, y1: y, y2: y, stroke: QUIET })];
  const begins = (quarter) => quarter.endsWith("Q1");
  quarters.forEach((quarter, at) => parts.push(shape("line", { x1: x(at), x2: x(at), y1: y,
    y2: y + (begins(quarter) ? 7 : 3), stroke: begins(quarter) ? QUIET : RULE })));
  const each = quarters.map((quarter, at) => [at, quarter]);
  const years = each.filter(([, quarter]) => begins(quarter)).map(([at, quarter]) => [at, quarter.slice(0, 4)]);
  const last = quarters.length - 1;
  // One year says no scale: then quarters, those at the ends first.
  const wanted = years.length > 1 ? years : [each[0], ...(last ? [each[last]] : []), ...each.slice(1, -1)];
  const taken = [];
  for (const [at, shown] of wanted) {
    const wide = textWidth(shown, text);
    const from = Math.max(0, Math.min(x(at) - wide / 2, edge - wide));
    if (taken.some(([low, high]) => from < high + 0.6 * text && from + wide + 0.6 * text > low)) continue;
    taken.push([from, from + wide]);
    parts.push(words(from + wide / 2, y + 7 + text, shown, { size: text, anchor: "middle" }));
  }
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
