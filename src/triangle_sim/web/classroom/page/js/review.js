// Each move of a country beside the best reply of its quarter, with the payoffs and the claims they rest on.

import { el } from "/page/js/dom.js";
import { capital } from "/page/js/words.js";

/** The table of one country's moves. */
export function country({ t }, game, code) {
  const move = (name) => capital(t.label("moves", code, name));
  const habit = game.moves[code].some(({ weighed }) => !weighed);
  return el("div", {}, habit ? el("p", { class: "note" }, t("debrief.by_habit")) : null,
    el("div", { class: "scroll" }, el("table", { class: "review" },
    el("caption", {}, t.label("countries", code)),
    el("thead", {}, el("tr", {}, ["quarter", "played", "best", "lost", "why"].map((key) =>
      el("th", { scope: "col", class: key === "lost" ? "n" : null }, t(`debrief.${key}`))))),
    el("tbody", {}, game.moves[code].map((each) => row(t, code, each, move))))),
  said(t, game, code));
}

/** A phone shows each cell in a line of its own, with its column's name before it. */
function row(t, code, each, move) {
  const cell = (key, kind, ...children) =>
    el("td", { class: kind, "data-label": `${t(`debrief.${key}`)}: ` }, children);
  const own = each.team ? null : el("span", { class: "quiet" }, " ", t("classroom.by_rule"));
  const good = each.best === each.move && each.beside !== each.move;
  return el("tr", {},
    el("th", { scope: "row" }, t.quarter(each.quarter)),
    cell("played", null, move(each.move), own),
    cell("best", null, each.best === each.move ? t("debrief.that_was_best") : move(each.best)),
    cell("lost", "n", points(t, each.lost)),
    cell("why", null,
      good ? el("div", {}, t("debrief.next_best", { move: move(each.beside), points: points(t, each.ahead) })) : null,
      differences(t, code, each).map((line) => el("div", {}, line)), payoffs(t, each, move)));
}

/** What the best reply had more and less of; all lines add up to what it was ahead. */
function differences(t, code, { reasons, others, cost }) {
  const sized = (gain, what, more = "") =>
    Math.abs(gain) < 0.0005 ? [] : [`${gain > 0 ? "+" : "−"} ${what} (${points(t, Math.abs(gain))}${more})`];
  return [
    ...reasons.flatMap(({ interest, gain, claims }) =>
      sized(gain, t.label("interests", code, interest), `; ${cited(t, claims)}`)),
    ...sized(others, t("debrief.others")), ...sized(-cost, t("debrief.cost")),
  ];
}

/** Claims by their names; what rests on none is the modeller's judgement. */
function cited(t, claims) {
  return claims.map((each) => (each === "judgement" ? t("debrief.judgement") : each)).join(", ");
}

/** Payoffs run from 0 to 1; told in hundredths of that. */
function points(t, value) {
  return t.number(100 * value, 1);
}

function payoffs(t, each, move) {
  if (!each.options.length) return null;
  return el("details", { "data-key": `payoffs-${each.quarter}` }, el("summary", { "data-key": `open-${each.quarter}` },
    t("debrief.payoffs")), el("table", {},
    el("thead", {}, el("tr", {}, ["move", "payoff", "chance", "claims"].map((key) => el("th", { scope: "col",
      class: key === "payoff" || key === "chance" ? "n" : null }, t(`debrief.${key}`))))),
    el("tbody", {}, each.options.map((option) => el("tr", { class: option.move === each.move ? "came" : null },
      el("th", { scope: "row" }, move(option.move)), el("td", { class: "n" }, points(t, option.payoff)),
      el("td", { class: "n" }, t.percent(option.chance)), el("td", {}, cited(t, option.claims)))))));
}

/** What the claims say that this country's moves and reasons name. */
function said(t, game, code) {
  const ids = new Set(game.moves[code].flatMap((each) => [
    ...each.reasons.flatMap(({ claims }) => claims),
    ...each.options.filter(({ move }) => move === each.move || move === each.best).flatMap(({ claims }) => claims)]));
  const told = Object.entries(game.claims).filter(([id]) => ids.has(id));
  return told.length ? el("details", { "data-key": "claims" }, el("summary", { "data-key": "claims-title" },
    t("debrief.claims_say")), el("dl", {}, told.map(([id, text]) =>
    [el("dt", {}, id), el("dd", {}, t.said(text, "claims", id, "says"), ".")]))) : null;
}
