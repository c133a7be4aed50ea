// A quarter as a newspaper would tell it: events, meetings, moves, changes, one line each; and the reasons behind each.

import { el } from "./dom.js";
import { capital } from "./words.js";

/** A move less likely than this is news even if it was played before. */
const SURPRISING = 0.15;

/** A text as a sentence of its own. */
export function sentence(text) {
  const begun = capital(String(text).trim());
  return /[.!?。]$/.test(begun) ? begun : `${begun}.`;
}

/** A number with a true minus sign. */
export const level = (t, value, places = 2) => t.number(value, places).replace("-", "−");

/** What an event is called: by its title, or else by its name. */
export function eventTitle(t, about, name) {
  const title = about.events[name]?.title;
  return title ? t.said(title, "events", title) : t.label("events", name);
}

/** What a claim says, and on what condition, in the reader's language. */
export function claim({ t, pack: { about } }, id) {
  const { says, condition } = about.claims[id];
  return { says: t.said(says, "claims", id, "says"),
    condition: condition && t.said(condition, "claims", id, "condition") };
}

/** Whose argument a claim is: an author, the record, or the modeller's judgement. */
export function voiceOf({ pack, t }, id) {
  const article = pack.about.claims[id]?.article;
  const found = Object.entries(pack.about.theories).find(([, theory]) => theory.letter && theory.letter === article);
  if (found) return t.part("author", "theories", found[0]) || found[1].author;
  return t(pack.about.claims[id] ? "histories.record" : "histories.judgement");
}

/**
 * Claims in words, each with whose it is; what is only the modeller's judgement is said once.
 * @param {Object} ctx
 * @param {string[]} ids
 * @returns {HTMLElement}
 */
export function claimList(ctx, ids) {
  const { pack, t } = ctx;
  const known = ids.filter((id) => pack.about.claims[id]);
  return el("ul", { class: "claims" },
    known.map((id) => {
      const { says, condition } = claim(ctx, id);
      return el("li", {}, el("strong", {}, `${voiceOf(ctx, id)} (${id}): `), sentence(says),
        condition ? el("span", { class: "quiet" }, ` ${t("histories.if", { condition })}`) : null);
    }),
    known.length < ids.length || !ids.length
      ? el("li", {}, t(known.length ? "histories.rest_judgement" : "histories.by_judgement")) : null);
}

/** Why a country played a move: what spoke for it and against it, how likely it was, and the claims. */
export function reasons(ctx, act) {
  const { t } = ctx;
  const { country, move, pro, con, best, chance, sealed } = act;
  if (sealed) return [el("p", {}, t("histories.by_hand"))];
  const wish = ({ interest }) => t.label("interests", country, interest);
  const listed = (key, parts) => (parts.length ? el("p", {}, t(key), " ", parts.map(wish).join("; "), ".") : null);
  const cited = [...new Set([act, ...pro, ...con].flatMap(({ claims }) => claims))];
  return [
    el("p", {}, t.part("card", "moves", country, move)),
    best ? null : el("p", {}, t("histories.by_habit")),
    listed("histories.for", pro),
    listed("histories.against", con),
    el("p", {}, t("histories.chance", { chance: t.percent(chance) }),
      best && best !== move ? ` ${t("histories.though", { move: t.label("moves", country, best) })}` : ""),
    el("p", {}, t("histories.claims")),
    claimList(ctx, cited),
  ];
}

/** What made most of a change, in words. */
function causes(ctx, quarter, change) {
  const { t } = ctx;
  const named = ([name]) => {
    const [kind, who] = name.split(":");
    if (kind === "meeting") return t.label("meetings", who);
    if (kind !== "move") return t(`histories.cause_${kind}`);
    const act = quarter.acts.find(({ country }) => country === who);
    return `${t.label("countries", who)}: ${t.label("moves", who, act.move)}`;
  };
  const pushes = change.causes.filter(([, size]) => Math.abs(size) > 1e-9);
  return [el("p", {}, t("histories.mostly")), el("ul", {}, pushes.map((cause) =>
    el("li", {}, `${capital(named(cause))} (${t(cause[1] > 0 ? "histories.up" : "histories.down")})`)))];
}

/** Whether a move is worth a line: not more of the same, or hardly to be expected. */
function notable(act, before) {
  if (act.move === "hold") return false;
  return act.sealed || !before || before.move !== act.move || act.chance < SURPRISING;
}

/**
 * The lines of a quarter, the weightiest first; `open()` gives what stands behind a line.
 * @param {Object} ctx
 * @param {Object} history as the engine tells it
 * @param {number} at which quarter, from 0
 * @returns {{kind: "event"|"move"|"meeting"|"change"|"triangle", country: string|null, text: string, news: boolean,
 *   open: function(): Array}[]} news: whether it is worth a line of its own
 */
export function linesOf(ctx, history, at) {
  const { pack, t } = ctx;
  const quarter = history.quarters[at];
  const before = history.quarters[at - 1];
  const triangle = (before ?? history.start).triangle;
  const events = quarter.events.map((name) => {
    const event = pack.about.events[name];
    return { kind: "event", country: null, text: sentence(eventTitle(t, pack.about, name)), news: true,
      open: () => [el("p", {}, t("histories.event")), claimList(ctx, event?.claims ?? [])] };
  });
  const meetings = quarter.meetings.map((name) => ({
    kind: "meeting", country: null, text: sentence(t.label("meetings", name)), news: true,
    open: () => [el("p", {}, t("histories.meeting")), claimList(ctx, pack.about.meetings[name]?.claims ?? [])],
  }));
  const moves = quarter.acts.map((act) => ({
    kind: "move", country: act.country, news: notable(act, before?.acts.find(({ country }) => country === act.country)),
    text: t.part("news", "moves", act.country, act.move)
      || sentence(`${t.label("countries", act.country)}: ${t.label("moves", act.country, act.move)}`),
    open: () => reasons(ctx, act),
  }));
  const changes = quarter.changes.map((change) => ({
    kind: "change", country: null, news: true, open: () => causes(ctx, quarter, change),
    text: sentence(t("histories.change", { what: t.label("variables", change.variable),
      before: level(t, change.before), after: level(t, change.after) })),
  }));
  const turned = quarter.triangle && quarter.triangle.type !== triangle?.type ? [{
    kind: "triangle", country: null, news: true,
    text: t("histories.turned", { type: t.label("types", quarter.triangle.type),
      role: t.label("roles", quarter.triangle.roles.PRK) }),
    open: () => [el("p", {}, sentence(t.part("meaning", "types", quarter.triangle.type))),
      el("p", {}, sentence(`${t.label("roles", quarter.triangle.roles.PRK)}: ${
        t.part("meaning", "roles", quarter.triangle.roles.PRK)}`))],
  }] : [];
  return [...events, ...meetings, ...moves, ...turned, ...changes];
}
