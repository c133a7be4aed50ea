// What pictures are given: the data of the page's drawings from a history or a summary, with the words that say them.

import { countKey, inTwenty } from "./draw/counts.js";
import { signed } from "./draw/style.js";
import { capital } from "./words.js";

const CODES = ["CHN", "KOR", "PRK", "RUS", "USA"];
/** The three of the question as they stand in the picture: North Korea on top, then left and right below it. */
export const THREE = ["PRK", "CHN", "RUS"];
/** Their ties in the order of the drawing, as the engine names them. */
export const TIES = ["CHN-PRK", "PRK-RUS", "CHN-RUS"];

/** The mutual tie of two countries: the mean of how warm each is to the other. */
export const mutual = (levels, a, b) => (levels[`goodwill[${a},${b}]`] + levels[`goodwill[${b},${a}]`]) / 2;

/** All ten mutual ties. */
function tiesOf(levels) {
  return CODES.flatMap((a, at) => CODES.slice(at + 1).map((b) => ({ a, b, value: mutual(levels, a, b) })));
}

/** A tie in a word. */
function tieWord(t, value) {
  const place = value > 0.55 ? 0 : value >= 0.15 ? 1 : value > -0.15 ? 2 : value >= -0.55 ? 3 : 4;
  return t(`histories.tie_${["allied", "friendly", "neutral", "cool", "hostile"][place]}`);
}

/** The words of the row of samples beside networks. */
export function keyData(t) {
  const labels = ["allied", "friendly", "neutral", "cool", "hostile"].map((each) => t(`histories.tie_${each}`));
  return { title: t("histories.key"), desc: labels.join(", "), labels };
}

/**
 * Data of the network (draw/network.js). `signs` are those of the triangle's three ties, which keep theirs until nearly
 * nothing is left of it; the other ties have the sign that their level gives.
 */
export function networkData(t, levels, title, signs = {}) {
  const ties = tiesOf(levels).map((tie) => ({ ...tie, sign: signs[`${tie.a}-${tie.b}`] }));
  const said = ties.map(({ a, b, value }) =>
    `${t.label("countries", a)} – ${t.label("countries", b)} ${signed(value)} (${tieWord(t, value)})`);
  return { title, desc: said.join("; "), ties,
    countries: CODES.map((code) => ({ code, label: t.label("countries", code) })) };
}

/** Data of the triangle (draw/triangle.js) from the engine's {type, roles, signs}; `levels` give the ties' widths. */
export function triangleData(t, triangle, title, levels = null) {
  const members = THREE.map((code) => ({ code, label: t.label("countries", code),
    role: t.label("roles", triangle.roles[code]), pivot: triangle.roles[code] === "pivot" }));
  const signs = TIES.map((tie) => triangle.signs[tie]);
  const values = levels ? TIES.map((tie) => Math.abs(mutual(levels, ...tie.split("-")))) : undefined;
  const said = TIES.map((tie, place) => {
    const [a, b] = tie.split("-").map((code) => t.label("countries", code));
    return `${a} – ${b}: ${t(`triangle.sign_${["bad", "none", "good"][signs[place] + 1]}`)}`;
  });
  const roles = members.map(({ label, role }) => `${label}: ${role}`);
  const desc = [capital(t.label("types", triangle.type)), ...said, ...roles].join(". ");
  return { title, desc, members, signs, values };
}

/** How many of twenty, in words. */
export function counted(t, share, count) {
  const [key, values] = countKey(share, count);
  return t(`histories.${key}`, values);
}

/** Theories of a summary in their order, those with futures in it. */
export function theoriesOf(summary) {
  return Object.keys(summary.theories).sort().filter((name) => summary.theories[name].n > 0);
}

/**
 * Rows of the endings bar (draw/endings.js): every ending that some theory has or that was guessed, the others named.
 * @param {Object} ctx
 * @param {Object} summary of the pool
 * @param {{ending: string, count: number}|null} guess
 * @returns {{views: Object[], rows: Object[], never: string[]}}
 */
export function endingRows(ctx, summary, guess = null) {
  const { t, pack } = ctx;
  const names = Object.keys(pack.about.endings);
  const theories = theoriesOf(summary);
  const groups = theories.length ? theories.map((name) => summary.theories[name]) : [summary.all];
  const counts = groups.map((group) => inTwenty(names.map((name) => group.endings[name]?.value ?? 0)));
  const some = (name) => groups.some((group) => group.endings[name]?.value > 0) || guess?.ending === name;
  const rows = names.map((name, place) => ({
    name,
    label: capital(t.label("endings", name)),
    gloss: capital(t.part("meaning", "endings", name)),
    shares: groups.map((group, at) => {
      const share = group.endings[name] ?? { value: 0, low: NaN, high: NaN };
      return { ...share, count: counted(t, share.value, counts[at][place]) };
    }),
    guess: guess?.ending === name
      ? { share: guess.count / 20, label: t("histories.you_said", { n: guess.count }) } : undefined,
  })).filter(({ name }) => some(name));
  rows.sort((one, other) => most(other) - most(one));
  return { views: theories.map((name) => ({ label: capital(t.label("theories", name)) })), rows,
    never: names.filter((name) => !some(name)).map((name) => t.label("endings", name)) };
}

const most = ({ shares }) => Math.max(...shares.map(({ value }) => value));
