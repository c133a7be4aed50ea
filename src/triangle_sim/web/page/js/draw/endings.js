// How the futures end: a row for each ending with what it means, and in it a bar for each theory, with "n in 20", per
// cent and the 95 % interval, and the reader's guess.

import { perCent } from "./counts.js";
import { END, Fills, INK, PALE, QUIET } from "./style.js";
import { swatch } from "./strip.js";
import { broken, picture, shape, textWidth, words } from "./svg.js";

/**
 * @param {{title: string, desc: string, views: {label: string}[], looks?: Object<string, [string, string]>,
 *   rows: {name: string, label: string, gloss?: string, guess?: {share: number, label: string},
 *     shares: {value: number, low: number, high: number, count: string, said?: string}[]}[], top?: number}} data
 *   rows: one an ending, its shares in the order of `views` (theories); count: "7 in 20" in the reader's language;
 *   said: all that is said of a bar, where it is no share of futures; top: the end of the scale, where it is not the
 *   longest bar's; guess: what the reader said of it. `looks` are those of endings if not given (see style.js).
 * @param {{width: number, text: number}} how
 * @returns {SVGElement}
 */
export function endingsBar(data, { width, text }) {
  const fills = new Fills();
  const looks = data.looks ?? END;
  const several = data.views.length > 1;
  const named = several ? Math.max(...data.views.map(({ label }) => textWidth(label, text))) + 0.8 * text : 0;
  const told = Math.max(...data.rows.flatMap(({ shares }) => shares.map((share) => textWidth(saying(share), text))));
  const roomy = named < width / 3 && width - named - told > 9 * text;
  const left = roomy ? named : 0;
  const field = Math.max(width - left - (roomy ? told + text : 0.5 * text), 6 * text);
  const most = Math.max(0.5, ...data.rows.flatMap(({ shares, guess }) =>
    [...shares.map(({ value, high }) => Math.max(value, high || 0)), guess?.share ?? 0]));
  const x = (share) => left + (field * share) / (data.top ?? Math.min(1, most * 1.02));
  const thick = 1.1 * text;
  const parts = [];
  let y = 0;
  for (const { name, label, gloss = "", guess, shares } of data.rows) {
    const fill = fills.of(looks[name] ?? [PALE, ""]);
    parts.push(swatch(0, y + 0.2 * text, text, fill));
    parts.push(words(1.5 * text, y + 1.1 * text, label, { size: text, bold: true }));
    y += 1.5 * text;
    const lines = gloss ? broken(gloss, text, width) : [];
    parts.push(words(0, y + text, lines, { size: text, ink: INK }));
    y += lines.length ? lines.length * 1.22 * text + 0.35 * text : 0;
    shares.forEach((share, at) => {
      const heading = several ? data.views[at].label : "";
      if (!roomy && heading) {
        parts.push(words(0, y + text, heading, { size: text }));
        y += 1.3 * text;
      } else if (heading) {
        parts.push(words(0, y + 0.85 * thick, broken(heading, text, left, { lines: 1 }), { size: text }));
      }
      parts.push(...bar(share, { x, y, thick, fill }));
      if (roomy) {
        const end = share.value > 0 ? Math.max(x(share.value), x(share.high || 0)) : x(0);
        parts.push(words(end + 0.5 * text, y + 0.85 * thick, saying(share), { size: text }));
        y += thick + 0.35 * text;
      } else {
        parts.push(words(0, y + thick + 1.1 * text, saying(share), { size: text }));
        y += thick + 1.7 * text;
      }
    });
    if (guess) {
      parts.push(shape("rect", { x: x(0), y: y + 1, width: Math.max(x(guess.share) - x(0), 2), height: thick - 2,
        fill: "none", stroke: INK, "stroke-width": text / 8, "stroke-dasharray": `${text / 3} ${text / 5}`,
        "data-guess": guess.share }));
      const beside = x(guess.share) + 0.5 * text;
      const fits = beside + textWidth(guess.label, text, true) <= width;
      parts.push(words(fits ? beside : 0, fits ? y + 0.85 * thick : y + thick + 1.1 * text, guess.label,
        { size: text, bold: true }));
      y += thick + (fits ? 0.35 : 1.7) * text;
    }
    y += 0.9 * text;
  }
  return picture({ title: data.title, desc: data.desc, width, height: y }, [fills.defs(), ...parts]);
}

const saying = (share) => share.said ?? (share.value > 0 ? `${share.count} · ${perCent(share)}` : share.count);

/** A bar from zero with the interval of its end as a whisker. */
function bar({ value, low, high }, { x, y, thick, fill }) {
  const middle = y + thick / 2;
  const whisker = Number.isFinite(low) && Number.isFinite(high) && value > 0;
  return [
    shape("rect", { x: x(0), y, width: Math.max(x(value) - x(0), 0), height: thick, fill, stroke: QUIET,
      "stroke-width": 1, "data-share": value }),
    shape("line", { x1: x(0), x2: x(0), y1: y - 2, y2: y + thick + 2, stroke: QUIET, "stroke-width": 2 }),
    whisker ? shape("path", { stroke: INK, "stroke-width": 2, fill: "none",
      d: `M${x(low)},${middle} H${x(high)} M${x(low)},${middle - 5} v10 M${x(high)},${middle - 5} v10` }) : null,
  ];
}
