// What the game came to: the ending and the fan with the player and without, each move beside the best reply, a file.

import { dumbbell } from "../../draw/dumbbell.js";
import { fan } from "../../draw/fan.js";
import { BLUE, INK, QUIET } from "../../draw/style.js";
import { fit } from "../../draw/svg.js";
import { capital } from "../../words.js";
import { settling } from "../whatif/settle.js";
import { settingsOf, withoutOf } from "./game.js";
import { per100 } from "./cards.js";
import { moveOf, points, reasons } from "./say.js";
import { compared, missedIn } from "./weigh.js";

const [QUICK, FULL] = [2000, 10000];

/** A variable that most of a country's games turn on. */
const FIRST = { PRK: "goodwill[RUS,PRK]", CHN: "chinese_supply", RUS: "arms_to_russia", USA: "us_prk_dialogue",
  KOR: "peninsula_tension" };

/**
 * The debrief as a part of the page.
 * @param {Object} ctx the screen's context
 * @param {Object} game
 * @param {{with_: Object, without: Object, options: function(number): Object[], count: function}} how histories of the
 *   game's world with the player and without, what was open in a quarter, and what counts futures
 * @returns {{node: HTMLElement, stop: function()}}
 */
export function debrief(ctx, game, { with_, without, options, count }) {
  const { t, el, refill, settings, pack: { about, engine: data } } = ctx;
  const rows = game.moves.map((_, quarter) => {
    const act = with_.quarters[quarter].acts.find(({ country }) => country === game.country);
    return { ...compared(options(quarter), act.move), sealed: act.sealed, label: with_.quarters[quarter].label };
  });
  const own = rows.filter(({ sealed }) => sealed);
  const always = rows.every(({ sealed, move, best }) => sealed && move === best);
  const state = { variable: data.variables.includes(FIRST[game.country]) ? FIRST[game.country] : data.variables[0] };
  const counted = el("p", { class: "quiet", role: "status" }, t("seat.counting"));
  const [places, ends] = [el("div", { class: "drawing" }), el("div", { class: "drawing" })];
  let found = null;
  const drawn = [
    fit(places, (how) => (found ? fan(spread(ctx, game, state.variable, { found, with_, without }), how) : blank(ctx))),
    fit(ends, (how) => (found ? dumbbell(endings(t, found), how) : blank(ctx))),
  ];
  const pair = async (variable, n, signal) => {
    const now = settings.get();
    const [yours, usual] = await Promise.all([settingsOf(game, now), withoutOf(game, now, data.seats)]
      .map((set) => count(set, n, { variables: [variable], signal })));
    return { yours, usual, variable };
  };
  const counter = settling({ quick: QUICK, full: FULL, count: pair,
    draw: (both, _, settled) => {
      if (both.variable !== state.variable) return;
      found = both;
      drawn.forEach((each) => each.redraw());
      refill(counted, t(settled ? "seat.counted" : "seat.counting_more", { n: t.number(both.yours.n) }));
      node.dataset.futures = String(both.yours.n);
    },
    fail: (error) => refill(counted, el("span", { class: "warning" }, t("seat.failed", { error: error.message }))) });
  const select = el("select", { id: "variable", onchange: () => {
    state.variable = select.value;
    counter.ask(state.variable);
  } }, data.variables.map((name) => el("option", { value: name, selected: name === state.variable },
    capital(t.label("variables", name)))));
  const ended = (history) => t.label("endings", history.ending);
  const node = el("section", { class: "debrief" },
    el("h2", {}, t("seat.stock")),
    el("p", { class: "lead" }, t(with_.ending === without.ending ? "seat.ended_same" : "seat.ended", {
      yours: ended(with_), usual: ended(without), n: own.length })),
    el("p", { class: "quiet" }, t("seat.ended_note")),
    el("h3", {}, t("seat.choices")),
    own.length ? el("p", { class: "lead" }, always ? t("seat.none_missed")
      : t("seat.missed", { points: t.number(100 * missedIn(own), 1) })) : null,
    el("p", { class: "quiet" }, t("seat.missed_note")),
    el("div", { class: "scroll" }, table(ctx, game, rows)),
    el("h3", {}, t("seat.fan")),
    el("p", {}, el("label", { for: "variable" }, t("seat.variable"), " "), select), counted,
    el("figure", {}, places, el("figcaption", {}, t("seat.fan_note"))),
    el("h3", {}, t("seat.endings")), el("figure", {}, ends, el("figcaption", {}, t("seat.endings_note"))));
  counter.ask(state.variable);
  return { node, stop: () => {
    counter.stop();
    drawn.forEach((each) => each.stop());
  } };
}

/** Each move beside the model's best reply, with chances and what it cost. */
function table(ctx, { country }, rows) {
  const { t, el } = ctx;
  const columns = ["quarter", "played", "best", "cost", "reasons"];
  const head = columns.map((each) => el("th", { scope: "col" }, t(`seat.col_${each}`)));
  const cell = (column, ...said) => el("td", { "data-label": t(`seat.col_${column}`) }, said);
  const chance = (move, n) => [moveOf(t, country, move), " ", el("span", { class: "quiet" }, t("seat.in_100", { n }))];
  return el("table", { class: "stacked" }, el("caption", {}, t("seat.table")), el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, t.quarter(row.label)),
      cell("played", chance(row.move, per100(t, row.chance)), row.sealed ? null : ` (${t("seat.own_rule")})`),
      cell("best", row.best === row.move ? t("seat.the_same")
        : chance(row.best, per100(t, row.bestChance))),
      cell("cost", points(t, -row.missed)),
      row.best === row.move ? el("td") : cell("reasons", reasons(ctx, country, row.why, 2))))));
}

/** What the fan shows: all futures without the player and with, and the game's own history over them. */
export function spread({ t, pack: { engine: data } }, game, variable, { found, with_, without }) {
  const at = data.variables.indexOf(variable);
  const path = (history) => [history.start, ...history.quarters].map(({ levels }) => levels[variable]);
  const last = (group) => group.fan[variable].at(-1).q50;
  const tie = variable.startsWith("goodwill[");
  return {
    title: capital(t.label("variables", variable)),
    desc: t("seat.fan_said", { what: capital(t.label("variables", variable)), yours: t.number(last(found.yours.all), 2),
      usual: t.number(last(found.usual.all), 2) }),
    quarters: data.quarters, low: data.low[at], high: data.high[at],
    ends: tie ? [t("seat.hostile"), t("seat.allied")] : [t("seat.none"), t("seat.most")],
    fans: [{ label: t("seat.without_you"), colour: QUIET, dash: "6 5", bands: found.usual.all.fan[variable] },
      { label: t("seat.with_you"), colour: BLUE, bands: found.yours.all.fan[variable] }],
    paths: [{ label: t("seat.path_without"), colour: QUIET, dash: "3 4", values: path(without) },
      { label: t("seat.path_with"), colour: INK, values: path(with_) }],
    at: game.moves.length,
  };
}

/** How futures end without the player and with. */
export function endings(t, { yours, usual }) {
  const names = Object.keys(yours.all.endings)
    .filter((name) => yours.all.endings[name].value > 0 || usual.all.endings[name].value > 0);
  const said = (share) => ({ ...share, said: t("seat.of_100", { n: per100(t, share.value) }) });
  const rows = names.map((name) => ({ label: capital(t.label("endings", name)),
    values: [said(usual.all.endings[name]), said(yours.all.endings[name])] }));
  const desc = rows.map(({ label, values: [without, with_] }) =>
    t("seat.ending_said", { ending: label, without: without.said, with: with_.said })).join(" ");
  const most = Math.max(...rows.flatMap(({ values }) => values.map(({ high, value }) => high || value)));
  const sides = [{ label: t("seat.without_you") }, { label: t("seat.with_you") }];
  return { title: t("seat.endings"), desc, sides, rows, high: Math.min(1, Math.ceil(most * 10) / 10) };
}

function blank({ svg }) {
  return svg("svg", { width: 1, height: 1 });
}
