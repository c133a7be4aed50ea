// The sliders: what each means, the claims that it rests on, its usual value, and the way back to it.

import { claimList, eventTitle, voiceOf } from "../../telling.js";
import { capital } from "../../words.js";
import { moved, valueOf } from "./changes.js";

const KINDS = ["odds", "hazards", "dates", "conditions"];

/**
 * The sliders in groups of their kind; `show(settings)` sets them to what is set.
 * @param {Object} ctx the screen's context
 * @returns {{node: HTMLElement, show: function(Object)}}
 */
export function sliders(ctx) {
  const { pack: { about }, t, el } = ctx;
  const all = about.sliders.map((slider) => one(ctx, slider));
  const groups = KINDS.map((kind) => {
    const own = all.filter(({ slider }) => slider.kind === kind);
    return own.length ? el("fieldset", { class: "sliders" }, el("legend", {}, el("h2", {}, t(`whatif.${kind}`))),
      el("p", { class: "quiet" }, t(`whatif.${kind}_note`)), own.map(({ node }) => node)) : null;
  });
  return { node: el("div", {}, groups), show: (settings) => all.forEach((each) => each.show(settings)) };
}

/** A slider's name in the reader's language. */
export function titled(t, about, { kind, name }) {
  if (kind === "conditions") return capital(t.label("conditions", name));
  return capital(eventTitle(t, about, name));
}

/** A value on a slider's scale, in words. */
export function valued(t, slider, value) {
  if (slider.kind === "dates") return t.quarter(slider.labels[value]);
  if (slider.kind === "conditions") return t.number(value, 2);
  const of100 = t.number(100 * value, Number.isInteger(Math.round(1e6 * value) / 1e4) ? 0 : 1);
  return t(slider.kind === "hazards" ? "whatif.a_quarter" : "whatif.of_100", { n: of100 });
}

/** Changes in a few words each, as pins and files are named. */
export function inWords(t, about, changed) {
  if (!changed.length) return t("whatif.unchanged");
  return changed.map(({ slider, value }) => `${titled(t, about, slider)}: ${valued(t, slider, value)}`).join("; ");
}

function one(ctx, slider) {
  const { pack: { about, engine: data }, t, el, refill, settings } = ctx;
  const id = `slider-${slider.kind}-${slider.name}`;
  const usual = valued(t, slider, slider.usual);
  const output = el("output", { for: id });
  const free = slider.kind === "conditions" && !about.conditions[slider.name].pinned ? "whatif.free" : "whatif.usual";
  const give = (value) => settings.set(moved(settings.get(), slider, value, data));
  const range = el("input", { type: "range", id, min: slider.low, max: slider.high, step: slider.step,
    "aria-describedby": `${id}-note`, oninput: () => give(Number(range.value)) });
  const back = el("button", { type: "button", class: "small", onclick: () => {
    give(undefined);
    range.focus();
  } }, t("whatif.reset"));
  const voices = [...new Set(slider.claims.map((claim) => voiceOf(ctx, claim)))];
  const node = el("div", { class: "slider" },
    el("label", { for: id }, output, titled(t, about, slider)), range,
    el("div", { class: "ends" },
      [slider.low, slider.high].map((value) => el("span", {}, end(t, slider, value)))),
    el("div", { class: "usual" }, el("span", { class: "quiet", id: `${id}-note` }, t(free, { usual })), back),
    el("details", {}, el("summary", {}, t("whatif.why", { voices: voices.join(", ") })),
      claimList(ctx, slider.claims)));
  const show = (set) => {
    const value = valueOf(slider, set);
    if (Number(range.value) !== (value ?? slider.usual)) range.value = String(value ?? slider.usual);
    const said = value === undefined ? usual : valued(t, slider, value);
    refill(output, said);
    range.setAttribute("aria-valuetext", said);
    back.disabled = value === undefined;
    node.classList.toggle("changed", value !== undefined);
  };
  return { slider, node, show };
}

function end(t, slider, value) {
  return slider.kind === "conditions" ? t(`whatif.${value === slider.low ? "low" : "high"}`) : valued(t, slider, value);
}
