"""Make the programs of the bundled scenarios, and hold those that are there against the code."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

import llvmlite.binding as llvm

from triangle_sim.backends.llvm import web
from triangle_sim.backends.llvm.program import Program
from triangle_sim.model.prepared import prepared_for
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.web.modules import FOLDER, INDEX, index, unpacked

AGAIN = "make them again with: python -m triangle_sim.web.modules"


def texts(names: Iterable[str] | None = None) -> dict[str, tuple[Program, list[str]]]:
    """The programs of bundled scenarios by the hash of their text, each with the scenarios that share it."""
    out: dict[str, tuple[Program, list[str]]] = {}
    for name in list_scenarios() if names is None else names:
        text = web.written(prepared_for(load(name)))
        out.setdefault(_hash(text.text.encode()), (text, []))[1].append(name)
    return out


def build(folder: Path = FOLDER, make: Callable[[Program], bytes] = web.make) -> list[str]:
    """Write all programs and the index; what is there already, and fits, stays. What was written, in words."""
    folder.mkdir(exist_ok=True)
    there = {each["text_sha256"]: each for each in index(folder)["modules"]} if (folder / INDEX).is_file() else {}
    modules, said = [], []
    for key, (text, names) in texts().items():
        path = folder / f"{names[0]}.wasm.gz"
        if not (key in there and there[key]["file"] == path.name and unpacked(path, there[key]["wasm_sha256"])):
            path.write_bytes(gzip.compress(make(text), 9, mtime=0))
        code = gzip.decompress(path.read_bytes())
        about = {"file": path.name, "text_sha256": key, "wasm_sha256": _hash(code), "scenarios": names}
        modules.append(about)
        said.append(f"{path.name}: {len(code):,} bytes, packed {path.stat().st_size:,}; for {', '.join(names)}")
    for path in folder.glob("*.wasm.gz"):
        if path.name not in [each["file"] for each in modules]:
            path.unlink()
    whole = json.dumps({"made_with": made_with(), "modules": modules}, indent=1)
    (folder / INDEX).write_text(whole + "\n", encoding="utf-8")
    return said


def check(folder: Path = FOLDER, names: Iterable[str] | None = None, rebuild: bool = True) -> list[str]:
    """What does not fit the code, in words: texts of the named scenarios, by default of all; files; and bytes of one
    program made anew, where the same compiler and linker are at hand."""
    about, wrong = index(folder), []
    there = {each["text_sha256"]: each for each in about["modules"]}
    for key, (text, sharing) in texts(names).items():
        if key not in there or (names is None and there[key]["scenarios"] != sharing):
            wrong.append(f"the program of {', '.join(sharing)} is not the one the code writes; {AGAIN}")
            continue
        path = folder / there[key]["file"]
        if not unpacked(path, there[key]["wasm_sha256"]):
            wrong.append(f"{path.name} is missing or damaged; {AGAIN}")
        elif rebuild and made_with() == about["made_with"] and _hash(web.make(text)) != there[key]["wasm_sha256"]:
            wrong.append(f"{path.name} is not what compiler and linker make of the code; {AGAIN}")
        rebuild = False
    files = {path.name for path in folder.glob("*.wasm.gz")}
    for stray in sorted(files - {each["file"] for each in about["modules"]}):
        wrong.append(f"{stray} belongs to no program; {AGAIN}")
    return wrong


def made_with() -> dict[str, str]:
    """Compiler and linker, on which the bytes of a program depend."""
    version = ".".join(map(str, llvm.llvm_version_info))
    return {"llvmlite": metadata.version("llvmlite"), "llvm": version, "linker": _linker()}


def _linker() -> str:
    try:
        return f"ziglang {metadata.version('ziglang')}"
    except metadata.PackageNotFoundError:
        return "another"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
