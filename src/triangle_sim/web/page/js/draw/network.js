// Who is with whom: the countries as a ring (a pentagon of five), every tie between the rims of two of them, so that
// none hides behind a node; names outside the ring.

import { COUNTRY, INK, ORANGE, QUIET, inkOn, signed, tieLook } from "./style.js";
import { broken, picture, shape, textWidth, words } from "./svg.js";

/** Clockwise from the top: the triangle of the question on top, the allies in the south below it. */
const ORDER = ["PRK", "RUS", "USA", "KOR", "CHN"];

/**
 * Where nodes, rims and names of a ring lie.
 * @param {string[]} codes
 * @param {{width: number, text: number}} room
 * @returns {{order: string[], at: Object<string, [number, number]>, rim: number, radius: number, height: number}}
 */
export function ring(codes, { width, text }) {
  const order = [...codes].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b) || (a < b ? -1 : 1));
  const rim = Math.round(1.4 * text);
  const turn = (2 * Math.PI) / order.length;
  const unit = order.map((_, number) => [Math.sin(turn * number), -Math.cos(turn * number)]);
  const side = Math.max(...unit.map(([x]) => x));
  const lowest = Math.max(...unit.map(([, y]) => y));
  const radius = Math.min((width / 2 - rim - 4) / side, 13 * text);
  const above = 1.7 * text + rim;
  const at = Object.fromEntries(
    order.map((code, number) => [code, [width / 2 + radius * unit[number][0], above + radius * (1 + unit[number][1])]]),
  );
  return { order, at, rim, radius, height: above + radius * (1 + lowest) + rim + 1.7 * text };
}

/** The stretch of the line between two nodes that no node covers. */
export function stretch([x0, y0], [x1, y1], rim) {
  const long = Math.hypot(x1 - x0, y1 - y0);
  const [dx, dy] = [((x1 - x0) / long) * (rim + 2), ((y1 - y0) / long) * (rim + 2)];
  return { x1: x0 + dx, y1: y0 + dy, x2: x1 - dx, y2: y1 - dy };
}

/** A country: its disc, its code in it, its name beyond it. `key` makes it a control that can be pressed. */
export function disc(code, [x, y], rim, text, { ring: lit = false, press = null, name = code } = {}) {
  const colour = COUNTRY[code] ?? QUIET;
  return shape(
    "g",
    press ? { role: "button", tabindex: 0, class: "press", "aria-label": name, "data-key": `country-${code}`,
      onclick: press, onkeydown: (event) => [" ", "Enter"].includes(event.key) && (event.preventDefault(), press()),
    } : {},
    lit ? shape("circle", { cx: x, cy: y, r: rim + 0.25 * text, fill: "none", stroke: ORANGE,
      "stroke-width": 0.28 * text }) : null,
    shape("circle", { cx: x, cy: y, r: rim, fill: colour, stroke: "#FFFFFF", "stroke-width": 1.5 }),
    words(x, y + 0.32 * text, code, { size: 0.9 * text, anchor: "middle", bold: true, ink: inkOn(colour) }),
  );
}

/**
 * The strategic network.
 * @param {{title: string, desc: string, countries: {code: string, label: string}[],
 *   ties: {a: string, b: string, value: number, sign?: -1|0|1, moved?: boolean}[], lit?: string[],
 *   press?: function(string): void}} data
 *   ties: mutual, -1 hostile .. +1 allied; sign: where it does not follow from the value; moved: its number is set in
 *   bold; lit: countries with a ring about them;
 *   press: makes the countries controls and is given the code of the one pressed
 * @param {{width: number, text: number, numbers?: boolean}} how numbers: whether each tie carries its value
 * @returns {SVGElement}
 */
export function network(data, { width, text, numbers = true }) {
  const { at, rim, order, height } = ring(data.countries.map(({ code }) => code), { width, text });
  const lines = [];
  const values = [];
  for (const tie of [...data.ties].sort((a, b) => Math.abs(a.value) - Math.abs(b.value))) {
    if (!at[tie.a] || !at[tie.b] || Number.isNaN(tie.value)) continue;
    lines.push(shape("line", { ...stretch(at[tie.a], at[tie.b], rim),
      ...tieLook(tie.value, { sign: tie.sign, scale: text / 18 }), "data-tie": `${tie.a}-${tie.b}` }));
    if (!numbers) continue;
    const narrow = width < 20 * text;
    const [from, to] = [tie.a, tie.b].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const share = along(order.indexOf(from), order.indexOf(to), order.length, narrow);
    const [x, y] = [0, 1].map((axis) => at[from][axis] + share * (at[to][axis] - at[from][axis]));
    values.push(valued(x, y, signed(tie.value), (narrow ? 0.78 : 0.9) * text, tie.moved));
  }
  const named = Object.fromEntries(data.countries.map(({ code, label }) => [code, label]));
  const nodes = order.map((code) =>
    disc(code, at[code], rim, text, { ring: data.lit?.includes(code), name: named[code],
      press: data.press ? () => data.press(code) : null }));
  const names = order.map((code) => naming(named[code], at[code], rim, { width, text, middle: height / 2 }));
  return picture({ title: data.title, desc: data.desc, width, height, pressed: Boolean(data.press) },
    [...lines, ...values, ...nodes, ...names]);
}

/**
 * How far along a tie its number stands. The middle of a pentagon's side or diagonal is crossed by no other line; that
 * of a square's diagonal is. Where it is narrow, numbers beside the top stand nearer to it, off its neighbours' names.
 */
function along(from, to, count, narrow) {
  const side = to - from === 1 || to - from === count - 1;
  if (narrow && from === 0 && side) return 0.4;
  return count % 2 ? 0.5 : 0.36;
}

/** A number on a line, on white, so that the line reads as going on behind it. */
export function valued(x, y, number, size, bold = false) {
  const wide = textWidth(number, size, true) + 0.2 * size;
  return shape(
    "g",
    {},
    shape("rect", { x: x - wide / 2, y: y - 0.58 * size, width: wide, height: 1.16 * size, fill: "#FFFFFF", rx: 3 }),
    words(x, y + 0.35 * size, number, { size, anchor: "middle", bold, ink: INK }),
  );
}

/** A country's name above or below its node, shifted outwards where there is room and inwards where there is none. */
function naming(name, [x, y], rim, { width, text, middle }) {
  const below = y > middle;
  const [shown] = broken(name, text, width / 2, { bold: true, lines: 1 });
  const half = textWidth(shown, text, true) / 2;
  const out = Math.abs(x - width / 2) < 1 || below ? 0 : Math.sign(x - width / 2) * Math.max(half - 0.5 * rim, 0);
  const centre = Math.min(Math.max(x + out, half + 1), width - half - 1);
  return words(centre, below ? y + rim + 1.2 * text : y - rim - 0.65 * text, shown,
    { size: text, anchor: "middle", bold: true });
}
