"""Which code makes a result: the version of this package, a hash of the model, and the libraries beneath."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata

from triangle_sim.resources import PACKAGE, data_dir

LIBRARIES = ("mesa", "numpy", "scipy", "pydantic", "pyarrow")
"""Those that every run uses."""
_NOT_MODEL = ("cli", "web", "seat", "plots", "analysis")


def version() -> str:
    """The installed version of this package; that of the source in a bare checkout."""
    try:
        return metadata.version("triangle-sim")
    except metadata.PackageNotFoundError:
        return "0+source"


@lru_cache(maxsize=1)
def model_hash() -> str:
    """SHA-256 over the code and seeds that results depend on, so that two manifests tell whether they may be mixed."""
    digest = hashlib.sha256()
    sources = sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in _NOT_MODEL
    )
    seeds = sorted(data_dir("seeds").rglob("*.yaml"))
    for base, paths in ((PACKAGE, sources), (data_dir("seeds"), seeds)):
        for path in paths:
            digest.update(path.relative_to(base).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def here(libraries: tuple[str, ...]) -> dict[str, str]:
    """Code, platform and libraries of this machine, on which the bits of a result depend."""
    about = {
        "triangle_sim": f"{version()} (code {model_hash()[:12]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "platform": f"{platform.system()} {platform.machine()}",
    }
    return about | {name: _installed(name) for name in libraries}


def _installed(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not installed"


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """In words, e.g. ``numpy 2.1.0 there, 2.2.0 here``; empty where nothing differs."""
    differing = [name for name in ours if theirs.get(name) != ours[name]]
    return "; ".join(f"{name} {theirs.get(name, 'unknown')} there, {ours[name]} here" for name in differing)
