// Futures as dots to be counted: twenty that can each be opened, and the quantile dotplot of a number.
//
// Kay, M., Kola, T., Hullman, J. & Munson, S. (2016) "When (ish) is My Bus?", CHI 2016, doi 10.1145/2858036.2858558:
// people read a chance off countable dots better than off a density.

import { END, Fills, INK, ORANGE, PALE, QUIET, inkOn } from "./style.js";
import { picture, shape, words } from "./svg.js";

/**
 * Twenty histories, a dot each, five a row; a dot that can be opened is a button.
 * @param {{title: string, desc: string, looks?: Object<string, [string, string]>, press?: function(number): void,
 *   dots: {name: string, label: string, mark?: string}[], chosen?: number}} data
 *   dots: name is the category (an ending), which gives the look; label what is read out; mark a few letters in the dot
 * @param {{width: number, text: number, columns?: number}} how
 * @returns {SVGElement}
 */
export function dots(data, { width, text, columns = 5 }) {
  const fills = new Fills();
  const looks = data.looks ?? END;
  const step = Math.min(width / columns, 3.4 * text);
  const radius = 0.42 * step;
  const parts = data.dots.map(({ name, label, mark = "" }, at) => {
    const [x, y] = [step * ((at % columns) + 0.5), step * (Math.floor(at / columns) + 0.5)];
    const look = looks[name] ?? [PALE, ""];
    const press = data.press ? () => data.press(at) : null;
    return shape(
      "g",
      press ? { role: "button", tabindex: 0, class: "press", "aria-label": label, "data-key": `dot-${at}`,
        "aria-pressed": at === data.chosen ? "true" : "false", onclick: press,
        onkeydown: (event) => [" ", "Enter"].includes(event.key) && (event.preventDefault(), press()),
      } : { "data-name": name },
      shape("title", {}, label),
      shape("circle", { cx: x, cy: y, r: radius, fill: fills.of(look), stroke: QUIET, "stroke-width": 1 }),
      at === data.chosen ? shape("circle", { cx: x, cy: y, r: radius + 2, fill: "none", stroke: ORANGE,
        "stroke-width": 0.25 * text }) : null,
      mark ? shape("circle", { cx: x, cy: y, r: 0.72 * text, fill: look[0] }) : null,
      mark ? words(x, y + 0.35 * text, mark, { size: text, anchor: "middle", bold: true, ink: inkOn(look[0]) }) : null,
    );
  });
  const height = step * Math.ceil(data.dots.length / columns);
  return picture({ title: data.title, desc: data.desc, width: Math.min(width, step * columns), height,
    pressed: Boolean(data.press) }, [fills.defs(), ...parts]);
}

/** Columns for sorted values: each takes those within `wide` of its first (Wilkinson 1999), centred on them. */
export function stacked(values, wide) {
  const found = [];
  for (let start = 0; start < values.length;) {
    let stop = start + 1;
    while (stop < values.length && values[stop] < values[start] + wide) stop += 1;
    for (let at = start; at < stop; at += 1) found.push([(values[start] + values[stop - 1]) / 2, at - start]);
    start = stop;
  }
  return found;
}

/**
 * Twenty dots of a number: the middles of twenty equal shares of the futures, on an axis.
 * @param {{title: string, desc: string, values: number[], low: number, high: number, ends: [string, string],
 *   colour?: string, mark?: {value: number, label: string}}} data values: one a future, any number of them
 * @param {{width: number, text: number}} how
 * @returns {SVGElement}
 */
export function quantileDots(data, { width: room, text }) {
  const width = Math.min(room, 30 * text);
  const sorted = [...data.values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const points = sorted.length ? Array.from({ length: 20 }, (_, at) => quantile(sorted, (at + 0.5) / 20)) : [];
  const size = Math.min(1.3 * text, width / 22);
  const [left, right] = [size, width - size];
  const x = (value) => left + ((right - left) * (value - data.low)) / (data.high - data.low);
  const columns = stacked(points, (size * (data.high - data.low)) / (right - left));
  const top = data.mark ? 1.6 * text : 4;
  const floor = top + size * (1 + Math.max(0, ...columns.map(([, height]) => height)));
  const parts = columns.map(([value, height]) =>
    shape("circle", { cx: x(value), cy: floor - size * (height + 0.5), r: 0.46 * size, fill: data.colour ?? QUIET }));
  parts.push(shape("line", { x1: left, x2: right, y1: floor + 1, y2: floor + 1, stroke: QUIET }));
  parts.push(words(0, floor + 1.4 * text, data.ends[0], { size: text }));
  parts.push(words(width, floor + 1.4 * text, data.ends[1], { size: text, anchor: "end" }));
  if (data.mark) {
    const at = x(data.mark.value);
    parts.push(shape("line", { x1: at, x2: at, y1: top, y2: floor, stroke: INK, "stroke-width": 2,
      "stroke-dasharray": "6 4" }));
    parts.push(words(at, text, data.mark.label, { size: text, bold: true,
      anchor: at < width / 3 ? "start" : at > (2 * width) / 3 ? "end" : "middle" }));
  }
  return picture({ title: data.title, desc: data.desc, width, height: floor + 1.9 * text }, parts);
}

/** A quantile of sorted values, between neighbours as NumPy does it. */
export function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}
