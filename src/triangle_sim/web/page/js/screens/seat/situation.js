// Where things stand before a quarter's moves: ties, supplies, news, and what stands offered, in words and a picture.

import { network } from "../../draw/network.js";
import { fit } from "../../draw/svg.js";
import { eventTitle } from "../../telling.js";
import { capital } from "../../words.js";
import { standing } from "./offers.js";
import { level, signed, the, warmth } from "./say.js";

/** A change of a level that is worth an arrow. */
const NOTABLE = 0.05;

/**
 * What a player knows before the moves of a quarter.
 * @param {Object} history as the engine gives it
 * @param {number} quarter counted from 0
 */
export function known(history, quarter, meetings) {
  const past = history.quarters[quarter - 1];
  const levels = past?.levels ?? history.start.levels;
  const before = past ? (history.quarters[quarter - 2]?.levels ?? history.start.levels) : levels;
  const next = history.quarters[quarter];
  return {
    levels,
    before,
    triangle: (past ?? history.start).triangle,
    events: next?.events ?? [],
    label: next?.label ?? null,
    offers: standing(meetings, past?.acts, past?.meetings, next?.levels),
  };
}

/** A tie between two as both have it: the mean of how each is disposed to the other. */
export function mutual(levels, a, b) {
  return (levels[`goodwill[${a},${b}]`] + levels[`goodwill[${b},${a}]`]) / 2;
}

/**
 * The situation as parts of the page.
 * @param {Object} ctx the screen's context
 * @param {string} code the player's country
 * @param {Object} now as {@link known} gives it
 * @returns {{node: HTMLElement, stop: function()}}
 */
export function situation(ctx, code, now) {
  const { t, el, svg, pack: { about, engine: data } } = ctx;
  const others = data.codes.filter((each) => each !== code);
  const place = el("div", { class: "drawing" });
  const drawn = fit(place, (how) => network(picture(t, data, code, now), how));
  const tie = (from, to) => {
    const name = `goodwill[${from},${to}]`;
    return `${warmth(t, now.levels[name])} (${signed(t, now.levels[name])})${arrow(t, now, name)}`;
  };
  const ties = el("table", {}, el("caption", {}, t("seat.ties")),
    el("thead", {}, el("tr", {}, ["country", "to_you", "from_you"].map((each) =>
      el("th", { scope: "col" }, t(`seat.${each}`))))),
    el("tbody", {}, others.map((each) => el("tr", {},
      el("th", { scope: "row" }, el("span", { class: ["country", each] }, t.label("countries", each))),
      el("td", {}, tie(each, code)), el("td", {}, tie(code, each))))));
  const stocks = data.variables.filter((name) => !name.startsWith("goodwill["));
  const minded = new Set(Object.values(about.interests[code]).flatMap(({ reads }) => reads));
  const mine = stocks.filter((name) => minded.has(name));
  const rest = stocks.filter((name) => !minded.has(name));
  const list = (names) => el("ul", { class: "stocks" }, names.map((name) => stock(ctx, now, name)));
  const node = el("div", {},
    now.events.length ? el("p", { class: "asked" }, el("strong", {}, t("seat.news"), " "),
      now.events.map((name) => `${capital(eventTitle(t, about, name))}.`).join(" ")) : null,
    offers(ctx, code, now.offers),
    el("div", { class: "columns" }, el("figure", {}, place), el("div", { class: "scroll" }, ties)),
    el("h3", {}, t("seat.levels")), list(mine),
    rest.length ? el("details", {}, el("summary", {}, t("seat.more_levels")), list(rest)) : null);
  return { node, stop: drawn.stop };
}

/** Offers that stand: those made to the player first, then its own, then what others have between them. */
function offers({ t, el }, code, open) {
  if (!open.length) return el("p", {}, t("seat.no_offers"));
  const order = ({ from, to }) => (to === code ? 0 : from === code ? 1 : 2);
  const said = [...open].sort((a, b) => order(a) - order(b)).map((offer) => {
    const kind = ["to_you", "from_you", "others"][order(offer)];
    return el("li", {}, t(`seat.offer_${kind}`, {
      from: capital(the(t, offer.from)), to: the(t, offer.to), answering: capital(the(t, offer.to)),
      move: t.label("moves", offer.from, offer.by), answer: t.label("moves", offer.to, offer.answer),
      meeting: t.label("meetings", offer.meeting),
    }), offer.barred ? ` ${t("seat.barred", { why: t.label("conditions", offer.barred) })}` : "");
  });
  return el("div", {}, el("p", {}, el("strong", {}, t("seat.offers"))), el("ul", {}, said));
}

function stock({ t, el, pack: { engine: data } }, now, name) {
  const at = data.variables.indexOf(name);
  const share = (now.levels[name] - data.low[at]) / (data.high[at] - data.low[at]);
  const bar = el("span", { class: "share-of", "aria-hidden": "true" });
  bar.append(el("span", { style: { width: `${Math.round(100 * share)}%` } }));
  return el("li", {}, el("span", {}, capital(t.label("variables", name))), bar,
    el("span", {}, `${level(t, now.levels[name])}${arrow(t, now, name)}`));
}

/** Whether a level rose or fell in the quarter before. */
function arrow(t, now, name) {
  const change = now.levels[name] - now.before[name];
  if (Math.abs(change) < NOTABLE) return "";
  return ` ${change > 0 ? "▲" : "▼"} ${signed(t, change)}`;
}

/** What the picture of all ties shows. */
export function picture(t, data, code, now) {
  const pairs = data.codes.flatMap((a, k) => data.codes.slice(k + 1).map((b) => [a, b]));
  const ties = pairs.map(([a, b]) => ({ a, b, value: mutual(now.levels, a, b),
    moved: Math.abs(mutual(now.levels, a, b) - mutual(now.before, a, b)) >= NOTABLE }));
  const desc = ties.map(({ a, b, value }) =>
    t("seat.pair", { one: capital(the(t, a)), other: the(t, b), tie: warmth(t, value) })).join(" ");
  return { title: t("seat.picture"), desc, ties, lit: [code],
    countries: data.codes.map((each) => ({ code: each, label: t.label("countries", each) })) };
}
