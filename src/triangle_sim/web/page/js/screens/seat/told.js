// A quarter that was played: what all did and why, what met, and what changed.

import { capital } from "../../words.js";
import { why, per100 } from "./cards.js";
import { claimsOf, level, moveOf, points, reasons, signed, the } from "./say.js";

/**
 * @param {Object} ctx the screen's context
 * @param {Object} chapter a quarter of a history, as the engine gives it
 * @param {{code: string, options: Array<Object>}} mine the player's country, and what was open to it, as `weighed`
 *   gives it
 */
export function told(ctx, chapter, { code, options }) {
  const { t, el, pack: { about } } = ctx;
  const acts = [...chapter.acts].sort((a, b) => Number(b.country === code) - Number(a.country === code));
  return el("div", { class: "gone" },
    el("h2", {}, t("seat.happened", { quarter: chapter.label })),
    el("ul", { class: "acts" }, acts.map((act) => el("li", {},
      el("span", { class: ["country", act.country] }, t.label("countries", act.country)), ": ",
      moveOf(t, act.country, act.move), ". ",
      act.country === code ? own(ctx, act, options) : other(ctx, act)))),
    chapter.meetings.length ? el("p", {}, el("strong", {}, t("seat.together")), " ",
      chapter.meetings.map((name) => `${capital(t.label("meetings", name))}.`).join(" ")) : null,
    chapter.changes.length ? el("ul", {}, chapter.changes.map((change) => el("li", {}, changed(ctx, change)))) : null,
    claimsOf(ctx, chapter.acts.flatMap(({ claims, pro, con }) =>
      [...claims, ...[...pro, ...con].flatMap((each) => each.claims)])));
}

function own(ctx, act, options) {
  const { t, el } = ctx;
  const option = options.find(({ move }) => move === act.move);
  const best = options.find((each) => each.best);
  const order = [...options].sort((a, b) => b.worth - a.worth);
  return el("div", { class: "note" },
    el("p", {}, t(act.sealed ? "seat.yours" : "seat.your_rule", { n: per100(t, act.chance) })),
    why(ctx, act.country, option),
    el("p", {}, best === option ? t("seat.was_best")
      : t("seat.best_was", { move: moveOf(t, act.country, best.move) })),
    el("details", {}, el("summary", {}, t("seat.weighed")), el("ol", {}, order.map((each) => el("li", {},
      `${moveOf(t, act.country, each.move)}: `, el("strong", {}, points(t, each.worth)), " ",
      el("span", { class: "quiet" }, t("seat.with_chance", { n: per100(t, each.chance) })))))));
}

function other(ctx, act) {
  const { t, el } = ctx;
  const parts = [
    act.best ? "" : t("seat.did_by_habit"),
    act.pro.length ? t("seat.did_for", { reasons: reasons(ctx, act.country, act.pro, 2) }) : "",
    act.con.length ? t("seat.did_against", { reasons: reasons(ctx, act.country, act.con, 1) }) : "",
    act.best && act.best !== act.move ? t("seat.though", { move: t.label("moves", act.country, act.best) }) : "",
  ].filter(Boolean).join("; ");
  return el("span", { class: "quiet" }, parts ? `${capital(parts)}. ` : "",
    t("seat.with_chance", { n: per100(t, act.chance) }));
}

/** A change and what made most of it. */
export function changed({ t, pack: { about } }, { variable, before, after, causes }) {
  const name = (cause) => {
    const [kind, what] = cause.split(":");
    if (kind === "move") return t("seat.by_move", { country: the(t, what) });
    if (kind === "meeting") return t.label("meetings", what);
    return t(`seat.by_${kind}`);
  };
  return t("seat.changed", { what: capital(t.label("variables", variable)), before: level(t, before),
    after: level(t, after), why: causes.filter(([, size], at) => !at || Math.abs(size) >= 0.005)
      .map(([cause, size]) => `${name(cause)} ${signed(t, size, 2)}`).join(", ") });
}
