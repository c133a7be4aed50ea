// Every word of the page comes from words/LANGUAGE.yaml; what a language lacks is said in English.

/** Languages by their own names, in the order of the switch. */
export const LANGUAGES = { en: "English", ko: "한국어" };

/**
 * The words of one language.
 *
 * `t("guess.title", {n: 20})` is a sentence of the page with its values filled in: `{n}` in the text. `t.label("moves",
 * "PRK", "hold")` is a name of the model, `t.part("card", "moves", "PRK", "hold")` what else there is to say of it:
 * `card`, `news`, `meaning`, `question`, `the` (a country within a sentence), `capital`. A name without words of its
 * own, as of a reader's own event, comes as it is written.
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
  const t = (key, values = {}) => fill(find(["ui", ...key.split(".")]) ?? key, values);
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

function fill(text, values) {
  return String(text).replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? String(values[name]) : all));
}
