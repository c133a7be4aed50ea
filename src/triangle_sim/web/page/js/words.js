// Every word of the page comes from words/LANGUAGE.yaml; what a language lacks is said in English.

/** Languages by their own names, in the order of the switch. */
export const LANGUAGES = { en: "English", ko: "한국어" };

/**
 * The words of one language.
 *
 * `t("guess.title", {n: 20})` is a sentence of the page with its values filled in: `{n}` in the text. `t.label("moves",
 * "PRK", "hold")` is a name of the model, `t.part("card", "moves", "PRK", "hold")` what else there is to say of it:
 * `card`, `news`, `meaning`, `question`, `the` (a country within a sentence), `capital`. A name without words of its
 * own, as of a reader's own event, comes as it is written. `t.said(text, "claims", "A1", "says")` is what the model
 * says in English itself, in this language where it has words for it. A quarter is told as the language tells one,
 * alone by `t.quarter("2024Q3")`, and within a sentence by itself.
 * @param {Object} words {en: {...}, ko: {...}}
 * @param {string} language
 */
export function speak(words, language) {
  const order = [words[language], words.en].filter(Boolean);
  const find = (path) => {
    for (const each of order) {
      const found = path.reduce((at, key) => (at && Object.hasOwn(at, key) ? at[key] : undefined), each);
      if (found !== undefined && found !== null && found !== "") return found;
    }
    return undefined;
  };
  const t = (key, values = {}) => fill(find(["ui", ...key.split(".")]) ?? key, values, t.quarter);
  t.quarter = (label) => {
    const found = QUARTER.exec(label);
    return found ? fill(find(["quarter"]) ?? label, { year: found[1], number: found[2] }) : String(label);
  };
  t.said = (text, ...path) => String(find(["said", ...path]) ?? text);
  t.has = (key) => find(["ui", ...key.split(".")]) !== undefined;
  t.part = (part, ...path) => String(find([...path, part]) ?? "");
  t.label = (...path) => {
    const found = find(path);
    if (typeof found === "string") return found;
    return String(found?.label ?? found?.name ?? found?.title ?? path.at(-1).replaceAll("_", " "));
  };
  t.language = language;
  const digits = (value, shape) => new Intl.NumberFormat(language, shape).format(value);
  t.number = (value, places = 0) => digits(value, { minimumFractionDigits: places, maximumFractionDigits: places });
  t.percent = (share) => digits(share, { style: "percent", maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 });
  return t;
}

/** A text with its first letter a capital, as at the start of a line. */
export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Languages that a pack has words of. */
export function languages(words) {
  return Object.keys(LANGUAGES).filter((each) => words[each]);
}

const HOLE = /\{(\w+)\}(?:([’”]*)([이을은과]?\([가를는와으]\)로?))?/g;
const QUARTER = /^(\d{4})Q([1-4])$/;

/** Each `{name}` replaced by its value, with the right particle where a Korean text gives both: `{name}이(가)`. */
function fill(text, values, told = String) {
  return String(text).replace(HOLE, (all, name, closed = "", pair = "") => {
    if (!Object.hasOwn(values, name)) return all;
    const value = told(values[name]);
    return value + closed + particle(value, pair);
  });
}

/** Of a pair such as `이(가)` the one that follows a word, by the last sound of it: 한국이, 러시아가, 3이, 미국으로. */
function particle(word, pair) {
  const last = word.replace(/\s*\([^()]*\)$/, "").at(-1) ?? "";
  const syllable = last.charCodeAt(0) - 0xac00;
  const final = syllable >= 0 && syllable < 11172 ? syllable % 28 : { 0: 21, 1: 8, 3: 16, 6: 1, 7: 8, 8: 8 }[last];
  if (!pair || (final === undefined && !/\d/.test(last))) return pair;
  const [closing, open] = pair.startsWith("(") ? ["으로", "로"] : [pair[0], pair[2]];
  return final && !(open === "로" && final === 8) ? closing : open;
}
