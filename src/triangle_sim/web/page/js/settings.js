/**
 * What a reader may change, checked against what the scenario has. A wrong setting is one clear error.
 *
 * Settings: { conditions: {name: level}, odds: {event: probability}, dates: {event: quarter index},
 * hazards: {event: chance a quarter}, theory: null | name, seats: {code: [move | null, ...]} }; any may be absent.
 */

export const PARTS = ["conditions", "odds", "dates", "hazards", "theory", "seats"];

/** A setting that cannot be played: `message` says what came and what exists. */
export class SettingsError extends Error {
  constructor(message) {
    super(message);
    this.name = "SettingsError";
  }
}

/** A value as a message shows it: short, whatever was given. */
export function shown(value) {
  const text = typeof value === "string" ? `"${value}"` : typeof value === "number" ? String(value) : typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** One of the names that there are. */
export function known(name, names, what) {
  if (names.includes(name)) return name;
  throw new SettingsError(`unknown ${what} ${shown(name)}; there are: ${names.join(", ") || "none"}`);
}

/** A number within a range. */
export function within(value, low, high, what) {
  if (typeof value === "number" && value >= low && value <= high) return value;
  throw new SettingsError(`${what} must be a number from ${low} to ${high}, not ${shown(value)}`);
}

/** A whole number within a range. */
export function whole(value, low, high, what) {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new SettingsError(`${what} must be a whole number from ${low} to ${high}, not ${shown(value)}`);
}

/** The entries of a mapping that was given, or none. */
export function entries(part, what) {
  if (part === undefined || part === null) return [];
  if (typeof part === "object" && !Array.isArray(part)) return Object.entries(part);
  throw new SettingsError(`${what} must map names to values, not be ${Array.isArray(part) ? "a list" : shown(part)}`);
}

/**
 * Settings with every part there, all names and numbers checked.
 *
 * @param {object} pack the engine's part of a page's data
 * @param {object} [settings]
 * @returns {{conditions: Map, odds: Map, dates: Map, hazards: Map, theory: ?string, seats: Map}}
 */
export function checked(pack, settings = {}) {
  for (const [key] of entries(settings, "settings")) known(key, PARTS, "setting");
  const given = settings ?? {};
  const events = new Map(pack.events.map((event) => [event.name, event]));
  const event = (name) => events.get(known(name, [...events.keys()], "event"));
  const quarters = pack.quarters.length - 1;
  const conditions = new Map(Object.entries(pack.pins));
  for (const [name, level] of entries(given.conditions, "conditions")) {
    const range = pack.condition_ranges[known(name, pack.conditions, "condition")];
    conditions.set(name, within(level, ...range, name));
  }
  const odds = new Map();
  for (const [name, chance] of entries(given.odds, "odds")) {
    odds.set(event(name).name, within(chance, 0, 1, `the probability of ${name}`));
  }
  groups(pack, odds);
  const dates = new Map();
  for (const [name, quarter] of entries(given.dates, "dates")) {
    if (!event(name).scheduled) throw new SettingsError(`${name} has no date: it comes with a chance or a condition`);
    dates.set(name, whole(quarter, 0, quarters - 1, `the quarter of ${name}`));
  }
  const hazards = new Map();
  for (const [name, chance] of entries(given.hazards, "hazards")) {
    if (event(name).hazard === null) throw new SettingsError(`${name} has no chance a quarter to set`);
    hazards.set(name, within(chance, 0, 1, `the chance a quarter of ${name}`));
  }
  const theory = given.theory ?? null;
  if (theory !== null) known(theory, pack.theories, "theory");
  return { conditions, odds, dates, hazards, theory, seats: seats(pack, given.seats, quarters) };
}

/** Members of a group exclude each other, so their odds sum to one at most. */
export function groups(pack, odds) {
  const sums = new Map();
  for (const { name, group, probability } of pack.events) {
    if (group !== null) sums.set(group, (sums.get(group) ?? 0) + (odds.get(name) ?? probability));
  }
  for (const [group, sum] of sums) {
    if (sum > 1 + 1e-9) {
      const members = pack.events.filter((event) => event.group === group).map((event) => event.name);
      throw new SettingsError(`${members.join(" and ")} exclude each other, but their odds sum to ${sum.toFixed(3)}`);
    }
  }
}

/** Moves played from seats, by country: names of its menu, or null for its own decision rule. */
export function seats(pack, given, quarters) {
  const out = new Map();
  for (const [code, moves] of entries(given, "seats")) {
    known(code, pack.codes, "country");
    if (moves === null) {
      out.set(code, []);
      continue;
    }
    const seat = `the seat of ${code}`;
    if (!Array.isArray(moves)) throw new SettingsError(`${seat} must be a list of moves, not ${shown(moves)}`);
    if (moves.length > quarters) throw new SettingsError(`${seat} has more moves than ${quarters} quarters`);
    const off = pack.disabled[code] ?? [];
    const menu = pack.menus[code].filter((move) => !off.includes(move));
    out.set(code, moves.map((move) => (move === null ? null : known(move, menu, `move of ${code}`))));
  }
  return out;
}

/**
 * Odds of an event, and of the others of its group: what they leave each other is shared in the old proportion.
 *
 * @returns {object} the odds, by event, with those of the group set
 */
export function oddsWith(pack, odds, name, chance) {
  const event = pack.events.find((each) => each.name === name);
  const out = { ...odds, [name]: chance };
  if (!event || event.group === null) return out;
  const members = pack.events.filter((each) => each.group === event.group);
  const others = members.filter((each) => each.name !== name);
  const now = others.map((each) => odds[each.name] ?? each.probability);
  const total = now.reduce((sum, each) => sum + each, 0);
  const left = Math.max(0, members.reduce((sum, each) => sum + each.probability, 0) - chance);
  others.forEach((each, k) => {
    out[each.name] = total > 0 ? (now[k] / total) * left : left / others.length;
  });
  return out;
}
