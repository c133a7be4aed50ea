// A quarter that was played: what all did and why, what met, and what changed.

import { upper } from "../whatif/answer.js";
import { why, per100 } from "./cards.js";
import { claimsOf, moveOf, reasons, signed } from "./say.js";

/**
 * @param {Object} ctx the screen's context
 * @param {Object} chapter a quarter of a history, as the engine gives it
 * @param {{code: string, option: ?Object, best: ?Object}} mine the player's country, what speaks for and against its
 *   move, and the model's best reply, as `weighed` gives them
 */
export function told(ctx, chapter, { code, option, best }) {
  const { t, el, pack: { about } } = ctx;
  const acts = [...chapter.acts].sort((a, b) => Number(b.country === code) - Number(a.country === code));
  return el("div", { class: "told" },
    el("h3", {}, t("seat.happened", { quarter: chapter.label })),
    el("ul", { class: "acts" }, acts.map((act) => el("li", {},
      el("span", { class: ["country", act.country] }, t.label("countries", act.country)), ": ",
      moveOf(t, act.country, act.move), ". ",
      act.country === code && option ? own(ctx, act, option, best) : other(ctx, act)))),
    chapter.meetings.length ? el("p", {}, el("strong", {}, t("seat.together")), " ",
      chapter.meetings.map((name) => `${upper(t.label("meetings", name))}.`).join(" ")) : null,
    chapter.changes.length ? el("ul", {}, chapter.changes.map((change) => el("li", {}, changed(ctx, change)))) : null,
    claimsOf(ctx, chapter.acts.flatMap(({ claims, pro, con }) => [...claims, ...[...pro, ...con].flatMap((r) => r.claims)])));
}

function own(ctx, act, option, best) {
  const { t, el } = ctx;
  return el("div", { class: "note" },
    el("p", {}, t(act.sealed ? "seat.yours" : "seat.your_rule", { n: per100(t, act.chance) })),
    why(ctx, act.country, option),
    best && best.move !== act.move ? el("p", {}, t("seat.best_was", { move: moveOf(t, act.country, best.move) })) : null);
}

function other({ t, el }, act) {
  const parts = [
    act.pro.length ? t("seat.did_for", { reasons: reasons(t, act.country, act.pro, 2) }) : "",
    act.con.length ? t("seat.did_against", { reasons: reasons(t, act.country, act.con, 1) }) : "",
    act.best && act.best !== act.move ? t("seat.though", { move: t.label("moves", act.country, act.best) }) : "",
  ].filter(Boolean).join("; ");
  return el("span", { class: "quiet" }, parts ? `${upper(parts)}. ` : "", t("seat.with_chance", { n: per100(t, act.chance) }));
}

/** A change and what made most of it. */
export function changed({ t, pack: { about } }, { variable, before, after, causes }) {
  const name = (cause) => {
    const [kind, what] = cause.split(":");
    if (kind === "move") return t("seat.by_move", { country: t.label("countries", what) });
    if (kind === "meeting") return t.label("meetings", what);
    return t(`seat.by_${kind}`);
  };
  return t("seat.changed", { what: upper(t.label("variables", variable)), before: t.number(before, 2),
    after: t.number(after, 2), why: causes.map(([cause, size]) => `${name(cause)} ${signed(t, size, 2)}`).join(", ") });
}
