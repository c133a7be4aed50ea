// Settings kept to compare with, each under the name of what it changes; and the setting as a file.

import { fileOf, toScenario } from "../../scenario.js";
import { short } from "./answer.js";
import { changes, keyOf } from "./changes.js";
import { inWords } from "./sliders.js";

/** As many as a reader can hold apart. */
export const MOST = 3;

/**
 * The list of pins, with what adds one.
 * @param {Object} ctx the screen's context
 * @param {{get: function(): Object[], set: function(Object[])}} pinned settings
 */
export function pins(ctx, pinned) {
  const { t, el, refill, announce, settings, pack: { about } } = ctx;
  const list = el("ul", {});
  const add = el("button", { type: "button", onclick: () => {
    pinned.set([...pinned.get(), settings.get()]);
    announce(t("whatif.pinned", { name: nameOf(t, about, settings.get()) }));
  } }, t("whatif.pin"));
  const take = (at) => {
    pinned.set(pinned.get().filter((_, each) => each !== at));
    (list.querySelector("button") ?? add).focus();
  };
  const show = () => {
    const kept = pinned.get();
    const here = keyOf(settings.get());
    add.disabled = kept.length >= MOST || here === keyOf({}) || kept.some((each) => keyOf(each) === here);
    refill(list, kept.map((each, at) => {
      const name = nameOf(t, about, each);
      return el("li", {}, name, " ",
        el("button", { type: "button", class: "small", "aria-label": t("whatif.set_this", { name }),
          onclick: () => settings.set(each) }, t("whatif.set")), " ",
        el("button", { type: "button", class: "small", "aria-label": t("whatif.unpin_this", { name }),
          onclick: () => take(at) }, t("whatif.unpin")));
    }));
  };
  const note = el("p", { class: "quiet" }, t("whatif.pins_note"));
  return { node: el("div", {}, el("h2", {}, t("whatif.pins")), note, add, list), show };
}

/** What a setting is called: what it changes; moves by hand count too. */
export function nameOf(t, about, set) {
  const hand = Object.entries(set.seats ?? {}).filter(([, moves]) => moves.some((move) => move !== null))
    .map(([code]) => t("whatif.by_hand", { country: t.label("countries", code) }));
  const changed = changes(set, about.sliders);
  if (hand.length && !changed.length) return hand.join("; ");
  return [inWords(t, about, changed), ...hand, ...(set.theory ? [short(t, about, set.theory)] : [])].join("; ");
}

/** The setting as a scenario file, and the command that repeats its numbers; `show()` says what it leaves out. */
export function keeping(ctx) {
  const { t, el, refill, save, settings, pack } = ctx;
  const file = fileOf(pack.about.scenario.name, "what_if");
  const write = () => toScenario(pack, settings.get(), { title: nameOf(t, pack.about, settings.get()) });
  const left = el("div", {});
  const node = el("section", {}, el("h2", {}, t("whatif.keep")), el("p", {}, t("whatif.keep_note")), left,
    el("button", { type: "button", onclick: () => save(file, write(), "application/yaml") },
      t("whatif.save", { file })),
    el("p", {}, t("whatif.repeat"), " ", el("code", {}, `triangle-sim run ${file}`)));
  return { node, show: () => refill(left, apart(ctx)) };
}

/** That a theory looked at alone is no part of the file; nothing where all are looked at. */
export function apart({ t, el, pack, settings }) {
  const { theory } = settings.get();
  return theory ? el("p", {}, t("whatif.keep_theory", { theory: short(t, pack.about, theory) })) : null;
}
