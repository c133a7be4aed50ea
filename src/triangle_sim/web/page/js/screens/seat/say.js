// Small phrases of the seat: ties in words, payoffs in points, claims with what they say.

import { claim } from "../../telling.js";
import { capital } from "../../words.js";

const WARMTH = [[0.6, "close"], [0.3, "warm"], [0.1, "cordial"], [-0.1, "neutral"], [-0.4, "cool"], [-2, "hostile"]];

/** How warm a tie is, in a word. */
export function warmth(t, value) {
  return t(`seat.tie_${WARMTH.find(([least]) => value >= least)[1]}`);
}

/** A number with its sign. */
export function signed(t, value, places = 1) {
  const rounded = Number(value.toFixed(places)) + 0;
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${t.number(Math.abs(rounded), places)}`;
}

/** A level as it stands, with a true minus. */
export function level(t, value) {
  return t.number(Number(value.toFixed(2)) + 0, 2).replace("-", "−");
}

/** A payoff in points: hundredths of the whole scale, which runs from 0 to 1. */
export function points(t, payoff) {
  return signed(t, 100 * payoff);
}

/** A move's name as a line begins with it. */
export function moveOf(t, code, move) {
  return capital(t.label("moves", code, move));
}

/** A country within a sentence: the United States. */
export function the(t, code) {
  return t.part("the", "countries", code) || t.label("countries", code);
}

/** Claims by their names, those that have words; where there are none it is the modeller's judgement that speaks. */
export function cited({ t, pack: { about } }, claims) {
  return claims.filter((each) => about.claims[each]).join(", ") || t("histories.judgement");
}

/** Reasons with their sizes and claims: `enough food and fuel (+1.2; A25, A27)`. */
export function reasons(ctx, code, list, most = 3) {
  const { t } = ctx;
  return list.slice(0, most).map(({ interest, gain, claims }) =>
    `${t.label("interests", code, interest)} (${points(t, gain)}; ${cited(ctx, claims)})`).join("; ");
}

/** What claims say, folded away; null where there is nothing to say. */
export function claimsOf(ctx, ids) {
  const { t, el, pack: { about } } = ctx;
  const known = [...new Set(ids)].filter((each) => about.claims[each]);
  if (!known.length) return null;
  return el("details", {}, el("summary", {}, t("seat.claims", { n: known.length })),
    el("ul", {}, known.map((each) => el("li", {}, el("strong", {}, each), " ", claim(ctx, each).says))));
}
