// The page: what it holds, which screen is shown, and the address that says so.

import { el, refill, announce, save, svg } from "./dom.js";
import { addressShown, footer, header, ofScenario, settingsLine } from "./around.js";
import { fresh, read, SCREENS, write } from "./link.js";
import { lacking, opened, ready } from "./ready.js";
import { nothingSet, store } from "./store.js";
import { talk } from "./talk.js";
import { languages, speak } from "./words.js";
import * as guess from "./screens/guess.js";
import * as histories from "./screens/histories.js";
import * as whatif from "./screens/whatif.js";
import * as seat from "./screens/seat.js";
import * as triangle from "./screens/triangle.js";
import * as how from "./screens/how.js";
import * as limits from "./screens/limits.js";

const ALL = [guess, histories, whatif, seat, triangle, how, limits];
const MOUNTS = Object.fromEntries(ALL.map((each) => [each.id, each]));

/**
 * Starts the page; throws where this browser cannot.
 * @param {Object} packed what the file holds
 */
export async function start(packed) {
  const lacks = lacking();
  if (lacks.length) throw new Error(lacks.join(", "));
  const pack = await opened(packed);
  const { state, ignored, other } = read(location.hash, pack.about);
  const page = {
    pack,
    screen: state.screen,
    t: speak(pack.words, known(pack, state.language)),
    settings: store(state.settings),
    memory: store(remembered(state)),
    end: null,
  };
  frame(page);
  tell(page, ignored, other);
  Object.assign(page, await ready(pack));
  page.settings.on(() => remember(page));
  page.memory.on(() => remember(page));
  if (addressed()) addEventListener("hashchange", () => follow(page));
  talk(page, (settings) => page.settings.set(settings));
  show(page, false);
}

/** What a state has besides its settings. */
function remembered({ run, at, of, guess, question }) {
  return { run, at, of, guess, question };
}

/** Whether what is set can stand in the page's address: not in a frame that was handed its text. */
function addressed() {
  return location.protocol !== "about:";
}

/** What a screen is given. */
function context(page) {
  const { pack, t, engine, pool, settings, memory } = page;
  return { pack, t, engine, pool, settings, memory, el, svg, refill, announce, save, go: (id) => go(page, id) };
}

function known(pack, language) {
  const there = languages(pack.words);
  const wished = [language, ...(globalThis.navigator?.languages ?? [])].map((each) => each?.slice(0, 2));
  return wished.find((each) => there.includes(each)) ?? "en";
}

function go(page, id) {
  if (!SCREENS.includes(id)) return;
  page.screen = id;
  clearTimeout(page.later);
  put(page, "pushState");
  show(page, true);
}

function stated(page) {
  return { ...fresh(), screen: page.screen, language: page.t.language, settings: page.settings.get(),
    ...remembered(page.memory.get()) };
}

function remember(page) {
  settingsLine(page, () => clear(page));
  clearTimeout(page.later);
  page.later = setTimeout(() => {
    put(page, "replaceState");
    addressShown();
  }, 250);
}

function clear(page) {
  page.settings.set(nothingSet());
  document.getElementById("main").focus({ preventScroll: true });
  announce(page.t("frame.unchanged"));
}

/** Writes what is set into the page's address: as a new step back (`pushState`) or in place of the last. */
function put(page, how) {
  if (!addressed()) return;
  page.written = `#${write(stated(page), page.pack.about)}`;
  try {
    history[how](null, "", page.written);
  } catch { /* a browser may forbid it, or count how often: the page works without an address all the same */ }
}

/** An address that somebody typed, followed or went back to. */
function follow(page) {
  if (location.hash === page.written) return;
  const { state, ignored, other } = read(location.hash, page.pack.about);
  page.screen = state.screen;
  page.t = speak(page.pack.words, known(page.pack, state.language ?? page.t.language));
  page.settings.set(state.settings);
  page.memory.set(remembered(state));
  tell(page, ignored, other);
  show(page, false);
}

/** That a link was made for another scenario, or that parts of it mean nothing; the first explains the second. */
function tell(page, ignored, other) {
  const notice = document.getElementById("notice");
  notice.hidden = !ignored && !other;
  notice.textContent = other ? page.t("frame.made_for", { scenario: other, here: page.pack.about.scenario.name })
    : ignored ? page.t("frame.ignored") : "";
}

function frame(page) {
  document.documentElement.lang = page.t.language;
  const skip = document.getElementById("skip");
  skip.textContent = page.t("frame.skip");
  skip.onclick = (event) => {
    event.preventDefault(); // the address says what is set, and must go on saying it
    document.getElementById("main").focus();
  };
  header(page, {
    go: (id) => go(page, id),
    speak(language) {
      page.t = speak(page.pack.words, language);
      remember(page);
      show(page, false);
    },
  });
  settingsLine(page, () => clear(page));
  footer(page);
}

function show(page, moved) {
  page.end?.();
  page.end = null;
  frame(page);
  if (!page.engine) return; // the model is still being opened; the screen that is asked for by then comes next
  const main = document.getElementById("main");
  const root = el("section", { class: ["screen", page.screen], "data-screen": page.screen });
  refill(main, root, steps(page));
  document.title = `${page.t(`frame.screens.${page.screen}`)} · ${ofScenario(page, "title")}`;
  page.end = MOUNTS[page.screen].mount(root, context(page)) ?? null;
  if (moved) {
    globalThis.scrollTo?.(0, 0);
    main.focus({ preventScroll: true });
    announce(page.t(`frame.screens.${page.screen}`));
  }
}

/** The way to the screen before and the next. */
function steps(page) {
  const at = SCREENS.indexOf(page.screen);
  const step = (id, kind) => id && el("button", { type: "button", class: kind, onclick: () => go(page, id) },
    page.t(`frame.${kind}`, { screen: page.t(`frame.screens.${id}`) }));
  return el("nav", { class: "steps", "aria-label": page.t("frame.order") },
    step(SCREENS[at - 1], "before"), step(SCREENS[at + 1], "next"));
}
