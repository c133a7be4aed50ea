// Every word of the page comes from words/LANGUAGE.yaml; what a language lacks is said in English.

/** Languages by their own names, in the order of the switch. */
export const LANGUAGES = { en: "English", ko: "한국어" };

/**
 * The words of one language.
 *
 * `t("guess.title", {n: 20})` is a sentence of the page with its values filled in: `{n}` in the text. `t.label("moves",
 * "PRK", "hold")` is a name, `t.card(...)` the sentence on its card; names without words of their own come as written.
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
  const named = (path, part) => {
    const found = find(path);
    return typeof found === "object" && found ? found[part] : found;
  };
  t.has = (key) => find(["ui", ...key.split(".")]) !== undefined;
  t.label = (...path) => String(named(path, "label") ?? path.at(-1).replaceAll("_", " "));
  t.card = (...path) => {
    const found = find(path);
    return typeof found === "object" && found?.card ? String(found.card) : "";
  };
  t.language = language;
  const digits = (value, shape) => new Intl.NumberFormat(language, shape).format(value);
  t.number = (value, places = 0) => digits(value, { minimumFractionDigits: places, maximumFractionDigits: places });
  t.percent = (share) => digits(share, { style: "percent", maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 });
  return t;
}

/** Languages that a pack has words of. */
export function languages(words) {
  return Object.keys(LANGUAGES).filter((each) => words[each]);
}

function fill(text, values) {
  return String(text).replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? String(values[name]) : all));
}
