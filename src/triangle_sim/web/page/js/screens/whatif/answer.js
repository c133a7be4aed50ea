// The answer in words: what was asked, how often it is so, under each theory, and without the changes.

import { capital } from "../../words.js";
import { difference, levelOf, measure, ofHundred } from "./measures.js";

/**
 * A measure as its own numbers: a share of 100 futures or quarters, quarters, or a level.
 * @returns {{said: string, bare: string}} with its interval, and without
 */
export function told(t, { kind }, level) {
  if (!level) return { said: t("whatif.unknown"), bare: t("whatif.unknown") };
  const scale = ofHundred(kind) ? 100 : 1;
  const places = kind === "number" ? 2 : kind === "quarter" || Math.abs(level.value * scale) < 10 ? 1 : 0;
  const number = (each) => t.number(each * scale, places).replace("-", "−");
  const bare = number(level.value);
  const ends = [level.low, level.high].map(number);
  return { bare, said: Number.isFinite(level.low) ? `${bare} [${ends.join(", ")}]` : bare };
}

/** What a measure is called, as a statement: an outcome's, an ending's or a meeting's name. */
export function named(t, about, of) {
  const { outcome, ending, met } = measure(of, about);
  if (met) {
    const what = capital(t.label("meetings", met.meeting));
    return met.after ? t("whatif.met_after", { what, before: t.label("meetings", met.after) }) : what;
  }
  return ending ? t("whatif.ending", { ending: t.label("endings", ending) }) : capital(t.label("outcomes", outcome));
}

/**
 * `Kim meets the US president in 31 of 100 futures: Chung 35 [32, 37], Lowy 27 [24, 30]; 18 without the changes.`
 * @param {Object} found a summary
 * @param {?Object} usual that of the unchanged scenario, if this is another
 */
export function answer(t, about, of, found, usual) {
  const asked = measure(of, about);
  const level = levelOf(asked, found.all);
  const theories = Object.entries(found.theories);
  const values = {
    what: named(t, about, of),
    level: told(t, asked, level).bare,
    theories: theories.length > 1 ? theories
      .map(([name, group]) => `${short(t, about, name)} ${told(t, asked, levelOf(asked, group)).said}`).join(", ")
      : told(t, asked, level).said,
    usual: usual ? told(t, asked, levelOf(asked, usual.all)).bare : "",
  };
  return t(`whatif.answer_${asked.kind}${usual ? "" : "_alone"}`, values);
}

/** The same for a glance while a slider moves: one number, and what it is without the changes. */
export function glance(t, about, of, found, usual) {
  const asked = measure(of, about);
  const level = ({ all }) => told(t, asked, levelOf(asked, all)).bare;
  const now = ofHundred(asked.kind) ? t("whatif.of_100", { n: level(found) }) : level(found);
  return t(`whatif.glance${usual ? "" : "_alone"}`, { what: named(t, about, of), level: now,
    usual: usual ? level(usual) : "" });
}

/**
 * How a setting differs from another on the same worlds: all, then each theory, to as many places as the widest
 * interval deserves, as in `triangle-sim run`. Where one of the two looks at one theory alone, so does the difference;
 * null where they have no theory, and so no world, in common.
 * `More often, in 100 futures: +13 [11, 14]; Chung +17 [15, 19], Lowy +8 [6, 10].`
 */
export function gap(t, about, of, now, then) {
  const asked = measure(of, about);
  const between = (one, other) => {
    const levels = [levelOf(asked, one), levelOf(asked, other)];
    return levels.every(Boolean) ? difference(...levels) : null;
  };
  const names = Object.keys(now.theories).filter((name) => then.theories[name]);
  if (!names.length) return null;
  const alike = [now, then].every(({ theories }) => Object.keys(theories).length === names.length);
  const one = names[0];
  const every = alike ? between(now.all, then.all) : between(now.theories[one], then.theories[one]);
  if (!every) return t("whatif.unknown");
  const found = names.map((name) => between(now.theories[name], then.theories[name]));
  const places = placesOf([every, ...found.filter(Boolean)], asked.kind);
  const said = (each) => (each ? signed(t, asked, each, places) : t("whatif.unknown"));
  const apart = names.map((name, at) => `${short(t, about, name)} ${said(found[at])}`).join(", ");
  const by = alike ? said(every) : `${short(t, about, one)} ${said(every)}`;
  const whole = t(`whatif.${every.verdict}_${asked.kind}`, { by });
  return names.length > 1 ? `${whole}; ${apart}` : whole;
}

/** Places that differences deserve: two figures of the widest interval, or of a difference without one. */
function placesOf(gaps, kind) {
  const widths = gaps.map(({ value, low, high }) => (high > low ? high - low : 2 * Math.abs(value)));
  const widest = Math.max(...widths.filter((each) => each > 0), 0) * (ofHundred(kind) ? 100 : 1);
  return widest > 0 ? Math.max(0, Math.min(3, -Math.floor(Math.log10(widest / 4)))) : 1;
}

function signed(t, { kind }, { value, low, high }, places) {
  const scale = ofHundred(kind) ? 100 : 1;
  const number = (each) => t.number(Number((each * scale).toFixed(places)) + 0, places).replace("-", "−");
  const plus = Number((value * scale).toFixed(places)) > 0 ? "+" : "";
  return plus + number(value) + (Number.isFinite(low) ? ` [${number(low)}, ${number(high)}]` : "");
}

/** Whose theory it is, in a word. */
export function short(t, about, name) {
  return t.part("author", "theories", name) || (about.theories[name]?.label ?? name);
}
