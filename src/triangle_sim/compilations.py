"""What the compiled backend asks of the machine: JAX, and a folder for its programs.

Compiled programs are kept, so that a scenario is compiled once a machine and not once a process.
"""

from __future__ import annotations

import hashlib
import os
import platform
from importlib.util import find_spec
from pathlib import Path

from triangle_sim.errors import UsageError


def need_jax() -> None:
    """Refuse to go on without JAX, which is an extra.

    Raises
    ------
    UsageError
        if it is not installed.
    """
    if find_spec("jax") is None:
        raise UsageError(
            "the backend jax needs the package jax, which is not installed",
            "install it with: pip install 'triangle-sim[jax]', or use --backend numpy",
        )


def keep_programs() -> None:
    """Let JAX keep programs in the user's cache folder, unless it has been told where to, or nothing can be kept there.

    One folder a kind of processor: a home may be shared by machines that cannot run each other's programs.
    """
    import jax

    if jax.config.jax_compilation_cache_dir is not None:
        return
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "triangle_sim" / f"jax-{_processor()}"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or none to write to
        return
    if os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))


def _processor() -> str:
    """A short name for what this processor can do."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        kind = next(line for line in lines if line.startswith(("flags", "Features")))
    except (OSError, StopIteration):
        kind = platform.processor()
    return hashlib.sha256(f"{platform.machine()} {kind}".encode()).hexdigest()[:12]
