// What the reader has set, and what the page remembers: one value, and those who want to know when it changes.

/** Settings under which nothing is changed. */
export function nothingSet() {
  return { conditions: {}, odds: {}, dates: {}, hazards: {}, theory: null, seats: {} };
}

/**
 * A value that can be watched.
 * `set({odds: {...}})` replaces what it names; `change("odds", "trump_elected", 0.3)` sets one entry, `undefined` takes
 * it out; `on(fn)` calls `fn(value)` after each change and returns what ends that.
 * @param {Object} first
 */
export function store(first) {
  let value = first;
  const listeners = new Set();
  const set = (patch) => {
    value = { ...value, ...patch };
    for (const each of [...listeners]) each(value);
  };
  return {
    get: () => value,
    set,
    change(part, name, entry) {
      const { [name]: _, ...rest } = value[part] ?? {};
      set({ [part]: entry === undefined ? rest : { ...rest, [name]: entry } });
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
