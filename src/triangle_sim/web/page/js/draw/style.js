// The one style, that of the package's figures: colours of Okabe and Ito (2008), and a hatch or a dash for whatever a
// colour tells, so that nothing hangs on colour alone.

import { rounded } from "./counts.js";
import { shape, unique } from "./svg.js";

const BLACK = "#000000";
export const ORANGE = "#E69F00";
export const SKY = "#56B4E9";
export const GREEN = "#009E73";
export const BLUE = "#0072B2";
export const VERMILLION = "#D55E00";
export const PURPLE = "#CC79A7";
export const INK = "#1A1A1A";
export const QUIET = "#555555";
export const RULE = "#BBBBBB";
export const PALE = "#E4E4E4";

/** A country's colour, in every picture. */
export const COUNTRY = { CHN: VERMILLION, KOR: GREEN, PRK: BLACK, RUS: PURPLE, USA: BLUE };

/** How a type of triangle looks: a colour and a hatch on it. */
export const TYPE = {
  menage_a_trois: [GREEN, ""],
  romantic_triangle: [ORANGE, "//"],
  stable_marriage: [BLUE, "--"],
  unit_veto: [VERMILLION, "xx"],
  indeterminate: [PALE, ".."],
};

/** A role wears the colour of the triangle it occurs in; the worse role of the two in it is the paler. */
export const ROLE = {
  pivot: [ORANGE, "//"],
  wing: [mixed(ORANGE, 0.6), "\\\\"],
  friend: [GREEN, ""],
  partner: [BLUE, "--"],
  outcast: [mixed(BLUE, 0.6), "++"],
  foe: [VERMILLION, "xx"],
  none: [PALE, ".."],
};

export const END = {
  bloc: [BLUE, ""],
  hedging: [ORANGE, "//"],
  russian_shield: [PURPLE, "||"],
  chinese_reassertion: [VERMILLION, "--"],
  strongmens_alignment: [SKY, "\\\\"],
  abandonment: ["#3C3C3C", "xx"],
  unsettled: [PALE, ".."],
};

const THEORY = { "chung-2024": VERMILLION, "lowy-2023": BLUE };
const VOICES = [GREEN, PURPLE, ORANGE, SKY, "#6B6B6B"];

/** A theory's colour among those of a page; all worlds together are grey. */
export function theoryColour(name, among) {
  if (name === "all") return QUIET;
  const others = [...among].filter((each) => each !== "all" && !(each in THEORY)).sort();
  return THEORY[name] ?? VOICES[others.indexOf(name) % VOICES.length] ?? QUIET;
}

/** A colour with a share of another in it, 0 to 1; opaque, so that overlaps make no new colours. */
export function mixed(colour, share, other = "#FFFFFF") {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [one, two] = [parts(colour), parts(other)];
  const channel = (value) => rounded(255 * value).toString(16).padStart(2, "0");
  return `#${one.map((value, at) => channel((1 - share) * value + share * two[at])).join("")}`;
}

/** Relative luminance, 0 black .. 1 white (WCAG 2.1). */
function luminance(colour) {
  const linear = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** Black or white, whichever is read better on a colour. */
export function inkOn(colour) {
  const light = luminance(colour);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? INK : "#FFFFFF";
}

const HATCH = {
  "//": "M-2,2 l4,-4 M0,10 l10,-10 M8,12 l4,-4",
  "\\\\": "M-2,8 l4,4 M0,0 l10,10 M8,-2 l4,4",
  "--": "M0,5 h10",
  "||": "M5,0 v10",
  "++": "M0,5 h10 M5,0 v10",
  xx: "M0,0 l10,10 M0,10 l10,-10",
  "..": "M2.5,2.5 h0.01 M7.5,7.5 h0.01",
};

/** Fills with hatches for one picture: `of(look)` is a fill, `defs()` what the picture must hold for it. */
export class Fills {
  #made = new Map();

  /** @param {[string, string]} look colour and hatch @returns {string} */
  of([colour, hatch]) {
    if (!hatch) return colour;
    const key = `${colour}${hatch}`;
    if (!this.#made.has(key)) this.#made.set(key, [unique("hatch"), colour, hatch]);
    return `url(#${this.#made.get(key)[0]})`;
  }

  defs() {
    const patterns = [...this.#made.values()].map(([id, colour, hatch]) =>
      shape(
        "pattern",
        { id, width: 10, height: 10, patternUnits: "userSpaceOnUse" },
        shape("rect", { width: 10, height: 10, fill: colour }),
        shape("path", { d: HATCH[hatch], fill: "none", stroke: luminance(colour) < 0.5 ? "#FFFFFF" : "#8A8A8A",
          "stroke-width": hatch === ".." ? 2 : 1.2, "stroke-linecap": hatch === ".." ? "round" : "butt" }),
      ),
    );
    return shape("defs", {}, ...patterns);
  }
}

/** Ties nearer zero than this count as neither friendly nor hostile. */
export const NEUTRAL = 0.15;

/**
 * A tie's line: solid blue if friendly, dashed vermillion if hostile, dotted grey if neither; width is strength.
 * @param {number} value -1 .. 1
 * @param {{sign?: -1|0|1, scale?: number}} [how] the sign, where it does not follow from the value alone
 */
export function tieLook(value, { sign = Math.abs(value) < NEUTRAL ? 0 : Math.sign(value), scale = 1 } = {}) {
  const wide = scale * (1.5 + 8 * Math.min(Math.abs(value), 1));
  if (sign === 0) return { stroke: QUIET, "stroke-width": 2 * scale, "stroke-dasharray": `${2 * scale} ${4 * scale}` };
  if (sign > 0) return { stroke: BLUE, "stroke-width": wide };
  const dash = Math.max(wide, 3 * scale);
  return { stroke: VERMILLION, "stroke-width": wide, "stroke-dasharray": `${1.6 * dash} ${0.9 * dash}` };
}

/** A tie in one decimal with its sign; what rounds to zero has none. */
export function signed(value) {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? "0.0" : `${rounded > 0 ? "+" : "−"}${Math.abs(rounded).toFixed(1)}`;
}
