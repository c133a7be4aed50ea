// A strategic triangle of three: signed ties, each member's role under its name, the pivot in a ring.

import { disc, stretch } from "./network.js";
import { INK, tieLook } from "./style.js";
import { broken, picture, shape, textWidth, words } from "./svg.js";

const SIGN = { "-1": "−", 0: "0", 1: "+" };

/** Where the three stand: the first on top, the others left and right below it, with room above and below for names. */
function corners({ width, text }) {
  const rim = Math.round(1.4 * text);
  const reach = Math.min(Math.max(width / 2 - 1.15 * rim - 4, rim), 10 * text);
  const above = 3 * text + rim;
  const at = [[width / 2, above], [width / 2 - reach, above + 1.5 * reach], [width / 2 + reach, above + 1.5 * reach]];
  return { at, rim, height: above + 1.5 * reach + rim + 2.9 * text };
}

/**
 * @param {{title: string, desc: string, members: {code: string, label: string, role?: string, pivot?: boolean}[],
 *   signs: [number, number, number], values?: [number, number, number],
 *   press?: function(number): void, pressLabels?: string[]}} data
 *   members: three, the first on top; signs: -1, 0 or 1 of the ties first-second, first-third, second-third; values:
 *   their strengths, all alike if not given; press: makes the ties controls and is given the place of the one pressed
 * @param {{width: number, text: number}} how
 * @returns {SVGElement}
 */
export function triangle(data, { width, text }) {
  const { at, rim, height } = corners({ width, text });
  const pairs = [[0, 1], [0, 2], [1, 2]];
  const ties = pairs.map(([a, b], place) => {
    const sign = data.signs[place];
    const line = stretch(at[a], at[b], rim);
    const [x, y] = [(line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2];
    const press = data.press ? () => data.press(place) : null;
    return shape(
      "g",
      press ? { role: "button", tabindex: 0, class: "press", "data-key": `tie-${place}`,
        "aria-label": data.pressLabels?.[place] ?? "", onclick: press,
        onkeydown: (event) => [" ", "Enter"].includes(event.key) && (event.preventDefault(), press()),
      } : { "data-tie": String(place) },
      press ? shape("line", { ...line, stroke: "#FFFFFF", "stroke-width": 2.5 * text }) : null,
      shape("line", { ...line, ...tieLook(data.values?.[place] ?? 0.55, { sign, scale: text / 18 }) }),
      shape("circle", { cx: x, cy: y, r: 0.62 * text, fill: "#FFFFFF", stroke: press ? INK : "none" }),
      words(x, y + 0.36 * text, SIGN[sign], { size: 1.1 * text, anchor: "middle", bold: true }),
    );
  });
  const nodes = data.members.map(({ code, label, role = "", pivot = false }, place) => {
    const [x, y] = at[place];
    const room = place === 0 ? width : width / 2 - 2;
    const [name] = broken(label, text, room, { bold: true, lines: 1 });
    const [shown] = broken(role, text, room, { bold: pivot, lines: 1 });
    const half = Math.max(textWidth(name, text, true), textWidth(shown, text, pivot)) / 2;
    const centre = Math.min(Math.max(x, half + 1), width - half - 1);
    const first = place === 0 ? y - rim - 1.95 * text : y + rim + 1.3 * text;
    return shape(
      "g",
      {},
      disc(code, at[place], rim, text, { ring: pivot }),
      words(centre, first, name, { size: text, anchor: "middle", bold: true }),
      words(centre, first + 1.2 * text, shown, { size: text, anchor: "middle", bold: pivot }),
    );
  });
  return picture({ title: data.title, desc: data.desc, width, height, pressed: Boolean(data.press) },
    [...ties, ...nodes]);
}
