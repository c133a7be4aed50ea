"""What docs/adding.md says, done in a copy of the tree: new files, and insertions into files that are there."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Example(NamedTuple):
    """An example of the page: the file it stands for, where it goes in there (empty: it is a new file), its text."""

    path: str
    where: str
    text: str


PLACES = {
    "at the end of the moves": ("    )\n\n    @interest(", 8),
    "at the end of JOINT_EFFECTS": (")\n", 4),
    "at the end of CONDITIONS": ("    )\n}\n\nDRIVERS", 8),
    "at the end of STOCKS": ("    )\n}\n", 8),
    "at the end of DRIVERS": (")\n", 4),
    "among the imports": ("from triangle_sim.plots.triangle ", 0),
    "at the end of PICTURES": ('}\n"""Those that every run saves."""', 4),
    "before the validators of Event": ('    @model_validator(mode="after")\n    def _one_timing', 4),
    "before the return of strength": ("        return 1.0 * (lasts", 8),
}
"""Where each kind of insertion goes: before which text of its file (its last occurrence), and how far indented."""


def examples() -> list[Example]:
    """The examples of the page that stand for a file, in the order of the page."""
    page = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    blocks = re.findall(
        r"^```(?:python|yaml)\n# (in )?(\S+\.(?:py|yaml))(?:, ([^\n]+))?\n(.*?)^```", page, re.DOTALL | re.M
    )
    assert all(bool(inside) == bool(where) for inside, _, where, _ in blocks)
    return [Example(path, where, text) for _, path, where, text in blocks]


def copy_of_the_tree(folder: Path) -> None:
    """The parts of the project that a run needs."""
    for name in ("src", "scenarios", "seeds"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def put(example: Example, folder: Path) -> None:
    """Do in a copy what an example says."""
    path = folder / example.path
    if not example.where:
        assert not path.exists(), f"{example.path} is no new file"
        path.write_text(example.text, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    path.write_text(inserted(text, example), encoding="utf-8")


def inserted(text: str, example: Example) -> str:
    """A file's text with an example in its place."""
    if example.where == "at the end":
        return f"{text}\n\n{example.text}"
    if example.where == "at the end of the class":
        return f"{text}\n{textwrap.indent(example.text, ' ' * 4)}"
    if example.where.startswith("under "):
        key = f"\n{example.where.removeprefix('under ')}:\n"
        assert text.count(key) == 1, example.path
        return text.replace(key, key + example.text)
    before, indent = PLACES[example.where]
    head, found, tail = text.rpartition(before)
    assert found, f"{example.path} has no place {example.where}"
    return head + textwrap.indent(example.text, " " * indent) + found + tail
