// Futures as dots to be counted, each of which can be opened.
//
// Kay, M., Kola, T., Hullman, J. & Munson, S. (2016) "When (ish) is My Bus?", CHI 2016, doi 10.1145/2858036.2858558:
// people read a chance off countable dots better than off a density.

import { END, Fills, ORANGE, PALE, QUIET, inkOn } from "./style.js";
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

/** A dot's look beside the words for it, as large as a letter. */
export function sample(look) {
  const fills = new Fills();
  const dot = shape("circle", { cx: 10, cy: 10, r: 9, fill: fills.of(look), stroke: QUIET });
  return shape("svg", { class: "sample", viewBox: "0 0 20 20", "aria-hidden": "true" }, fills.defs(), dot);
}
