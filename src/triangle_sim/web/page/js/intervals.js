/** 95 % intervals over draws, by the formulas of `analysis/intervals.py`: runs of one draw are not independent. */

const Z = 1.959963984540054;
const LEVEL = 0.95;
const cache = new Map();

/** How much of Student's distribution, of whole degrees, lies within -t .. t (Abramowitz & Stegun 26.7.3-4). */
function studentWithin(t, degrees) {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cos2 = Math.cos(angle) ** 2;
  const odd = degrees % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 2 : 1; k <= degrees - 3; k += 2) {
    term *= (k / (k + 1)) * cos2;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** The t within which 95 % of Student's distribution lies. */
export function student(degrees) {
  if (!cache.has(degrees)) {
    let low = 1.9;
    let high = 12.8;
    for (let k = 0; k < 60; k += 1) {
      const middle = (low + high) / 2;
      if (studentWithin(middle, degrees) < LEVEL) low = middle;
      else high = middle;
    }
    cache.set(degrees, (low + high) / 2);
  }
  return cache.get(degrees);
}

function meanOf(numbers) {
  let sum = 0;
  for (let k = 0; k < numbers.length; k += 1) sum += numbers[k];
  return sum / numbers.length;
}

function variance(numbers, mean) {
  let sum = 0;
  for (let k = 0; k < numbers.length; k += 1) sum += (numbers[k] - mean) ** 2;
  return sum / (numbers.length - 1);
}

/** A mean over draws with a t interval, from the draws' means; those that are missing (NaN) are left out. */
export function mean(means) {
  const known = means.filter((each) => each === each);
  if (!known.length) return { value: NaN, low: NaN, high: NaN };
  const value = meanOf(known);
  if (known.length === 1) return { value, low: NaN, high: NaN };
  const reach = student(known.length - 1) * Math.sqrt(variance(known, value) / known.length);
  return { value, low: value - reach, high: value + reach };
}

/** A share of runs, from the draws' shares and their runs: Wilson's interval with the effective number of runs. */
export function share(means, runs) {
  const n = means.length;
  const value = meanOf(means);
  if (n < 2) return { value, low: NaN, high: NaN };
  const spread = variance(means, value) / n;
  let effective = n;
  if (spread > 0) {
    effective = Math.min((value * (1 - value)) / spread, runs) * (student(runs - 1) / student(n - 1)) ** 2;
  }
  const below = 1 + (Z * Z) / effective;
  const centre = (value + (Z * Z) / (2 * effective)) / below;
  const reach = (Z * Math.sqrt((value * (1 - value)) / effective + (Z * Z) / (4 * effective ** 2))) / below;
  const low = Math.max(0, Math.min(value, centre - reach));
  return { value, low, high: Math.min(1, Math.max(value, centre + reach)) };
}
