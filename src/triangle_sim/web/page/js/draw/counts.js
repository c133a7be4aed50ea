// Counting futures in words: "7 in 20" in whole numbers that add up, and per cents with their intervals.

const DOTS = 20;

/** The nearest whole number; halves go to the even neighbour, as in the package's tables. */
export const rounded = (value) => (Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));

/**
 * Whole numbers that sum to 20 and lie nearest the shares (largest remainder; ties to the earlier one).
 * @param {number[]} shares
 * @returns {number[]}
 */
export function inTwenty(shares, whole = DOTS) {
  const sum = shares.reduce((total, share) => total + (share || 0), 0);
  if (!(sum > 0)) return shares.map(() => 0);
  // Rounded first: 0.35 * 20 is a hair above or below 7, which must not decide who gets the last dot.
  const wanted = shares.map((share) => Math.round(((share || 0) / sum) * whole * 1e9) / 1e9);
  const counts = wanted.map(Math.floor);
  const order = wanted.map((_, at) => at).sort((a, b) => counts[a] - wanted[a] - (counts[b] - wanted[b]) || a - b);
  const left = whole - counts.reduce((total, count) => total + count, 0);
  for (const at of order.slice(0, left)) counts[at] += 1;
  return counts;
}

/**
 * Which phrase says a count, and what fills it: keys `none`, `under_one`, `over_nineteen`, `n_in_20`.
 * @returns {[string, {n: number}]}
 */
export function countKey(share, count) {
  if (!(share > 0)) return ["none", { n: 0 }];
  if (count === 0) return ["under_one", { n: 1 }];
  if (count === DOTS && share < 1) return ["over_nineteen", { n: DOTS - 1 }];
  return ["n_in_20", { n: count }];
}

/**
 * A share as per cent with its interval, "35 % (32–38)"; "<1" and ">99" where rounding would claim never or always.
 * @param {{value: number, low?: number, high?: number}} share
 */
export function perCent({ value, low = NaN, high = NaN }) {
  const whole = value > 0 && value < 0.005 ? "<1" : value > 0.995 && value < 1 ? ">99" : `${rounded(100 * value)}`;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return `${whole} %`;
  return `${whole} % (${rounded(100 * low)}–${rounded(100 * high)})`;
}
