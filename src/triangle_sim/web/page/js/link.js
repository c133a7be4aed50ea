// What is set, as the part of an address behind `#`: short, readable, and harmless whatever somebody writes there.
//
//   #v=1&s=whatif&l=ko&scenario=baseline&ukraine_war=0.8&odds.trump_elected=0.3&hazard.ukraine_war_ends=0.1
//    &when.trump_elected=2025Q1&theory=lowy-2023&PRK=ship_arms_to_russia,-,hold&run=37.4&at=2026Q2
//    &of=us_prk_summit&guess=bloc.8&q=Who%20gains%3F
//
// `s` is the screen, `l` the language, `scenario` the one whose page the link was made on, `run` the history shown
// (draw.replicate, as `story --run` has it), `at` the quarter of it, none for its start; `of` what is asked of many
// futures: an outcome, `end_state=bloc`, or a meeting (`met us_prk_summit after us_rus_deal`); `guess` the reader's
// own: an ending, and in how many of twenty futures; `q` a question that a teacher sends. A country's moves are one a
// quarter; `-` leaves a quarter to its own decision rule, and alone is a seat in which nothing is played yet.

import { asked } from "./meetings.js";
import { nothingSet } from "./store.js";

export const SCREENS = ["guess", "histories", "whatif", "seat", "triangle", "how", "limits"];
const VERSION = "1";
const LONGEST = 6000;
const LONGEST_QUESTION = 300;
const LONGEST_NAME = 60;
const NUMBER = /^-?(\d{1,4}(\.\d{0,12})?|\.\d{1,12})$/;

/** What a page shows when nothing is behind `#`. */
export function fresh() {
  return { screen: SCREENS[0], language: null, settings: nothingSet(), run: null, at: 0, of: null, guess: null,
    question: "" };
}

/**
 * The address part of a state, without `#`.
 * @param {Object} state as {@link fresh} gives it
 * @param {Object} about the pack's `about`
 */
export function write(state, about) {
  const { conditions, odds, dates, hazards, theory, seats } = state.settings;
  const pairs = [["v", VERSION], ["s", state.screen]];
  if (state.language) pairs.push(["l", state.language]);
  pairs.push(["scenario", about.scenario.name.slice(0, LONGEST_NAME)]);
  for (const [name, level] of sorted(conditions)) pairs.push([name, short(level)]);
  for (const [name, chance] of sorted(odds)) pairs.push([`odds.${name}`, short(chance)]);
  for (const [name, quarter] of sorted(dates)) pairs.push([`when.${name}`, about.design.quarters[quarter]]);
  for (const [name, chance] of sorted(hazards)) pairs.push([`hazard.${name}`, short(chance)]);
  if (theory) pairs.push(["theory", theory]);
  for (const [code, moves] of sorted(seats)) {
    const played = moves.slice(0, Math.max(1, moves.findLastIndex((move) => move) + 1));
    if (played.length) pairs.push([code, played.map((move) => move ?? "-").join(",")]);
  }
  if (state.run) pairs.push(["run", state.run.join(".")]);
  if (state.at) pairs.push(["at", about.design.quarters[state.at - 1]]);
  if (state.of) pairs.push(["of", state.of]);
  if (state.guess) pairs.push(["guess", `${state.guess.ending}.${state.guess.count}`]);
  if (state.question) pairs.push(["q", state.question.slice(0, LONGEST_QUESTION)]);
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

/**
 * The state that an address part asks for; numbers come within their ranges, what means nothing is left out.
 * @param {string} hash with or without `#`
 * @param {Object} about the pack's `about`
 * @returns {{state: Object, ignored: number, other: string}} `ignored`: how many parts were left out; `other`: the
 *   scenario that the link was made for, if it names one and this is not it
 */
export function read(hash, about) {
  const state = fresh();
  const text = hash.replace(/^#/, "");
  if (!text) return { state, ignored: 0, other: "" };
  if (text.length > LONGEST) return { state, ignored: 1, other: "" };
  const pairs = text.split("&").filter(Boolean).map(decoded);
  const version = pairs.find((pair) => pair?.[0] === "v")?.[1];
  if (version !== VERSION) return { state, ignored: pairs.length, other: "" };
  let ignored = 0;
  for (const pair of pairs) {
    if (!pair || !take(state, pair[0], pair[1], about)) ignored += 1;
  }
  shareOut(state.settings.odds, about.events);
  return { state, ignored, other: made(pairs, about.scenario.name) };
}

/** The scenario that a link names, unless it is this one. */
function made(pairs, here) {
  const name = pairs.find((pair) => pair?.[0] === "scenario")?.[1].slice(0, LONGEST_NAME).trim() ?? "";
  return name === here.slice(0, LONGEST_NAME).trim() ? "" : name;
}

function take(state, key, value, about) {
  const { settings } = state;
  if (key === "v" || key === "scenario") return true;
  if (key === "s") return SCREENS.includes(value) && put(state, "screen", value);
  if (key === "l") return /^[a-z]{2}$/.test(value) && put(state, "language", value);
  if (key === "q") return put(state, "question", value.slice(0, LONGEST_QUESTION));
  if (key === "theory") return Object.hasOwn(about.theories, value) && put(settings, "theory", value);
  if (key === "run") return takeRun(state, value, about.design);
  if (key === "at") return takeQuarter(state, value, about.design.quarters);
  if (key === "of") return isMeasure(value, about) && put(state, "of", value);
  if (key === "guess") return takeGuess(state, value, about.endings);
  if (Object.hasOwn(about.conditions, key)) return takeNumber(settings.conditions, key, value, about.conditions[key]);
  if (Object.hasOwn(about.moves, key)) return takeMoves(settings.seats, key, value, about);
  const [kind, name] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
  const event = Object.hasOwn(about.events, name) ? about.events[name] : null;
  if (!event) return false;
  if (kind === "odds") return takeNumber(settings.odds, name, value, { low: 0, high: 1 });
  if (kind === "hazard") return event.hazard !== null && takeNumber(settings.hazards, name, value, { low: 0, high: 1 });
  const quarter = about.design.quarters.slice(0, -1).indexOf(value);
  const dated = kind === "when" && (event.timing === "when" || event.timing === "window");
  return dated && quarter >= 0 && put(settings.dates, name, quarter);
}

/** Events of a group exclude each other: those that a link does not name share what it leaves, as before. */
function shareOut(odds, events) {
  const groups = new Set(Object.keys(odds).map((name) => events[name].group).filter(Boolean));
  for (const group of groups) {
    const members = Object.keys(events).filter((name) => events[name].group === group);
    const [named, others] = [members.filter((name) => name in odds), members.filter((name) => !(name in odds))];
    const sum = (names, of) => names.reduce((total, name) => total + of(name), 0);
    const usual = (name) => events[name].probability;
    const asked = sum(named, (name) => odds[name]);
    if (asked > 1 + 1e-9) for (const name of named) odds[name] /= asked;
    const [left, before] = [Math.max(0, sum(members, usual) - asked), sum(others, usual)];
    for (const name of others) odds[name] = before > 0 ? (left * usual(name)) / before : left / others.length;
  }
}

function takeNumber(to, name, value, { low, high }) {
  return NUMBER.test(value) && put(to, name, Math.min(high, Math.max(low, Number(value))));
}

function takeMoves(seats, code, value, about) {
  const asked = value.split(",").slice(0, about.design.quarters.length - 1).map((each) => (each === "-" ? null : each));
  const known = (move) =>
    move === null || (Object.hasOwn(about.moves[code], move) && !about.moves[code][move].disabled);
  put(seats, code, asked.map((move) => (known(move) ? move : null)));
  return asked.every(known);
}

function takeRun(state, value, { draws, replicates }) {
  const found = /^(\d{1,6})\.(\d{1,6})$/.exec(value);
  if (!found) return false;
  return put(state, "run", [Math.min(Number(found[1]), draws - 1), Math.min(Number(found[2]), replicates - 1)]);
}

/** How many quarters of the history have been played when this one is shown. */
function takeQuarter(state, value, quarters) {
  const place = quarters.slice(0, -1).indexOf(value);
  return place >= 0 && put(state, "at", place + 1);
}

/** Whether a text names something that can be asked of many futures. */
function isMeasure(value, { outcomes, endings, meetings }) {
  const met = asked(value);
  if (met) return [met.meeting, met.after ?? met.meeting].every((name) => Object.hasOwn(meetings, name));
  const [outcome, ending] = value.split("=");
  if (ending !== undefined) return outcome === "end_state" && Object.hasOwn(endings, ending);
  return Object.hasOwn(outcomes, value);
}

function takeGuess(state, value, endings) {
  const [ending, count] = value.split(".");
  if (!Object.hasOwn(endings, ending) || !/^\d{1,2}$/.test(count)) return false;
  return put(state, "guess", { ending, count: Math.min(Number(count), 20) });
}

function put(to, name, value) {
  to[name] = value;
  return true;
}

function decoded(pair) {
  const cut = pair.indexOf("=");
  if (cut < 1) return null;
  try {
    return [decodeURIComponent(pair.slice(0, cut)), decodeURIComponent(pair.slice(cut + 1).replaceAll("+", " "))];
  } catch {
    return null;
  }
}

function sorted(entries) {
  return Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** A number in so many digits that a slider's share of a group comes back as it was, to a hair. */
function short(number) {
  return number.toFixed(10).replace(/\.?0+$/, "");
}
