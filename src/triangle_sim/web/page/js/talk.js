// With who holds this page in a frame, as a notebook does: what is set, both ways, and what the page shows.

import { fresh, read, write } from "./link.js";

/**
 * Tells the holder of the frame what is set and what futures were counted, and takes settings from it.
 * Nothing happens in a page that stands alone. What comes is checked as a link is.
 * @param {Object} page with `pool`, `settings`, `pack`
 * @param {function(Object)} take sets settings
 */
export function talk(page, take) {
  if (globalThis.parent === globalThis) return;
  const send = (kind, data) => globalThis.parent.postMessage({ triangle_sim: kind, data }, "*");
  let heard = "";
  page.settings.on((settings) => {
    const text = JSON.stringify(settings);
    if (text !== heard) send("settings", settings);
    heard = text;
  });
  addEventListener("message", ({ source, data }) => {
    if (source !== globalThis.parent || data?.triangle_sim !== "settings") return;
    const settings = understood(data.data, page.pack.about);
    heard = JSON.stringify(data.data);
    if (settings && JSON.stringify(settings) !== JSON.stringify(page.settings.get())) take(settings);
  });
  page.pool = watched(page.pool, (settings, summary) => send("results", { settings, summary: plain(summary) }));
  send("ready", page.settings.get());
}

/** Settings as a link would bring them: names that exist, numbers within their ranges; null for nonsense. */
export function understood(data, about) {
  try {
    const settings = { ...fresh().settings, ...data };
    return read(write({ ...fresh(), settings }, about), about).state.settings;
  } catch {
    return null;
  }
}

/** A pool that also tells what it has counted. */
function watched(pool, tell) {
  if (!pool) return pool;
  return new Proxy(pool, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== "futures") return typeof value === "function" ? value.bind(target) : value;
      return async (settings, ...rest) => {
        const summary = await target.futures(settings, ...rest);
        tell(settings, summary);
        return summary;
      };
    },
  });
}

/** What of a summary is a table of its own: shares and means by theory, without the paths and each draw's own. */
export function plain({ n, draws, replicates, all, theories }) {
  const level = ([name, { value, low, high }]) => [name, { value, low, high }];
  const table = (levels) => Object.fromEntries(Object.entries(levels).map(level));
  const brief = ({ n: futures, endings, start, outcomes }) =>
    ({ n: futures, endings: table(endings), start: table(start), outcomes: table(outcomes) });
  const by = Object.entries(theories ?? {}).map(([name, group]) => [name, brief(group)]);
  return { n, draws, replicates, all: brief(all), theories: Object.fromEntries(by) };
}
