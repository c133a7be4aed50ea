// What both pages have around them: words, language, title, errors, and a redraw that keeps the focus.

import { el, refill } from "/page/js/dom.js";
import { LANGUAGES, languages, speak } from "/page/js/words.js";
import { ask } from "./ask.js";
import { keep, kept } from "./kept.js";

/**
 * Fetches words and what pages must know of the scenario.
 * @returns {Promise<{t: Function, about: Object, words: Object}>}
 */
export async function begin() {
  const [words, about] = await Promise.all([ask("/api/words"), ask("/api/about")]);
  const there = languages(words);
  const wished = [kept("language"), ...(navigator.languages ?? [])].map((each) => String(each ?? "").slice(0, 2));
  return { words, about, t: speak(words, wished.find((each) => there.includes(each)) ?? "en") };
}

/** Title, question, and the languages; `again` redraws the page in another one. */
export function header(page, again, ...tools) {
  const { t, about, words } = page;
  document.documentElement.lang = t.language;
  document.getElementById("skip").textContent = t("classroom.skip");
  const said = Object.hasOwn(words.en.scenarios ?? {}, about.name) ? words.en.scenarios[about.name] : null;
  const known = said?.title === about.title;
  const title = known ? t.label("scenarios", about.name) : about.title;
  const question = known ? t.part("question", "scenarios", about.name) : about.question;
  document.title = title;
  const tongues = languages(words).map((each) => el("button", {
    type: "button", class: "small", lang: each, "aria-pressed": String(each === t.language),
    "data-key": `speak-${each}`,
    onclick: () => {
      keep("language", each);
      page.t = speak(words, each);
      again();
    },
  }, LANGUAGES[each]));
  redraw(document.getElementById("head"), el("div", { class: "bar" },
    el("p", { class: "title" }, el("strong", {}, title), " ", el("span", { class: "quiet" }, question)),
    el("div", { class: "tools" }, tools, el("div", { role: "group", "aria-label": t("classroom.language"),
      class: "tongues" }, tongues))));
  refill(document.getElementById("foot"), el("p", {}, el("strong", {}, t("classroom.no_forecast"))),
    el("p", {}, t("classroom.recipe", { scenario: about.name, hash: about.sha256.slice(0, 12), seed: about.seed,
      run: about.run, version: about.version })));
}

/** Says what went wrong; nothing takes it away again. */
export function tell(page, refused = null) {
  const notice = document.getElementById("notice");
  notice.hidden = !refused;
  const key = `classroom.refused.${refused?.reason}`;
  notice.textContent = refused ? page.t(page.t.has(key) ? key : "classroom.refused.failed") : "";
}

/** Puts other children into a node; by its `data-key`, what had the focus has it again, and what was open is open. */
export function redraw(node, ...children) {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  const [held, typed] = [active?.getAttribute("data-key"), active?.matches("input[type=text], input[type=number]")];
  const open = [...node.querySelectorAll("details[open][data-key]")].map((each) => each.dataset.key);
  refill(node, ...children);
  const found = (key) => node.querySelector(`[data-key="${CSS.escape(key)}"]`);
  for (const key of open) found(key)?.setAttribute("open", "");
  const again = held ? found(held) : null;
  if (again && typed) again.value = active.value;
  again?.focus({ preventScroll: true });
}

/** A country's name in its colour. */
export function named(t, code, ...more) {
  return el("span", { class: ["country", code] }, t.label("countries", code), more);
}

/** The same by its code, as in the pictures, where room is scarce. */
export function coded(t, code) {
  return el("span", { class: ["country", code], title: t.label("countries", code) }, code);
}

/** An event by its title; that of a bundled scenario in the reader's language. */
export function eventTitle({ t }, { name, title }) {
  return title === name ? t.label("events", name) : t.said(title, "events", title);
}

/** The time that is left, as minutes and seconds. */
function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Counts a room's timer down in every element of class `left`; the server's word is the last. */
export function countDown(room) {
  const end = room.left === null ? null : performance.now() + 1000 * room.left;
  const show = () => {
    for (const each of document.querySelectorAll(".left")) {
      each.textContent = end === null ? "" : clock((end - performance.now()) / 1000);
    }
  };
  show();
  const ticking = setInterval(show, 250);
  return () => clearInterval(ticking);
}
