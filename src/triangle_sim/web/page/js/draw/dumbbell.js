// With and without: in each row two values on one scale, joined by a line, each with its interval.

import { BLUE, INK, QUIET, RULE } from "./style.js";
import { broken, picture, shape, textWidth, words } from "./svg.js";

/**
 * @param {{title: string, desc: string, low?: number, high?: number, ends?: [string, string],
 *   sides: [{label: string, colour?: string}, {label: string, colour?: string}],
 *   rows: {label: string, note?: string, values: [Share, Share]}[]}} data
 *   sides: what is compared, the reference first (a hollow mark); Share: {value, low, high, said} with `said` as
 *   the row's words for it ("7 in 20"); low and high: the scale, 0 to 1 if not given
 * @param {{width: number, text: number}} how
 * @returns {SVGElement}
 */
export function dumbbell(data, { width, text }) {
  const [low, high] = [data.low ?? 0, data.high ?? 1];
  const colours = data.sides.map(({ colour }, at) => colour ?? [QUIET, BLUE][at]);
  const [left, right] = [0.8 * text, width - 0.8 * text];
  const x = (value) => left + ((right - left) * (Math.min(Math.max(value, low), high) - low)) / (high - low);
  const parts = [];
  let y = 0;
  let across = 0;
  data.sides.forEach(({ label }, at) => {
    const wide = 2 * text + textWidth(label, text, true) + text;
    if (across > 0 && across + wide > width) [across, y] = [0, y + 1.5 * text];
    parts.push(mark(across + 0.6 * text, y + 0.8 * text, 0.45 * text, colours[at], at === 0));
    parts.push(words(across + 1.5 * text, y + 1.15 * text, label, { size: text, bold: true }));
    across += wide;
  });
  y += 2.1 * text;
  for (const { label, note = "", values } of data.rows) {
    const lines = broken(label, text, width, { bold: true, lines: 3 });
    parts.push(words(0, y + text, lines, { size: text, bold: true }));
    y += lines.length * 1.22 * text + 0.9 * text;
    parts.push(shape("line", { x1: left, x2: right, y1: y, y2: y, stroke: RULE, "stroke-width": 2 }));
    parts.push(shape("line", { x1: x(values[0].value), x2: x(values[1].value), y1: y, y2: y, stroke: colours[1],
      "stroke-width": text / 3, "data-join": label }));
    values.forEach((share, at) => {
      const lane = y + (at ? 0.25 : -0.25) * text;
      if (Number.isFinite(share.low)) {
        parts.push(shape("path", { d: `M${x(share.low)},${lane} H${x(share.high)} M${x(share.low)},${lane - 4} v8 ` +
          `M${x(share.high)},${lane - 4} v8`, stroke: at ? colours[1] : INK, "stroke-width": 2, fill: "none" }));
      }
    });
    values.forEach((share, at) => parts.push(mark(x(share.value), y, 0.45 * text, colours[at], at === 0)));
    y += 0.7 * text;
    const said = values.map((share, at) => `${data.sides[at].label}: ${share.said}`);
    const one = `${said[0]} · ${said[1]}${note ? ` · ${note}` : ""}`;
    const told = textWidth(one, text) <= width ? [one] : [...said, note].filter(Boolean).flatMap((each) =>
      broken(each, text, width));
    parts.push(words(0, y + text, told, { size: text }));
    y += told.length * 1.22 * text + 1.1 * text;
  }
  if (data.ends) {
    parts.push(words(0, y + 0.4 * text, data.ends[0], { size: text }));
    parts.push(words(width, y + 0.4 * text, data.ends[1], { size: text, anchor: "end" }));
    y += text;
  }
  return picture({ title: data.title, desc: data.desc, width, height: y }, parts);
}

/** A round mark, hollow for the reference. */
const mark = (x, y, r, colour, hollow) =>
  shape("circle", { cx: x, cy: y, r, fill: hollow ? "#FFFFFF" : colour, stroke: colour, "stroke-width": r / 2.2 });
