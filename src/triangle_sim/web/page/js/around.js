// Above and below a screen: title, steps, language, what is set, and what was played.

import { el, refill } from "./dom.js";
import { SCREENS } from "./link.js";
import { eventTitle } from "./telling.js";
import { LANGUAGES, languages } from "./words.js";

/**
 * Title, the seven screens in order, language and size.
 * @param {Object} page
 * @param {{go: function(string), speak: function(string)}} act
 */
export function header(page, act) {
  const { t, pack } = page;
  const tabs = SCREENS.map((id, place) => el("li", {}, el("button", {
    type: "button", class: "tab", "aria-current": id === page.screen ? "step" : null, onclick: () => act.go(id),
  }, el("span", { class: "number" }, t.number(place + 1)), " ",
  el("span", { class: "name" }, t(`frame.screens.${id}`)))));
  refill(document.getElementById("head"),
    el("div", { class: "bar" },
      el("p", { class: "title" }, el("strong", {}, ofScenario(page, "title")), " ",
        el("span", { class: "quiet" }, ofScenario(page, "question"))),
      el("div", { class: "tools" }, tongues(page, act.speak), board(t))),
    el("nav", { "aria-label": t("frame.screens_label"), onkeydown: along }, el("ol", { class: "tabs" }, tabs)),
    el("p", { id: "asked", class: "asked", hidden: true }), el("p", { id: "set", class: "set" }));
}

/** The scenario's title or question: in the page's language where it is a bundled one, else as its file has it. */
export function ofScenario({ pack, t }, part) {
  const { name, ...own } = pack.about.scenario;
  const bundled = pack.words.en.scenarios?.[name]?.[part] === own[part];
  return (bundled && t.part(part, "scenarios", name)) || own[part];
}

/** What the reader or a link has changed, with the way back, and the question a link brought. */
export function settingsLine(page, clear) {
  const { t, pack } = page;
  const { question } = page.memory.get();
  const asked = document.getElementById("asked");
  asked.hidden = !question;
  refill(asked, el("strong", {}, t("frame.asked")), " ", question);
  const parts = changes(page.settings.get(), t, pack.about);
  const said = parts.join(" · ");
  const line = document.getElementById("set");
  line.classList.toggle("none", !parts.length);
  if (line.dataset.said === said) return; // what is in focus stays there
  line.dataset.said = said;
  refill(line, parts.length > 0 && el("strong", {}, t("frame.set")),
    el("span", { class: parts.length ? "changes" : ["changes", "quiet"] },
      parts.length ? said : t("frame.unchanged")),
    parts.length > 0 && el("button", { type: "button", class: "small", onclick: clear }, t("frame.clear")));
}

/** Settings that differ from the scenario, each in a few words. */
export function changes(settings, t, about) {
  const { conditions, odds, dates, hazards, theory, seats } = settings;
  const titled = (name) => eventTitle(t, about, name);
  return [
    ...Object.entries(conditions).map(([name, level]) => `${t.label("conditions", name)} ${t.number(level, 2)}`),
    ...turned(odds, about).map(([name, chance]) => `${titled(name)}: ${t.percent(chance)}`),
    ...Object.entries(hazards).map(([name, chance]) =>
      `${titled(name)}: ${t("frame.a_quarter", { chance: t.percent(chance) })}`),
    ...Object.entries(dates).map(([name, quarter]) => `${titled(name)}: ${t.quarter(about.design.quarters[quarter])}`),
    ...(theory ? [t.label("theories", theory)] : []),
    ...Object.entries(seats).filter(([, moves]) => moves.some(Boolean))
      .map(([code, moves]) =>
        t("frame.seat", { country: t.label("countries", code), n: moves.filter(Boolean).length })),
  ];
}

/** Odds that were turned, without those of events that take what a turned one of their group leaves. */
function turned(odds, { events, sliders }) {
  const own = (name) => sliders.some((slider) => slider.kind === "odds" && slider.name === name);
  const rival = (name) => events[name]?.group
    && Object.keys(odds).some((other) => own(other) && events[other]?.group === events[name].group);
  return Object.entries(odds).filter(([name]) => own(name) || !rival(name));
}

/** The address as it is now, where a reader may copy it. */
export function addressShown() {
  const field = document.getElementById("address");
  if (field) field.value = location.href;
}

/** What was played, and that it is no forecast. */
export function footer(page) {
  const { t, pack } = page;
  const { scenario, design, version, model_hash: model } = pack.about;
  refill(document.getElementById("foot"),
    el("p", {}, el("strong", {}, t("frame.no_forecast"))),
    el("p", { class: "recipe" }, t("frame.recipe", {
      scenario: scenario.name, draws: t.number(design.draws), replicates: t.number(design.replicates),
      seed: design.seed, sizes: t(`frame.sizes.${scenario.sizes}`),
      version, hash: scenario.hash.slice(0, 12), model: model.slice(0, 12),
    })),
    location.protocol === "about:" ? null : sending(page));
}

function sending(page) {
  const { t } = page;
  const field = el("input", { type: "text", id: "question", maxlength: 300, value: page.memory.get().question ?? "",
    onchange: () => page.memory.set({ question: field.value }) });
  const keep = (event) => { page.sending = event.target.open; };
  return el("details", { class: "send", open: page.sending, ontoggle: keep },
    el("summary", {}, t("frame.send")),
    el("p", {}, t("frame.send_how")),
    el("label", { for: "question" }, t("frame.send_question")), field,
    el("label", { for: "address" }, t("frame.send_address")),
    el("input", { type: "text", id: "address", readonly: true, value: location.href,
      onfocus: (event) => event.target.select() }));
}

function tongues(page, speak) {
  const there = languages(page.pack.words);
  if (there.length < 2) return null;
  return el("div", { role: "group", "aria-label": page.t("frame.language"), class: "tongues" }, there.map((each) =>
    el("button", { type: "button", class: "small", lang: each, "aria-pressed": String(each === page.t.language),
      onclick: () => {
        speak(each);
        document.querySelector(`.tongues [lang="${each}"]`)?.focus();
      } }, LANGUAGES[each])));
}

function board(t) {
  const on = () => document.body.classList.contains("board");
  const button = el("button", { type: "button", class: "small", "aria-pressed": String(on()), onclick: () => {
    document.body.classList.toggle("board");
    button.setAttribute("aria-pressed", String(on()));
  } }, t("frame.board"));
  return button;
}

/** Arrow keys go along the screens. */
function along(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.querySelectorAll("button")];
  const next = tabs[tabs.indexOf(document.activeElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
