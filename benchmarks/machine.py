"""The machine and the libraries, in words; no name of a host, no path."""

from __future__ import annotations

import platform
import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from clock import ROOT, cores

PACKAGES = ("mesa", "numpy", "scipy", "pandas", "pyarrow", "matplotlib", "pydantic", "llvmlite")


def machine() -> dict[str, Any]:
    """Processor, cores, caches, memory, operating system, Python, libraries."""
    return {
        "processor": _processor(),
        "cores": len(cores()),
        "caches": _caches(),
        "memory_gb": _memory(),
        "virtual": "hypervisor" in _read("/proc/cpuinfo"),
        "system": f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}",
        "libc": " ".join(platform.libc_ver()),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": _packages(),
    }


def slug(facts: dict[str, Any]) -> str:
    """A file name for the machine."""
    text = f"{facts['processor']} {facts['cores']} cores"
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"\((r|tm)\)", "", text.lower())).strip("-")


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _processor() -> str:
    info = dict(re.findall(r"^([a-z ]+?)\s*: (.*)$", _read("/proc/cpuinfo"), flags=re.MULTILINE))
    if "model name" not in info:
        return platform.processor() or platform.machine()
    flags = [name for name in ("avx512f", "avx2") if name in info.get("flags", "").split()]
    number = f"family {info.get('cpu family', '?')} model {info.get('model', '?')}"
    return f"{info['model name']} ({', '.join([number, *flags[:1]])})"


def _caches() -> str:
    found = []
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size = (_read(str(index / name)).strip() for name in ("level", "type", "size"))
        if kind != "Instruction":
            found.append(f"L{level} {size}")
    return ", ".join(found)


def _memory() -> float:
    found = re.search(r"MemTotal:\s+(\d+) kB", _read("/proc/meminfo"))
    return round(int(found[1]) / 2**20, 1) if found else 0.0


def _packages() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {project["name"]: project["version"]}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
