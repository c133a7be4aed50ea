"""What compiled backends ask of the machine: a library each, and a folder for its programs.

Compiled programs are kept, so that a scenario is compiled once a machine and not once a process.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from triangle_sim.errors import UsageError

LIBRARIES: Final[Mapping[str, tuple[str, ...]]] = {"numpy": (), "llvm": ("llvmlite",)}
"""Every backend, and what it computes with beyond what every run does: names of distributions, whose versions a result
notes and the workers of a cluster have in common. Its extra has the backend's name."""
PRECISIONS: Final = ("double", "single")


def need(backend: str) -> None:
    """Refuse to go on without what a backend needs, which is an extra.

    Raises
    ------
    UsageError
        if it is not installed.
    """
    missing = [package for package in LIBRARIES[backend] if find_spec(package) is None]
    if missing:
        raise UsageError(
            f"the backend {backend} needs the package {missing[0]}, which is not installed",
            f"install it with: pip install 'triangle-sim[{backend}]', or use --backend numpy",
        )


def cache_folder(library: str) -> Path | None:
    """The user's folder for a library's programs; none where nothing can be kept.

    One folder a kind of processor: a home may be shared by machines that cannot run each other's programs. What is in
    it will be executed, so a folder that others may write to is not used.
    """
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "triangle_sim" / f"{library}-{_processor()}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except (OSError, RuntimeError):  # no home, or none to write to
        return None
    own = not hasattr(os, "getuid") or (facts.st_uid == os.getuid() and not facts.st_mode & 0o022)
    return folder if own and os.access(folder, os.W_OK) else None


def _processor() -> str:
    """A short name for what this processor can do."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        kind = next(line for line in lines if line.startswith(("flags", "Features")))
    except (OSError, StopIteration):
        kind = platform.processor()
    return hashlib.sha256(f"{platform.machine()} {kind}".encode()).hexdigest()[:12]
