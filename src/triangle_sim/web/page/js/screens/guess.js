// Before any number is shown: how will it end, and how sure are you? What was guessed is kept, and met again later.

import { dots } from "../draw/dots.js";
import { END } from "../draw/style.js";
import { fit } from "../draw/svg.js";
import { capital } from "../words.js";

export const id = "guess";

const HALF = 10;

/**
 * @param {HTMLElement} root
 * @param {Object} ctx
 */
export function mount(root, ctx) {
  const { el, t, memory, pack, go, announce } = ctx;
  const { quarters } = pack.about.design;
  const endings = Object.keys(pack.about.endings);
  let guess = memory.get().guess ?? null;

  const picture = el("div", { class: "half" });
  const said = el("output", { for: "sure", class: "big" });
  const slider = el("input", { type: "range", id: "sure", min: 0, max: 20, step: 1, value: guess?.count ?? HALF,
    "aria-describedby": "sure-help", oninput: () => keep({ ...guess, count: Number(slider.value) }) });
  const sure = el("section", { "aria-labelledby": "how-sure" },
    el("h2", { id: "how-sure" }, t("guess.how_sure")),
    el("p", { id: "sure-help" }, t("guess.how_sure_help")),
    el("label", { for: "sure" }, t("guess.in_how_many")), slider, el("p", {}, said), picture);
  const onward = el("button", { type: "button", class: "primary", onclick: () => go("histories") }, t("guess.onward"));
  const forget = el("button", { type: "button", onclick: () => {
    guess = null;
    memory.set({ guess });
    for (const each of root.querySelectorAll("input[type=radio]")) each.checked = false;
    tell();
    announce(t("guess.taken_back"));
  } }, t("guess.take_back"));

  const keep = (next) => {
    guess = { ending: next.ending, count: next.count ?? Number(slider.value) };
    memory.set({ guess });
    tell();
  };
  const cards = endings.map((name) => el("label", { class: "card choice" },
    el("input", { type: "radio", name: "ending", value: name, checked: guess?.ending === name,
      onchange: () => keep({ ...guess, ending: name }) }),
    " ", el("strong", {}, capital(t.label("endings", name))), el("br"),
    capital(t.part("meaning", "endings", name)), "."));

  const years = Math.round((quarters.length - 1) / 4);
  root.append(
    el("h1", {}, t("guess.title")),
    el("p", { class: "lead" }, t(`guess.${years < 2 ? "lead_short" : "lead"}`, { year: quarters[0].slice(0, 4),
      number: quarters[0].slice(5), years: t.number(years), last: t.quarter(quarters.at(-2)) })),
    el("fieldset", { class: "choices" }, el("legend", {}, t("guess.how")), el("div", { class: "cards" }, cards)),
    sure,
    el("div", { class: "row" }, onward, forget),
    el("p", { class: "note" }, t("guess.kept")));

  const drawn = fit(picture, (room) => dots({
    title: t("guess.dots"),
    desc: guess ? t("guess.you_say", { n: guess.count, ending: t.label("endings", guess.ending) })
      : t("guess.none_yet"),
    looks: { ...END, blank: ["#FFFFFF", ""] },
    dots: Array.from({ length: 20 }, (_, at) => (guess && at < guess.count
      ? { name: guess.ending, label: t.label("endings", guess.ending) } : { name: "blank", label: t("guess.other") })),
  }, { ...room, columns: 10 }));

  function tell() {
    sure.hidden = !guess;
    onward.hidden = forget.hidden = !guess;
    for (const card of cards) card.classList.toggle("chosen", card.querySelector("input").checked);
    if (!guess) return;
    said.textContent = t("guess.n_of_20", { n: guess.count });
    slider.setAttribute("aria-valuetext", t("guess.n_of_20", { n: guess.count }));
    drawn.redraw();
  }
  tell();
  return () => drawn.stop();
}
