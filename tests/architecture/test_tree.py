"""What the tree must and must not hold."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.tree import ROOT, files, text_of

LONGEST = 300
A_MACHINE = re.compile(r"(?<![\w.:/~$}\]-])/(?:work|tmp|root|home|Users|opt|mnt|private|var)/\w|[A-Z]:\\\\?Users")
AN_INDEX = re.compile(
    r"pypi\.org|pythonhosted\.|conda\.anaconda|index[-_]url|find[-_]links|artifact[o]ry|:\d{4}/simple"
)


@pytest.mark.parametrize("pattern", [A_MACHINE, AN_INDEX], ids=["paths of a machine", "addresses of package indexes"])
def test_no_text_names(pattern: re.Pattern[str]) -> None:
    """The project is the same on every machine."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_patterns_find_what_they_look_for() -> None:
    """The two searches above would see what they are for."""
    assert A_MACHINE.search("open('" + "/".join(["", "home", "someone", "x"]) + "')")
    assert AN_INDEX.search("--index" + "-url")
    assert not A_MACHINE.search("see https://example.org/home/x and ~/.cache")


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.name)
def test_files_are_short(path: Path) -> None:
    """A file that outgrows this has two ideas in it."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_files_are_small() -> None:
    """The repository stays quick to clone: a megabyte a file, and two for the half million numbers of fitted sizes."""
    sizes = ROOT / "seeds" / "sizes"
    large = [path.name for path in files() if path.stat().st_size > (2_000_000 if path.parent == sizes else 1_000_000)]
    assert large == []


def test_imports_point_one_way() -> None:
    """The layers of pyproject.toml hold (where import-linter is installed)."""
    pytest.importorskip("importlinter")
    tool = Path(sys.executable).with_name("lint-imports")
    command = [str(tool)] if tool.exists() else [shutil.which("lint-imports") or pytest.skip("no lint-imports")]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_ci_is_executable_and_reads_the_readme() -> None:
    """The CI script runs the README's own command, so that the two cannot drift."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "README.md" in script.read_text(encoding="utf-8")
