// Requests to the classroom's server. The token travels in a header, never in an address.

/** A request that was not granted; `reason` is a key of `classroom.refused`. */
export class Refused extends Error {
  constructor(status, reason) {
    super(`${status} ${reason}`);
    this.status = status;
    this.reason = reason;
  }
}

/**
 * Asks the server.
 * @param {string} path
 * @param {{token?: string, body?: Object, text?: boolean}} [how] body: makes it a POST; text: the answer as it is
 * @returns {Promise<Object|string|null>} null where nothing has changed (204)
 * @throws {Refused}
 */
export async function ask(path, { token = "", body = null, text = false } = {}) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  if (body) headers["content-type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Refused(0, "no_answer");
  }
  if (answer.status === 204) return null;
  if (answer.ok) return text ? answer.text() : answer.json();
  const said = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, said.refused ?? "failed");
}

/**
 * Asks again and again, one request at a time; asks no more while nobody looks at the page.
 * @param {function(): Promise<void>} look
 * @param {number} [every] milliseconds between an answer and the next question
 * @returns {{now: function(): Promise<void>, stop: function(): void}}
 */
export function poll(look, every = 1000) {
  let timer = 0;
  let stopped = false;
  let running = null;
  const now = () => {
    clearTimeout(timer);
    running ??= look().finally(() => {
      running = null;
      if (!stopped) timer = setTimeout(now, document.hidden ? 5 * every : every);
    });
    return running;
  };
  const seen = () => document.hidden || now();
  document.addEventListener("visibilitychange", seen);
  return {
    now: async () => {
      if (running) await running;
      await now();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    },
  };
}
