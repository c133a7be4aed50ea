/** Settings as a scenario file, which `triangle-sim run` plays to the same numbers. */

import { checked } from "./settings.js";

/** A number that YAML reads as one. */
function number(value) {
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** A mapping in braces; keys are names of the model. */
function mapping(entries) {
  return `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`;
}

/**
 * The text of a scenario that extends the page's own.
 *
 * A theory is not set in it: `run` says the numbers of both, and those of the one are the same.
 *
 * @param {object} pack a page's data, or its `engine` part
 * @param {object} settings
 * @param {{title?: string, run?: {draw: number, replicate: number}}} [options] run: the history to be shown
 * @returns {string} YAML
 */
export function toScenario(pack, settings, { title, run } = {}) {
  const part = pack.engine ?? pack;
  const set = checked(part, settings);
  const lines = [];
  if (title) lines.push(`title: ${JSON.stringify(title)}`);
  lines.push(`extends: ${JSON.stringify(part.scenario)}`);
  const held = [...set.conditions].filter(([name, level]) => part.pins[name] !== level);
  if (held.length) lines.push(`pin: ${mapping(held.map(([name, level]) => [name, number(level)]))}`);
  const events = part.events.flatMap(({ name }) => {
    const changes = [];
    if (set.odds.has(name)) changes.push(["probability", number(set.odds.get(name))]);
    if (set.dates.has(name)) changes.push(["when", part.quarters[set.dates.get(name)]]);
    if (set.hazards.has(name)) changes.push(["hazard", number(set.hazards.get(name))]);
    return changes.length ? [`  ${name}: ${mapping(changes)}`] : [];
  });
  if (events.length) lines.push("events:", ...events);
  if (set.seats.size) {
    lines.push("seats:");
    for (const [code, moves] of set.seats) lines.push(`  ${code}: [${moves.map((move) => move ?? "null").join(", ")}]`);
  }
  if (run) lines.push(`run: {draw: ${run.draw}, replicate: ${run.replicate}}`);
  lines.push(`draws: ${part.draws}`, `replicates: ${part.replicates}`, `seed: ${part.seed}`);
  return `${lines.join("\n")}\n`;
}
