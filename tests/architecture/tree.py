"""The files of the project, as a reader of the repository sees them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = {".git", "__pycache__", "build", "dist", "runs", "site", "node_modules"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, part of the project; without git, all but what tools leave behind."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout.decode()
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = []
    if not any(path.name == "pyproject.toml" for path in found):
        found = [path for path in ROOT.rglob("*") if not _left_behind(path)]
    return tuple(sorted(path for path in found if path.is_file()))


def _left_behind(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part not in (".ci", ".gitignore") for part in parts)
    return hidden or bool(BUILT & set(parts)) or any(part.endswith(".egg-info") for part in parts)


def text_of(path: Path) -> str:
    """A file's text; empty for a picture, a table of numbers and a compiled program."""
    return "" if path.suffix in (".png", ".parquet", ".gz") else path.read_text(encoding="utf-8")
