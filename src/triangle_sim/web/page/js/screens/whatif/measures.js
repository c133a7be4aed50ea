// What can be asked of a summary: each outcome, and each ending, as a share of futures or a mean.

/**
 * What a name of a measure means: an outcome's own name, or `ending=bloc`.
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
  return [...outcomes, ...Object.keys(group.endings ?? {}).map((name) => `ending=${name}`)];
}

/**
 * The difference between two levels on the same worlds, with its 95 % interval where both know their draws.
 * A draw's runs share their parameters and their luck in both, so that the difference is taken within each draw.
 * @returns {{value: number, low: number, high: number, verdict: "more"|"less"|"unclear"}}
 */
export function difference(now, then) {
  const value = now.value - then.value;
  const gaps = now.means && then.means && now.means.length === then.means.length
    ? Array.from(now.means, (mean, k) => mean - then.means[k]).filter(Number.isFinite) : [];
  if (gaps.length < 2) return { value, low: NaN, high: NaN, verdict: "unclear" };
  const centre = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const spread = gaps.reduce((sum, gap) => sum + (gap - centre) ** 2, 0) / (gaps.length - 1);
  const reach = quantile(gaps.length - 1) * Math.sqrt(spread / gaps.length);
  const [low, high] = [centre - reach, centre + reach];
  return { value: centre, low, high, verdict: low > 0 ? "more" : high < 0 ? "less" : "unclear" };
}

/**
 * The 97.5 % point of Student's t, by the expansion about the normal's (Abramowitz & Stegun 26.7.5): within 1e-4 from
 * 10 degrees of freedom on.
 */
export function quantile(freedom) {
  const z = 1.959963984540054;
  const n = freedom;
  return z + (z ** 3 + z) / (4 * n) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * n ** 2)
    + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * n ** 3)
    + (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92160 * n ** 4);
}
