// Which triangle, quarter by quarter: the cells of one history, and the shares of many.

import { keepApart, quarterAxis } from "./axis.js";
import { perCent } from "./counts.js";
import { Fills, INK, PALE, QUIET, TYPE } from "./style.js";
import { broken, picture, shape, textWidth, words } from "./svg.js";

/**
 * One history: a cell a quarter in the look of its type (or role), named where a stretch of one kind has room for it.
 * @param {{title: string, desc: string, quarters: string[], names: string[], labels: Object<string, string>,
 *   looks?: Object<string, [string, string]>, at?: number}} data names: a type for each quarter; at: the one shown now
 * @param {{width: number, text: number}} how
 * @returns {SVGElement}
 */
export function cells(data, { width, text }) {
  const fills = new Fills();
  const looks = data.looks ?? TYPE;
  const wide = width / data.names.length;
  const tall = 2.2 * text;
  const parts = data.names.map((name, at) =>
    shape("rect", { x: at * wide, y: 4, width: wide, height: tall, fill: fills.of(looks[name] ?? [PALE, ""]),
      stroke: "#FFFFFF", "stroke-width": 1, "data-cell": name }));
  if (Number.isInteger(data.at)) {
    parts.push(shape("rect", { x: data.at * wide + 1.5, y: 2, width: Math.max(wide - 3, 3), height: tall + 4, rx: 3,
      fill: "none", stroke: INK, "stroke-width": text / 5 }));
  }
  const axis = quarterAxis(data.quarters, { left: wide / 2, right: width - wide / 2, y: tall + 10, text,
    edge: width });
  let y = tall + 10 + axis.height + 0.4 * text;
  let x = 0;
  for (const name of Object.keys(looks).filter((each) => data.names.includes(each))) {
    const label = data.labels[name] ?? name;
    const long = 1.5 * text + textWidth(label, text) + text;
    if (x > 0 && x + long > width) [x, y] = [0, y + 1.45 * text];
    parts.push(swatch(x, y, text, fills.of(looks[name])));
    parts.push(words(x + 1.4 * text, y + 0.9 * text, label, { size: text }));
    x += long;
  }
  return picture({ title: data.title, desc: data.desc, width, height: y + 1.5 * text },
    [fills.defs(), ...parts, ...axis.parts]);
}

/**
 * Many histories: stacked shares by quarter, with the names and the last quarter's per cents at their right-hand ends,
 * or below where there is no room.
 * @param {{title: string, desc: string, quarters: string[], shares: Object<string, number>[],
 *   labels: Object<string, string>, looks?: Object<string, [string, string]>, at?: number, when?: string}} data
 *   shares: of each type in each quarter; at: the quarter whose per cents are told, the last if not given
 * @param {{width: number, text: number, tall?: number}} how
 * @returns {SVGElement}
 */
export function areas(data, { width, text, tall = 10 }) {
  const fills = new Fills();
  const looks = data.looks ?? TYPE;
  const shown = [...Object.keys(looks), ...Object.keys(data.labels).filter((name) => !(name in looks))].filter((name) =>
    data.shares.some((share) => share[name] > 0));
  const told = data.shares[data.at ?? data.shares.length - 1];
  const texts = shown.map((name) => `${perCent({ value: told[name] || 0 })} ${data.labels[name] ?? name}`);
  const roomy = width > 34 * text;
  const side = roomy ? Math.max(...texts.map((each) => textWidth(each, text))) + 3 * text : 0;
  const [left, right, top] = [0.5 * text, width - side - 0.5 * text, 0.3 * text];
  const floor = top + tall * text;
  const axis = quarterAxis(data.quarters, { left, right, y: floor + 2, text });
  const y = (share) => floor - share * (floor - top);
  const parts = [];
  const below = data.quarters.map(() => 0);
  const middles = shown.map((name) => {
    const above = below.map((base, at) => base + (data.shares[at][name] || 0));
    const edge = (line) => line.map((share, at) => `${axis.x(at).toFixed(1)},${y(share).toFixed(1)}`);
    parts.push(shape("polygon", { points: [...edge(below), ...edge(above).reverse()].join(" "), "data-area": name,
      fill: fills.of(looks[name] ?? [PALE, ""]), stroke: "#FFFFFF", "stroke-width": 1 }));
    const middle = (below[below.length - 1] + above[above.length - 1]) / 2;
    above.forEach((share, at) => { below[at] = share; });
    return y(middle);
  });
  if (Number.isInteger(data.at)) {
    parts.push(shape("line", { x1: axis.x(data.at), x2: axis.x(data.at), y1: top, y2: floor, stroke: INK,
      "stroke-width": text / 5 }));
  }
  let height = floor + 2 + axis.height;
  const heights = keepApart(middles, 1.35 * text, top + 0.7 * text, floor - 0.5 * text);
  shown.forEach((name, at) => {
    if (roomy) {
      parts.push(shape("line", { x1: right + 2, y1: middles[at], x2: right + text, y2: heights[at], stroke: QUIET }));
      parts.push(swatch(right + text, heights[at] - 0.5 * text, text, fills.of(looks[name] ?? [PALE, ""])));
      parts.push(words(right + 2.4 * text, heights[at] + 0.35 * text, texts[at], { size: text }));
    } else {
      parts.push(swatch(0, height + 0.3 * text, text, fills.of(looks[name] ?? [PALE, ""])));
      const lines = broken(texts[at], text, width - 1.4 * text);
      parts.push(words(1.4 * text, height + 1.2 * text, lines, { size: text }));
      height += (0.23 + 1.22 * lines.length) * text;
    }
  });
  return picture({ title: data.title, desc: data.desc, width, height: height + 0.4 * text },
    [fills.defs(), ...parts, ...axis.parts]);
}

/** A square in the look of a category. */
export function swatch(x, y, text, fill) {
  return shape("rect", { x, y, width: text, height: text, fill, stroke: QUIET, "stroke-width": 1 });
}
