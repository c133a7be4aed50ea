// How it works: what happens in a quarter, in a sentence each; what each country wants and can do, with the claims.

import { claimList, sentence, voiceOf } from "../telling.js";
import { capital } from "../words.js";

export const id = "how";

const CODES = ["PRK", "CHN", "RUS", "USA", "KOR"];
const STEPS = ["events", "weigh", "guess", "choose", "meet", "move", "habits"];

/**
 * @param {HTMLElement} root
 * @param {Object} ctx
 */
export function mount(root, ctx) {
  const { el, t, pack, refill, announce } = ctx;
  const { about } = pack;
  const all = { id: "all", label: t("how.all") };
  const voices = [...new Set(Object.keys(about.claims).map((each) => voiceOf(ctx, each)))];
  const judged = t("histories.judgement");
  const countries = el("select", { id: "how-country", onchange: draw },
    [all, ...CODES.map((code) => ({ id: code, label: t.label("countries", code) }))].map(option));
  const authors = el("select", { id: "how-author", onchange: draw },
    [all, ...[...new Set([...voices, judged])].map((voice) => ({ id: voice, label: capital(voice) }))].map(option));
  const found = el("p", { class: "quiet" });
  const list = el("div", {});

  root.append(
    el("h1", {}, t("how.title")),
    el("p", { class: "lead" }, t("how.lead")),
    el("h2", {}, t("how.quarter")),
    el("ol", {}, STEPS.map((step) => el("li", {}, el("strong", {}, t(`how.${step}`)), " ", t(`how.${step}_how`)))),
    el("p", {}, t("how.unknown", { theories: t.number(Object.keys(about.theories).length),
      draws: t.number(about.design.draws),
      numbers: t.number(pack.engine.parameters?.length ?? 0) })),
    el("h2", {}, t("how.theories")),
    el("ul", {}, Object.keys(about.theories).map((name) => el("li", {}, el("strong", {}, theoryName(name)), ": ",
      sentence(t.part("argument", "theories", name) || about.theories[name].title), " ",
      el("span", { class: "quiet" }, source(about.theories[name]))))),
    el("h2", {}, t("how.countries")),
    el("div", { class: "row" },
      el("label", { for: "how-country" }, t("how.country"), " ", countries),
      el("label", { for: "how-author" }, t("how.author"), " ", authors)),
    found, list);

  function option({ id: value, label }) {
    return el("option", { value }, label);
  }

  function theoryName(name) {
    return t.part("author", "theories", name) || about.theories[name].author || name;
  }

  function source({ author, article, publisher, date }) {
    return article ? `${author}: “${article}”, ${publisher}, ${date}.` : "";
  }

  /** Whether something rests on the chosen voice. */
  function spoken({ claims }) {
    const wanted = authors.value;
    if (wanted === "all") return true;
    const known = claims.filter((each) => about.claims[each]);
    return wanted === judged ? known.length < claims.length || !claims.length
      : known.some((each) => voiceOf(ctx, each) === wanted);
  }

  function draw() {
    let count = 0;
    const shown = CODES.filter((code) => ["all", code].includes(countries.value) && about.interests[code]);
    refill(list, shown.map((code) => {
      const wants = Object.entries(about.interests[code]).filter(([, each]) => spoken(each))
        .sort(([, one], [, other]) => other.weight - one.weight);
      const can = Object.entries(about.moves[code]).filter(([, each]) => !each.disabled && spoken(each));
      count += wants.length + can.length;
      if (!wants.length && !can.length) return null;
      return el("section", {}, el("h3", { class: ["country", code] }, t.label("countries", code)),
        wants.length ? [el("h4", {}, t("how.wants")), wants.map(([name, each]) => interest(code, name, each))] : null,
        can.length ? [el("h4", {}, t("how.can")), can.map(([name, each]) => move(code, name, each))] : null);
    }));
    found.textContent = t("how.found", { n: count });
    announce(found.textContent);
  }

  function interest(code, name, each) {
    return el("details", { class: "told" },
      el("summary", {}, el("span", {}, capital(t.label("interests", code, name)))),
      el("div", { class: "reasons" },
        el("p", {}, t("how.weight", { weight: t.percent(each.weight) })),
        el("p", {}, sentence(t.said(each.says, "interests", code, name))),
        el("p", {}, t("how.rests_on")), claimList(ctx, each.claims)));
  }

  function move(code, name, each) {
    const pushes = Object.entries(each.pushes).sort(([, one], [, other]) => Math.abs(other.size) - Math.abs(one.size));
    return el("details", { class: "told" }, el("summary", {}, el("span", {}, capital(t.label("moves", code, name)))),
      el("div", { class: "reasons" },
        el("p", {}, t.part("card", "moves", code, name)),
        pushes.length ? el("ul", {}, pushes.map(([variable, { size }]) => el("li", {},
          t(size > 0 ? "how.raises" : "how.lowers", { what: t.label("variables", variable),
            size: t.number(Math.abs(size), 2) })))) : null,
        el("p", {}, t("how.rests_on")), claimList(ctx, each.claims)));
  }

  draw();
  return () => null;
}
