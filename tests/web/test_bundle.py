"""Modules made one script do what they do as modules; what cannot be read so is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from triangle_sim.web.bundle import bundle
from triangle_sim.web.single import PAGE
from web.node import in_node, needs_node

ONE = """
import { doubled, Counter as Counts } from "./deep/two.js";
import * as three from "./three.js";
import {
  doubled as again,
} from "./deep/two.js";

const hidden = 5;   // of this module alone: `deep/two.js` has another
export const [first, second] = [1, 2];
export const all = () => [doubled(hidden), again(1), new Counts().next(), three.NAME, three.later(), first + second];
const listed = "listed";
export { listed, again };
export async function waited() { return 7; }
"""
TWO = """
import { NAME } from "../three.js";
const hidden = 2;
export function doubled(x) { return hidden * x; }
export class Counter { next() { return NAME + "!"; } }
"""
THREE = 'export const NAME = "three </b>";\nexport function later() { return typeof hidden; }\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    for name, text in {"one.js": ONE, "deep/two.js": TWO, "three.js": THREE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@needs_node
def test_a_script_does_what_its_modules_do(folder: Path) -> None:
    script = bundle(
        folder, "one.js", "globalThis.done = entry.waited().then((seven) => [...entry.all(), seven, entry.listed]);"
    )
    expected = in_node(
        'const one = await module("one.js"); out = [...one.all(), await one.waited(), one.listed];', modules=folder
    )
    assert in_node("(0, eval)(given);\nout = await globalThis.done;", script) == expected
    assert expected == [10, 2, "three </b>!", "three </b>", "undefined", 3, 7, "listed"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("three.js", 'import { doubled } from "./deep/two.js";\nexport const NAME = 1;', "in a circle"),
        ("three.js", "export default 3;", "export default 3"),
        ("three.js", 'export { NAME } from "./deep/two.js";', "export {"),
        ("three.js", 'export const later = () => import("./deep/two.js");', "import("),
        ("three.js", "export let NAME = 3;", "export let"),
        ("three.js", 'export const NAME = "</script>";', "</script>"),
        ("one.js", 'import { x } from "./four.js";', "no module four.js"),
        ("one.js", 'import { x } from "https://example.org/x.js";', "cannot be made part"),
    ],
)
def test_what_cannot_become_part_of_a_script_is_refused(folder: Path, name: str, text: str, says: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r".") as refused:
        bundle(folder, "one.js")
    assert says in str(refused.value)


def test_the_page_is_one_script_however_often_it_is_made() -> None:
    made = bundle(PAGE / "js", "main.js")
    assert made == bundle(PAGE / "js", "main.js")
    assert 'modules["main.js"]' in made and 'modules["link.js"]' in made
