// How may it go: bands that hold half of the futures and nine in ten of them, and the median, by quarter; several fans
// (two theories, with you and without) and single paths over them.

import { keepApart, quarterAxis } from "./axis.js";
import { BLUE, INK, RULE, mixed } from "./style.js";
import { broken, picture, shape, textWidth, words } from "./svg.js";

const bounded = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * @param {{title: string, desc: string, quarters: string[], low: number, high: number, ends: [string, string],
 *   fans: {label: string, colour?: string, dash?: string,
 *     bands: {q05: number, q25: number, q50: number, q75: number, q95: number}[]}[],
 *   paths?: {label: string, colour?: string, dash?: string, values: number[]}[],
 *   at?: number, marks?: {at: number, label: string}[]}} data
 *   low, high: the whole scale, with what its ends mean; the fan drawn first lies lowest; at: a quarter to mark
 * @param {{width: number, text: number, tall?: number}} how tall: height of the field in letters
 * @returns {SVGElement}
 */
export function fan(data, { width, text, tall = 11 }) {
  const roomy = width > 32 * text;
  const named = [...data.fans, ...(data.paths ?? [])];
  const side = roomy ? Math.min(Math.max(...named.map(({ label }) => textWidth(label, text, true))), width / 3) : 0;
  const key = roomy ? 0 : 1.4 * text * named.filter(({ label }) => label).length;
  const marked = data.marks?.length ? 1.7 * text : 0;
  const [left, right, top] = [0.9 * text, width - side - (side ? 1.2 * text : 0.9 * text), key + 1.6 * text + marked];
  const floor = top + tall * text;
  const axis = quarterAxis(data.quarters, { left, right, y: floor + 1.6 * text, text });
  const share = (value) => (bounded(value, data.low, data.high) - data.low) / (data.high - data.low);
  const y = (value) => floor - share(value) * (floor - top);
  const along = (values) => values.map((value, at) => `${axis.x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const parts = [];
  for (const value of [data.low, (data.low + data.high) / 2, data.high]) {
    parts.push(shape("line", { x1: left, x2: right, y1: y(value), y2: y(value), stroke: RULE }));
  }
  data.fans.forEach(({ colour = BLUE, dash = null, bands }, order) => {
    const opacity = data.fans.length > 1 ? 0.75 : 1;
    for (const [lower, upper, white] of [["q05", "q95", 0.72], ["q25", "q75", 0.4]]) {
      const edge = [...along(bands.map((band) => band[lower])), ...along(bands.map((band) => band[upper])).reverse()];
      parts.push(shape("polygon", { points: edge.join(" "), fill: mixed(colour, white), opacity,
        "data-band": `${order}-${lower}` }));
    }
    parts.push(shape("polyline", { points: along(bands.map(({ q50 }) => q50)).join(" "), fill: "none",
      stroke: mixed(colour, 0.3, "#000000"), "stroke-width": text / 6, "stroke-dasharray": dash }));
  });
  for (const { colour = INK, dash = null, values } of data.paths ?? []) {
    parts.push(shape("polyline", { points: along(values).join(" "), fill: "none", stroke: "#FFFFFF",
      "stroke-width": text / 2.5 }));
    parts.push(shape("polyline", { points: along(values).join(" "), fill: "none", stroke: colour,
      "stroke-width": text / 4.5, "stroke-dasharray": dash, "data-path": "" }));
  }
  for (const { at, label } of data.marks ?? []) {
    parts.push(shape("line", { x1: axis.x(at), x2: axis.x(at), y1: top, y2: floor, stroke: INK,
      "stroke-dasharray": "2 4" }));
    const half = textWidth(label, text) / 2;
    const centre = bounded(axis.x(at), half, width - half);
    parts.push(words(centre, top - 1.9 * text, label, { size: text, anchor: "middle" }));
  }
  if (Number.isInteger(data.at)) {
    parts.push(shape("line", { x1: axis.x(data.at), x2: axis.x(data.at), y1: top, y2: floor, stroke: INK,
      "stroke-width": 2 }));
  }
  parts.push(words(left, top - 0.5 * text, data.ends[1], { size: text }));
  parts.push(words(left, floor + 1.15 * text, data.ends[0], { size: text }));
  parts.push(...axis.parts, ...naming(data, { roomy, right, side, text, top: top - 1.6 * text, floor, y }));
  return picture({ title: data.title, desc: data.desc, width, height: floor + 1.6 * text + axis.height }, parts);
}

/** Names of fans and paths: at their right-hand ends where there is room, else above the field, each with its line. */
function naming(data, { roomy, right, side, text, top, floor, y }) {
  const each = [
    ...data.fans.map(({ label, colour = BLUE, dash, bands }) =>
      ({ label, dash, colour: mixed(colour, 0.3, "#000000"), end: bands[bands.length - 1].q50 })),
    ...(data.paths ?? []).map(({ label, colour = INK, dash, values }) =>
      ({ label, dash, colour, end: values[values.length - 1] })),
  ].filter(({ label }) => label);
  if (!roomy) {
    return each.flatMap(({ label, colour, dash }, at) => [
      shape("line", { x1: 0, x2: 2.4 * text, y1: (0.75 + 1.4 * at) * text, y2: (0.75 + 1.4 * at) * text, stroke: colour,
        "stroke-width": text / 5, "stroke-dasharray": dash }),
      words(2.8 * text, (1.1 + 1.4 * at) * text, label, { size: text, bold: true }),
    ]);
  }
  const lines = each.map(({ label }) => broken(label, text, side, { bold: true, lines: 2 }));
  const most = Math.max(1, ...lines.map((list) => list.length));
  const heights = keepApart(each.map(({ end }) => y(end)), 1.3 * most * text, top + text, floor - 0.3 * text);
  return each.flatMap(({ colour, end }, at) => [
    shape("line", { x1: right + 2, y1: y(end), x2: right + 0.9 * text, y2: heights[at], stroke: colour,
      "stroke-width": text / 9 }),
    words(right + 1.2 * text, heights[at] + 0.35 * text, lines[at], { size: text, bold: true, ink: colour }),
  ]);
}
