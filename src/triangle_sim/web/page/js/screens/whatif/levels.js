// One measure under several settings, side by side for each theory: bars with intervals and their numbers.

import { INK, QUIET, RULE, mixed } from "../../draw/style.js";
import { broken, picture, shape, textWidth, words } from "../../draw/svg.js";

/**
 * @param {{title: string, desc: string, low: number, high: number, ends: [string, string],
 *   rows: {label: string, strong?: boolean, bars: {label: string, colour: string, value: number, low: number,
 *     high: number, said: string}[]}[]}} data
 *   low, high: the scale, with what its ends are called; rows: one a setting, bars: one a theory
 * @param {{width: number, text: number}} how
 * @returns {SVGElement}
 */
export function levels(data, { width, text }) {
  const bars = data.rows.flatMap((row) => row.bars);
  const widest = (of, bold) => Math.max(0, ...bars.map((bar) => textWidth(of(bar), text, bold)));
  const left = widest(({ label }) => label) + 0.7 * text;
  const told = widest(({ said }) => said, true) + 0.8 * text;
  const under = width - left - told < 7 * text;
  const right = Math.max(width - (under ? 0.5 * text : told), left + 2 * text);
  const share = (value) => (Math.min(Math.max(value, data.low), data.high) - data.low) / (data.high - data.low || 1);
  const x = (value) => left + (right - left) * share(value);
  const zero = x(Math.min(Math.max(0, data.low), data.high));
  const parts = [];
  let y = 0;
  for (const { label, strong = false, bars: own } of data.rows) {
    const lines = broken(label, text, width, { bold: strong, lines: 3 });
    parts.push(words(0, y + text, lines, { size: text, bold: strong, ink: strong ? INK : QUIET }));
    y += lines.length * 1.22 * text + 0.35 * text;
    const top = y;
    for (const bar of own) {
      parts.push(words(0, y + 0.95 * text, bar.label, { size: text }));
      parts.push(shape("rect", { x: Math.min(zero, x(bar.value)), y: y + 0.1 * text, height: text,
        width: Math.max(Math.abs(x(bar.value) - zero), 1.5), fill: strong ? bar.colour : mixed(bar.colour, 0.55),
        stroke: bar.colour, "stroke-dasharray": strong ? null : "4 3", "data-level": bar.label }));
      if (Number.isFinite(bar.low)) {
        parts.push(shape("path", { d: `M${x(bar.low)},${y + 0.6 * text} H${x(bar.high)} ` +
          `M${x(bar.low)},${y + 0.35 * text} v${0.5 * text} M${x(bar.high)},${y + 0.35 * text} v${0.5 * text}`,
        stroke: INK, "stroke-width": 2, fill: "none" }));
      }
      const after = Math.max(x(bar.value), Number.isFinite(bar.high) ? x(bar.high) : 0) + 0.5 * text;
      if (under) parts.push(words(left, y + 2.15 * text, bar.said, { size: text, bold: strong }));
      else parts.push(words(after, y + 0.95 * text, bar.said, { size: text, bold: strong }));
      y += under ? 2.6 * text : 1.35 * text;
    }
    parts.push(shape("line", { x1: zero, x2: zero, y1: top, y2: y, stroke: RULE, "stroke-width": 2 }));
    y += 0.5 * text;
  }
  const both = textWidth(data.ends[0], text) + text + textWidth(data.ends[1], text);
  const start = Math.max(0, Math.min(left, width - both));
  parts.push(words(start, y + text, data.ends[0], { size: text, ink: QUIET }));
  parts.push(words(Math.max(right, start + both), y + text, data.ends[1], { size: text, ink: QUIET, anchor: "end" }));
  return picture({ title: data.title, desc: data.desc, width, height: y + 1.5 * text }, parts);
}
