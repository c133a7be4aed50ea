// What sliders write into the settings, and how a setting differs from the unchanged scenario.

import { oddsWith } from "../../settings.js";

/** What a slider is set to; undefined where the scenario decides. A slider's kind is the part of the settings. */
export function valueOf({ kind, name }, settings) {
  return settings[kind]?.[name];
}

/**
 * The settings after a slider was moved, or given back to the scenario (`value` undefined). Events of a group exclude
 * each other: what the odds of one gain, its rivals lose.
 * @param {Object} settings
 * @param {{kind: string, name: string}} slider
 * @param {number|undefined} value
 * @param {Object} data the pack's `engine`
 */
export function moved(settings, { kind, name }, value, data) {
  const entries = { ...settings[kind] };
  if (value === undefined) {
    for (const each of [name, ...(kind === "odds" ? rivals(data, name) : [])]) delete entries[each];
  } else {
    Object.assign(entries, kind === "odds" ? oddsWith(data, entries, name, value) : { [name]: value });
  }
  return { ...settings, [kind]: entries };
}

/** Events of the same group. */
function rivals(data, name) {
  const group = data.events.find((event) => event.name === name)?.group;
  return data.events.filter((event) => group && event.group === group && event.name !== name).map((each) => each.name);
}

/** The sliders that differ from the scenario, each with its value, in the order of the page. */
export function changes(settings, sliders) {
  return sliders.map((slider) => ({ slider, value: valueOf(slider, settings) }))
    .filter(({ value }) => value !== undefined);
}

/** A setting as one text: the same for settings that mean the same, whatever the order they were made in. */
export function keyOf(settings) {
  return JSON.stringify(sorted(settings));
}

function sorted(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const kept = Object.keys(value).sort().map((name) => [name, sorted(value[name])])
    .filter(([, each]) => each !== undefined && each !== null && !isEmpty(each));
  return Object.fromEntries(kept);
}

function isEmpty(value) {
  return typeof value === "object" && Object.keys(value).length === 0;
}
