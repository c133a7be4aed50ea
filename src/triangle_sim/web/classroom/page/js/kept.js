// What this browser keeps, so that a reload keeps the seat: room, token, language. Nothing else, and no cookie.

const PREFIX = "triangle-sim.classroom.";

/** What is kept under a name, else null. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Keeps a value under a name; null forgets it. A browser that keeps nothing plays on until it is reloaded. */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A private window may refuse.
  }
}
