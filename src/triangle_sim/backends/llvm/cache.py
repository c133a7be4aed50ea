"""The user's cache folder for compiled programs: a scenario is compiled once a machine, not once a process."""

from __future__ import annotations

import hashlib
import os
import platform
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder, made if it is missing; ``None`` where nothing can be kept.

    One folder a kind of processor: a home may be shared by machines that cannot run each other's programs. What is in
    it will be executed, so a folder that others may write to is not used.
    """
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "triangle_sim" / f"llvm-{_processor()}"
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
