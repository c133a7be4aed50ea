/** The strategic triangle of China, North Korea and Russia: signs of its ties, quarter by quarter, in every run. */

const TIES = [["CHN", "PRK"], ["CHN", "RUS"], ["PRK", "RUS"]];

/** Whether the three take part. */
export function hasTriangle(pack) {
  return ["CHN", "PRK", "RUS"].every((code) => pack.codes.includes(code));
}

/**
 * The three signs of each run as one code, 9 * (CHN, PRK) + 3 * (CHN, RUS) + (PRK, RUS) + 13: a place in `type_of`.
 *
 * A tie gains a sign where it reaches the band's `enter`, and keeps it until below `leave`.
 *
 * @param {object} record state `(quarters + 1, variables, stride)`, and its `draws`
 * @returns {Int8Array} (quarters + 1, draws)
 */
export function patternsOf(pack, { state, stride, draws }) {
  const { variables, band } = pack;
  const size = draws.length;
  const out = new Int8Array(pack.quarters.length * size).fill(13);
  if (!hasTriangle(pack)) return out;
  const signs = new Int8Array(size);
  TIES.forEach(([i, j], k) => {
    const there = variables.indexOf(`goodwill[${i},${j}]`);
    const back = variables.indexOf(`goodwill[${j},${i}]`);
    const weight = [9, 3, 1][k];
    signs.fill(0);
    for (let quarter = 0; quarter < pack.quarters.length; quarter += 1) {
      const first = (quarter * variables.length + there) * stride;
      const second = (quarter * variables.length + back) * stride;
      for (let run = 0; run < size; run += 1) {
        const tie = (state[first + run] + state[second + run]) / 2;
        let sign = signs[run];
        if (tie >= band.enter) sign = 1;
        else if (tie <= -band.enter) sign = -1;
        else if (sign * tie < band.leave) sign = 0;
        signs[run] = sign;
        out[quarter * size + run] += weight * sign;
      }
    }
  });
  return out;
}
