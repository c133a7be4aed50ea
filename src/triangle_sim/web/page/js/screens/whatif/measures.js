// What can be asked of a summary: each outcome, ending and meeting, as a share of futures or a mean.

import { mean } from "../../intervals.js";
import { asked, column } from "../../meetings.js";

/** How an outcome is told, by its unit; whatever else it is, it is a number. */
const KINDS = { "true or false": "share", "share of quarters": "part", "quarters from the start": "quarter" };

/** Whether a kind is told in hundredths: of 100 futures, or of 100 quarters. */
export const ofHundred = (kind) => kind === "share" || kind === "part";

/**
 * What a name of a measure means: an outcome's own name, `end_state=bloc`, or `met us_prk_summit after us_rus_deal`.
 * @param {string} of
 * @param {Object} about the pack's `about`
 * @returns {{of: string, kind: "share"|"part"|"number"|"quarter", ending: ?string, outcome: ?string, met: ?{meeting:
 *   string, after: ?string}}} a share is one of futures, a part one of quarters
 */
export function measure(of, about) {
  const [outcome, ending] = of.split("=");
  const met = asked(of);
  if (ending !== undefined || met) return { of, kind: "share", ending: ending ?? null, outcome: null, met };
  const unit = about.outcomes?.[outcome]?.unit ?? "true or false";
  const kind = KINDS[unit] ?? "number";
  return { of, kind, ending: null, outcome, met: null };
}

/** The level of a measure in a group of futures, or null where the summary has none. */
export function levelOf({ ending, outcome, met }, group) {
  const found = met ? group.met?.(met.meeting, met.after)
    : ending ? group.endings?.[ending] : group.outcomes?.[outcome];
  return found && Number.isFinite(found.value) ? found : null;
}

/** The meeting that a measure is about, if it is about one: an outcome may have its name. */
export function meetingOf(of, about) {
  return asked(of)?.meeting ?? (about.meetings?.[of] ? of : null);
}

/** The measure that asks for a meeting, at any time or only after another one. */
export function meets(meeting, after, about) {
  return !after && about.outcomes?.[meeting] ? meeting : column(meeting, after);
}

/** All that a summary has: outcomes first, in the order of the pack, then endings and meetings. */
export function measuresOf(group, about) {
  const outcomes = Object.keys(about.outcomes ?? group.outcomes).filter((name) => group.outcomes[name]);
  const meetings = Object.keys(about.meetings ?? {}).map((name) => meets(name, null, about));
  const endings = Object.keys(group.endings ?? {}).map((name) => `end_state=${name}`);
  return [...new Set([...outcomes, ...endings, ...meetings])];
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
