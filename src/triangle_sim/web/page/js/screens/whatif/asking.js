// What is shown: one measure of a list, and of a meeting whether it counts only after another one.

import { named } from "./answer.js";
import { measure, meetingOf, meets } from "./measures.js";

/**
 * The list of measures. `show(every, of)` fills it once and sets it to `of`, or to the first where there is no such
 * one, and returns what it is set to.
 * @param {Object} ctx the screen's context
 * @param {string[]} questions measures that the scenario asks for; they come first
 * @param {function(string)} choose is told what a reader chooses
 * @returns {{node: HTMLElement, show: function(string[], string): string}}
 */
export function asking({ t, el, refill, pack: { about } }, questions, choose) {
  const list = el("select", { id: "measure", onchange: () => take(list.value) });
  const after = el("select", { id: "after", "aria-describedby": "after-note",
    onchange: () => take(meets(meetingOf(list.value, about), after.value, about)) });
  const order = el("div", { hidden: true },
    el("p", {}, el("label", { for: "after" }, t("whatif.only_after"), " "), after),
    el("p", { class: "quiet", id: "after-note" }, t("whatif.after_note")));
  let known = [];

  const take = (of) => {
    set(of);
    choose(of);
  };

  const set = (of) => {
    const meeting = meetingOf(of, about);
    list.value = known.includes(of) ? of : meets(meeting, null, about);
    order.hidden = meeting === null;
    if (meeting === null) return;
    const before = measure(of, about).met?.after ?? "";
    const others = Object.keys(about.meetings).filter((name) => name !== meeting);
    refill(after, el("option", { value: "" }, t("whatif.at_any_time")),
      others.map((name) => el("option", { value: name }, t.label("meetings", name))));
    after.value = before;
  };

  /** A meeting counts after any other one wherever it counts at all. */
  const within = (every, of) => every.includes(of) || every.includes(meets(meetingOf(of, about), null, about));

  const fill = (every) => {
    const here = questions.filter((of) => within(every, of));
    const others = every.filter((of) => !here.includes(of));
    const kind = (of) => (measure(of, about).ending ? "endings" : measure(of, about).met ? "meetings" : "outcomes");
    const group = (key, some) => (some.length ? el("optgroup", { label: t(`whatif.${key}`) },
      some.map((of) => el("option", { value: of }, named(t, about, of)))) : null);
    refill(list, group("asked", here),
      ["outcomes", "endings", "meetings"].map((key) => group(key, others.filter((of) => kind(of) === key))));
    known = [...here, ...others];
  };

  return {
    node: el("div", {}, el("p", {}, el("label", { for: "measure" }, t("whatif.show"), " "), list), order),
    show(every, of) {
      const there = within(every, of);
      if (!list.options.length) {
        fill(every);
        set(there ? of : known[0]);
      }
      return there ? of : known[0];
    },
  };
}
