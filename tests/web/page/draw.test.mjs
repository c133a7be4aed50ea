// Geometry of the page's pictures: nothing hides behind a node, bars are as long as their shares, all is inside.

import assert from "node:assert/strict";
import { test } from "node:test";

import "./fake_dom.mjs";

const draw = process.env.DRAW;
const load = (name) => import(`${draw}/${name}.js`);
const [{ network, ring }, { triangle }, { fan }, { endingsBar }, { dots }, strips, { dumbbell }, { keepApart, quarterAxis }] =
  await Promise.all(["network", "triangle", "fan", "endings", "dots", "strip", "dumbbell", "axis"].map(load));

const { textWidth } = await load("svg");
const told = { title: "What is asked", desc: "What is seen" };
const SIZES = [{ width: 280, text: 18 }, { width: 700, text: 18 }, { width: 1800, text: 28 }];
const CODES = ["CHN", "KOR", "PRK", "RUS", "USA"];
const countries = CODES.map((code) => ({ code, label: { USA: "United States", KOR: "South Korea" }[code] ?? code }));
const ties = CODES.flatMap((a, at) => CODES.slice(at + 1).map((b, by) => ({ a, b, value: Math.sin(7 * at + 3 * by) })));

/** Distance of a point from a stretch of line. */
function distance([x, y], [x1, y1, x2, y2]) {
  const share = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
  const at = Math.min(Math.max(share, 0), 1);
  return Math.hypot(x - x1 - at * (x2 - x1), y - y1 - at * (y2 - y1));
}

const ends = (line) => ["x1", "y1", "x2", "y2"].map((name) => line.number(name));

test("no tie of the network runs under a node, and its width is its strength", () => {
  for (const size of SIZES) {
    const made = network({ ...told, countries, ties }, size);
    const { at, rim } = ring(CODES, size);
    const lines = made.all("line", "data-tie");
    assert.equal(lines.length, 10);
    for (const line of lines) {
      const name = line.attributes["data-tie"];
      for (const code of CODES) assert.ok(distance(at[code], ends(line)) > rim, `${name} under ${code}`);
    }
    const of = (tie) => lines.find(({ attributes }) => attributes["data-tie"] === `${tie.a}-${tie.b}`);
    const wide = (tie) => of(tie).number("stroke-width");
    const strong = ties.filter(({ value }) => value > 0.15).sort((one, other) => one.value - other.value);
    assert.deepEqual(strong.map(wide), strong.map(wide).sort((one, other) => one - other));
    for (const tie of ties) {
      assert.equal("stroke-dasharray" in of(tie).attributes, tie.value < 0.15); // the sign is told without colour
    }
  }
});

test("every picture says what it is, and every text is inside it", () => {
  const quarters = ["2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4"];
  const bands = quarters.map((_, at) => ({ q05: 0.1, q25: 0.2, q50: 0.3 + at / 20, q75: 0.6, q95: 0.9 }));
  const share = { value: 0.4, low: 0.3, high: 0.5, count: "8 in 20", said: "8 in 20" };
  const labels = { menage_a_trois: "Menage", unit_veto: "Unit veto" };
  const members = ["PRK", "CHN", "RUS"].map((code) => ({ code, label: code, role: code === "PRK" ? "pivot" : "wing" }));
  const pictures = (size) => [
    network({ ...told, countries, ties, lit: ["PRK"] }, size),
    triangle({ ...told, members, signs: [1, 1, -1] }, size),
    fan({ ...told, quarters, low: 0, high: 1, ends: ["none", "most"], fans: [{ label: "alone", bands }] }, size),
    endingsBar({ ...told, views: [{ label: "If one is right" }, { label: "If two is right" }],
      rows: [{ name: "bloc", label: "Bloc", gloss: "three stand together", shares: [share, { ...share, value: 0.9 }],
        guess: { share: 0.25, label: "you said 5 in 20" } }] }, size),
    dots({ ...told, dots: Array(20).fill({ name: "bloc", label: "Bloc" }), press: () => null }, size),
    strips.cells({ ...told, quarters, labels, names: quarters.map(() => "unit_veto") }, size),
    strips.areas({ ...told, quarters, labels, shares: quarters.map(() => ({ menage_a_trois: 0.7, unit_veto: 0.3 })) },
      size),
    dumbbell({ ...told, sides: [{ label: "without" }, { label: "with" }],
      rows: [{ label: "A", values: [share, share] }] }, size),
  ];
  for (const size of SIZES) {
    for (const made of pictures(size)) {
      const [title, desc] = [made.all("title")[0], made.all("desc")[0]];
      assert.deepEqual([title.text, desc.text], [told.title, told.desc]);
      assert.equal(made.attributes["aria-labelledby"], title.attributes.id);
      assert.ok(made.number("width") <= size.width);
      for (const span of made.all("tspan")) {
        assert.ok(span.number("x") >= 0 && span.number("x") <= size.width, span.text);
        assert.ok(span.number("y") > 0 && span.number("y") <= made.number("height"), span.text);
      }
    }
  }
});

test("a bar is as long as its share, and the guess is drawn on the same scale", () => {
  const shares = [0.6, 0.3].map((value) => ({ value, low: value, high: value, count: "" }));
  const made = endingsBar({ ...told, views: [{ label: "a" }, { label: "b" }],
    rows: [{ name: "bloc", label: "Bloc", shares, guess: { share: 0.15, label: "you" } }] }, SIZES[1]);
  const [long, short] = made.all("rect", "data-share").map((bar) => bar.number("width"));
  assert.ok(Math.abs(long / short - 2) < 1e-3);
  assert.ok(Math.abs(short / made.all("rect", "data-guess")[0].number("width") - 2) < 1e-3);
});

test("areas of types stack to the whole in every quarter", () => {
  const shares = [{ menage_a_trois: 0.25, unit_veto: 0.75 }, { menage_a_trois: 0.5, unit_veto: 0.5 }];
  const made = strips.areas({ ...told, quarters: ["2024Q3", "2024Q4"], labels: {}, shares }, SIZES[1]);
  const [first, second] = made.all("polygon", "data-area").map(({ attributes }) =>
    attributes.points.split(" ").map((point) => point.split(",").map(Number)));
  const tall = first[0][1] - second[3][1];
  assert.ok(Math.abs((first[0][1] - first[3][1]) / tall - 0.25) < 0.01);
  assert.ok(Math.abs((first[1][1] - first[2][1]) / tall - 0.5) < 0.01);
});

test("a dot is pressed by mouse and by key", () => {
  const pressed = [];
  const made = dots({ ...told, dots: Array(20).fill({ name: "bloc", label: "Bloc" }), press: (at) => pressed.push(at) },
    SIZES[0]);
  const buttons = made.all("g", "tabindex");
  assert.equal(buttons.length, 20);
  buttons[3].listeners.click();
  buttons[7].listeners.keydown({ key: "Enter", preventDefault: () => null });
  buttons[9].listeners.keydown({ key: "x", preventDefault: () => null });
  assert.deepEqual(pressed, [3, 7]);
});

test("labels of a column are kept apart and inside", () => {
  const found = keepApart([50, 51, 52, 10, 99], 12, 5, 95);
  const sorted = [...found].sort((one, other) => one - other);
  assert.ok(sorted.every((y, at) => y >= 5 && y <= 95 && (at === 0 || y - sorted[at - 1] >= 12 - 1e-9)));
  assert.deepEqual(keepApart([20, 60], 12, 0, 100), [20, 60]);
});

test("an axis of quarters names its scale, however short, and no two names touch", () => {
  const every = Array.from({ length: 21 }, (_, at) => `${2024 + Math.floor((at + 2) / 4)}Q${((at + 2) % 4) + 1}`);
  for (const { width, text } of SIZES) {
    for (const count of [2, 3, 4, 5, 6, 21]) {
      const { parts } = quarterAxis(every.slice(0, count), { left: 10, right: width - 10, y: 0, text });
      const names = parts.filter(({ tag }) => tag === "text").map((each) => {
        const name = each.text;
        const wide = textWidth(name, text);
        return { name, low: each.number("x") - wide / 2, high: each.number("x") + wide / 2 };
      }).sort((one, other) => one.low - other.low);
      assert.ok(names.length >= 2, `${count} quarters on ${width}`);
      if (count < 6) assert.deepEqual([names[0].name, names.at(-1).name], [every[0], every[count - 1]]);
      names.slice(1).forEach(({ low }, at) => assert.ok(low > names[at].high, `${names[at].name} touches`));
    }
  }
});

test("a mark at the start stands clear of what the scale's end is called", () => {
  const bands = [0, 1, 2].map(() => ({ q05: 0.1, q25: 0.3, q50: 0.5, q75: 0.7, q95: 0.9 }));
  for (const size of SIZES) {
    const made = fan({ ...told, quarters: ["2024Q3", "2024Q4", "2025Q1"], low: -1, high: 1, ends: ["hostile", "allied"],
      fans: [{ label: "alone", bands }], marks: [{ at: 0, label: "you stop here" }] }, size);
    const place = (name) => made.all("text").find((each) => each.text === name).number("y");
    assert.ok(place("allied") - place("you stop here") > 1.3 * size.text);
  }
});
