/** Settings as a scenario file, which `triangle-sim run` plays to the same numbers. */

import { checked } from "./settings.js";

/** What the date of an event takes the place of. */
const NO_OTHER_TIME = ["window", "hazard", "condition", "from", "until"];

/** A number that YAML reads as one. */
function number(value) {
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** A mapping or a list in braces, as JSON and YAML have it. */
function flow(value) {
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, each]) => `${word(key)}: ${flow(each)}`).join(", ")}}`;
}

/** A name as it is written, in quotes where it needs some. */
function word(text) {
  return /^[a-z]\w*$/i.test(text) ? text : JSON.stringify(text);
}

function isEmpty(value) {
  return value === "" || (typeof value === "object" && !Object.keys(value).length);
}

/** What settings change of events, by name. */
function changed(part, set) {
  return Object.fromEntries(part.events.flatMap(({ name }) => {
    const change = {};
    if (set.odds.has(name)) change.probability = set.odds.get(name);
    if (set.dates.has(name)) change.when = part.quarters[set.dates.get(name)];
    if (set.hazards.has(name)) change.hazard = set.hazards.get(name);
    return Object.keys(change).length ? [[name, change]] : [];
  }));
}

/** A whole scenario with pins, events and seats laid over its own. */
function laid(whole, { pin, events, seats }) {
  const all = { ...whole.events };
  for (const [name, change] of Object.entries(events)) {
    const kept = Object.entries(all[name]).filter(([key]) => !(change.when && NO_OTHER_TIME.includes(key)));
    all[name] = { ...Object.fromEntries(kept), ...change };
  }
  // What is held at a level begins nowhere else: a file that says both is refused.
  const environment = Object.fromEntries(Object.entries(whole.environment).filter(([name]) => !(name in pin)));
  return { ...whole, environment, pin: { ...whole.pin, ...pin }, events: all, seats: { ...whole.seats, ...seats } };
}

/** The name of a file about a scenario, for a shell to read as one word. */
export function fileOf(scenario, what) {
  return `${scenario.replace(/[^\p{L}\p{N}_.-]+/gu, "_")}_${what}.yaml`;
}

/**
 * The text of a scenario that extends the page's own, or says all of it where that is no bundled one.
 *
 * A theory that is looked at alone is no part of a scenario: its futures are those that `run` counts in that theory's
 * column, which a comment says. A scenario of that theory alone would give it the other theory's draws as well.
 *
 * @param {object} pack a page's data, or its `engine` part
 * @param {object} settings
 * @param {{title?: string, run?: {draw: number, replicate: number}}} [options] run: the history to be shown
 * @returns {string} YAML
 */
export function toScenario(pack, settings, { title, run } = {}) {
  const part = pack.engine ?? pack;
  const set = checked(part, settings);
  const pin = Object.fromEntries([...set.conditions].filter(([name, level]) => part.pins[name] !== level));
  const over = { pin, events: changed(part, set), seats: Object.fromEntries(set.seats) };
  const { events, seats, ...rest } = part.whole ? laid(part.whole, over) : { extends: part.scenario, ...over };
  if (run) rest.run = { draw: run.draw, replicate: run.replicate };
  const lines = set.theory ? [`# looked at under ${set.theory} alone: what \`run\` says of that theory`] : [];
  if (title) lines.push(`title: ${JSON.stringify(title)}`);
  const list = (key, entries, said) => {
    const told = Object.entries(entries).map(([name, value]) => `  ${word(name)}: ${said(value)}`);
    if (told.length) lines.push(`${key}:`, ...told);
  };
  for (const [key, value] of Object.entries(rest)) if (!isEmpty(value)) lines.push(`${key}: ${flow(value)}`);
  list("events", events, flow);
  list("seats", seats, (moves) => `[${moves.map((move) => move ?? "null").join(", ")}]`);
  lines.push(`draws: ${part.draws}`, `replicates: ${part.replicates}`, `seed: ${part.seed}`);
  return `${lines.join("\n")}\n`;
}
