// What sliders write into the settings, and how a setting differs from the unchanged scenario.

const PARTS = { condition: "conditions", odds: "odds", date: "dates", hazard: "hazards" };

/** The part of the settings that a slider writes to. */
export function partOf(slider) {
  return PARTS[slider.kind] ?? slider.kind;
}

/** What a slider is set to; undefined where the scenario decides. */
export function valueOf(slider, settings) {
  return settings[partOf(slider)]?.[slider.name];
}

/**
 * The settings after a slider was moved, or given back to the scenario (`value` undefined).
 *
 * Events of a group exclude each other, and one of them happens as surely as before: what one gains its rivals lose, in
 * proportion to their usual odds.
 * @param {Object} settings
 * @param {{kind: string, name: string}} slider
 * @param {number} [value]
 * @param {Array<{name: string, group: ?string, probability: number}>} events of the scenario
 */
export function moved(settings, slider, value, events = []) {
  const part = partOf(slider);
  const entries = { ...settings[part] };
  const set = (name, entry) => (entry === undefined ? delete entries[name] : (entries[name] = entry));
  set(slider.name, value);
  if (part === "odds") {
    const rivals = rivalsOf(slider.name, events);
    const sum = (each) => each.reduce((all, event) => all + event.probability, 0);
    const own = events.find((event) => event.name === slider.name)?.probability ?? 0;
    const left = own + sum(rivals) - (value ?? 0);
    for (const event of rivals) {
      const part = sum(rivals) > 0 ? event.probability / sum(rivals) : 1 / rivals.length;
      set(event.name, value === undefined ? undefined : tidy(Math.max(0, left) * part));
    }
  }
  return { ...settings, [part]: entries };
}

/** Events that exclude the named one. */
export function rivalsOf(name, events) {
  const group = events.find((event) => event.name === name)?.group;
  return group ? events.filter((event) => event.group === group && event.name !== name) : [];
}

/** The sliders that differ from the scenario, each with its value, in the order of the page. */
export function changes(settings, sliders) {
  return sliders.map((slider) => ({ slider, value: valueOf(slider, settings) }))
    .filter(({ value }) => value !== undefined);
}

/** A setting as one text: the same for settings that mean the same, whatever the order they were made in. */
export function keyOf(settings) {
  const sorted = (value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    const kept = Object.keys(value).sort().map((name) => [name, sorted(value[name])])
      .filter(([, each]) => each !== undefined && each !== null && !(isEmpty(each)));
    return Object.fromEntries(kept);
  };
  return JSON.stringify(sorted(settings));
}

/** The value on a slider's scale that is nearest to one given. */
export function onScale(slider, value) {
  const steps = Math.round((value - slider.low) / slider.step);
  return tidy(Math.min(slider.high, Math.max(slider.low, slider.low + steps * slider.step)));
}

function isEmpty(value) {
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Without the tail that binary fractions leave. */
function tidy(value) {
  return Number(value.toFixed(6));
}
