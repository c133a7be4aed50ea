// What can be asked of a summary: each outcome, and each ending, as a share of futures or a mean.

import { mean } from "../../intervals.js";

/**
 * What a name of a measure means: an outcome's own name, or `end_state=bloc`.
 * @param {string} of
 * @param {Object} about the pack's `about`
 * @returns {{of: string, kind: "share"|"number"|"quarter", ending: ?string, outcome: ?string}}
 */
export function measure(of, about) {
  const [outcome, ending] = of.split("=");
  if (ending !== undefined) return { of, kind: "share", ending, outcome: null };
  const unit = about.outcomes?.[outcome]?.unit ?? "true or false";
  const kind = { "true or false": "share", "quarters from the start": "quarter" }[unit] ?? "number";
  return { of, kind, ending: null, outcome };
}

/** The level of a measure in a group of futures, or null where the summary has none. */
export function levelOf({ ending, outcome }, group) {
  const found = ending ? group.endings?.[ending] : group.outcomes?.[outcome];
  return found && Number.isFinite(found.value) ? found : null;
}

/** All that a summary has: outcomes first, in the order of the pack, then endings. */
export function measuresOf(group, about) {
  const outcomes = Object.keys(about.outcomes ?? group.outcomes).filter((name) => group.outcomes[name]);
  return [...outcomes, ...Object.keys(group.endings ?? {}).map((name) => `end_state=${name}`)];
}

/**
 * The difference between two levels on the same worlds, with its 95 % interval over draws.
 * A draw's runs share their parameters and their luck in both, so that the difference is taken within each draw.
 * @returns {{value: number, low: number, high: number, verdict: "more"|"less"|"same"|"unclear"}}
 */
export function difference(now, then) {
  const gap = mean(Array.from(now.means, (each, draw) => each - then.means[draw]));
  const none = gap.value === 0 && !(gap.high > gap.low);
  return { ...gap, verdict: none ? "same" : gap.low > 0 ? "more" : gap.high < 0 ? "less" : "unclear" };
}
