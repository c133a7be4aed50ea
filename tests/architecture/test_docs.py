"""The documentation agrees with the code: tables, README, glossary, citation, columns of the result tables."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

import triangle_sim as ts
from architecture.tree import files
from triangle_sim.cli.commands import app
from triangle_sim.decision import RULES
from triangle_sim.montecarlo.folder.contents import TABLES
from triangle_sim.outcomes.end_state import ENDINGS
from triangle_sim.triangle.typology import ROLES, TYPES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_tables_are_fresh() -> None:
    """Tables that list code are those the code gives now."""
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def the_map() -> Iterator[str]:
    """The paths that the README's map names, in full."""
    block = README.split("## Where things are")[1].split("```text\n")[1].split("```")[0]
    parents = [(-1, "")]
    for line in block.splitlines():
        name, indent = line.split()[0], len(line) - len(line.lstrip())
        while parents[-1][0] >= indent:
            parents.pop()
        path = parents[-1][1] + name
        if name.endswith("/"):
            parents.append((indent, path))
        yield path


def test_everything_on_the_map_exists() -> None:
    """Whoever follows the map finds what it names."""
    for path in the_map():
        there = ROOT / path
        assert there.is_dir() if path.endswith("/") else there.is_file(), f"{path} is on the map and not in the tree"


def test_every_package_is_on_the_map() -> None:
    """A new folder of the package is a new line on the map."""
    packages = {f"src/triangle_sim/{path.parent.name}/" for path in ROOT.glob("src/triangle_sim/*/__init__.py")}
    assert packages <= set(the_map())


def test_the_map_has_a_line_for_every_top_folder() -> None:
    """So is a new folder of the project."""
    folders = {f"{path.relative_to(ROOT).parts[0]}/" for path in files() if path.parent != ROOT}
    assert folders - {"src/", ".ci/"} <= set(the_map())


@pytest.mark.parametrize("ending", ["triangle-sim run trump_win", "python -m pytest"])
def test_readme_has_the_command(ending: str) -> None:
    """One line sets up and runs, one sets up and tests, from nothing but Python."""
    lines = [line for line in README.splitlines() if line.endswith(ending)]
    assert len(lines) == 1
    assert lines[0].startswith("python3 -m venv .venv && .venv/bin/pip install ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Links to files of the project name files that exist, and anchors headings that exist."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if path == "live.html":  # made as the site is built
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), flags=re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
            assert anchor in slugs, f"{page.name} links to {target}"


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", "docs/first-run.md", "docs/scenarios.md",
                                  "docs/results.md", "docs/odd.md", "docs/adding.md", "docs/limits.md",
                                  "docs/api.md"])  # fmt: skip
def test_every_page_says_that_it_is_a_model(page: str) -> None:
    """Nobody who lands on a page takes it for a forecast."""
    text = (ROOT / page).read_text(encoding="utf-8").lower()
    assert re.search(r"not\s+an\s+oracle|not\s+a\s+forecast|not\s+of\s+the\s+world|not\s+from\s+the\s+world"
                     r"|not\s+chances\s+in\s+the\s+world|not\s+what\s+will\s+happen", text)  # fmt: skip


def terms() -> list[str]:
    """The terms the glossary defines, in its order."""
    return re.findall(r"^\*\*([^*\n]+)\*\*: ", GLOSSARY, flags=re.MULTILINE)


def test_glossary_is_in_order_and_closed() -> None:
    """Terms stand in alphabetical order, each once, and every term it refers to is there."""
    assert terms() == sorted(set(terms()), key=str.casefold)
    referred = {" ".join(term.split()) for term in re.findall(r"\*\*([^*]+)\*\*", GLOSSARY)}
    assert referred <= set(terms())


def test_glossary_gives_sources() -> None:
    """Every entry ends with where the term comes from."""
    entries = [entry for entry in re.split(r"\n\n", GLOSSARY) if entry.startswith("**")]
    assert all(re.search(r"\(.+\)\s*$", entry, flags=re.DOTALL) for entry in entries)


def test_glossary_covers_what_results_are_labelled_with() -> None:
    """Types, roles, end states and decision rules are explained."""
    labels = {*TYPES, *ROLES, *ENDINGS, *RULES} - {"none", "quantal"}
    known = {term.lower() for term in terms()}
    assert {label.replace("_", " ") for label in labels} <= known
    assert "quantal response" in known


def test_citation_agrees_with_the_package() -> None:
    """The citation names the version, the licence and the authors of the package."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert str(citation["cff-version"]) == "1.2.0"
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert citation["authors"] == project["authors"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_command_is_listed() -> None:
    """The page on the first run has a row for every command of the command line."""
    page = (ROOT / "docs" / "first-run.md").read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if f"| `triangle-sim {name}" not in page] == []


@cache
def a_result() -> ts.Result:
    """Two draws of the baseline."""
    return ts.run("baseline", draws=2, replicates=1, jobs=1)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained(name: str) -> None:
    """The page on results has a section for every table, and in it every column."""
    page = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
    assert f"\n## {name}\n" in page
    section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    columns = [str(column) for column in getattr(a_result(), name).columns]
    if name == "parameters":  # named as in the model's tables
        columns = columns[:2]
    assert [column for column in columns if f"`{column}`" not in section] == []
