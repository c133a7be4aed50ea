"""ES modules as one plain script, whose hash a page can name in its policy, and which runs from a disk too.

Each module becomes a function that gives what it exports; whoever imports it takes its names from there. Modules import
by ``import { a, b as c } from "./other.js";`` or ``import * as all from "./other.js";``, and export functions, classes
and constants where they are declared, or by ``export { a, b };``. Anything else is refused, so that what runs here is
what runs elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

_IMPORT = re.compile(r'^import\s+(\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+"(\.{1,2}/[^"]+)";?[ \t]*$', re.MULTILINE)
_EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:function\b\*?|class\b|const\b)\s*(\w+|\[[\w\s,]+\]|\{[\w\s,]+\}))", re.MULTILINE
)
_LIST = re.compile(r"^export\s+\{\s*(\w+(?:\s*,\s*\w+)*)\s*,?\s*\};?[ \t]*$", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\s*[.(].*|</script.*|<!--.*", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(r"\w+")
_AS = re.compile(r"(\w+)\s+as\s+(\w+)")


def bundle(folder: Path, entry: str, last: str = "") -> str:
    """The script of the module ``entry`` in a folder and of all it imports; ``last`` is run when they are there, with
    the module as ``entry``.

    Raises
    ------
    ValueError
        for a module that is not there, modules that import one another in a circle, or an import or export of a kind
        that is not read here.
    """
    texts: dict[str, str] = {}
    needs: dict[str, set[str]] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in texts:
            if not (path := folder / name).is_file():
                raise ValueError(f"no module {name}: one imports it")
            texts[name], needs[name] = _as_function(name, path.read_text(encoding="utf-8"))
            waiting += needs[name]
    try:
        order = list(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order())
    except CycleError as error:
        raise ValueError(f"modules import one another in a circle: {' -> '.join(error.args[1])}") from None
    parts = "\n".join(texts[name] for name in order)
    return (
        f'(() => {{\n"use strict";\nconst modules = {{}};\n{parts}\nconst entry = modules["{entry}"];\n{last}\n}})();\n'
    )


def _as_function(name: str, text: str) -> tuple[str, set[str]]:
    """A module as a function, and the names of those it imports."""
    needs: set[str] = set()

    def take(found: re.Match[str]) -> str:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
        needs.add(wanted)
        names = found[1].partition("as ")[2] if found[1].startswith("*") else _AS.sub(r"\1: \2", found[1])
        return f'const {names} = modules["{wanted}"];'

    exported = [each for kind in (_EXPORT, _LIST) for found in kind.finditer(text) for each in _NAME.findall(found[1])]
    text = _LIST.sub("", _EXPORT.sub("", _IMPORT.sub(take, text)))
    if other := _OTHER.search(text):
        raise ValueError(f"{name}: cannot be made part of one script: {other[0].strip()}")
    return f'modules["{name}"] = (() => {{\n{text}\nreturn {{ {", ".join(exported)} }};\n}})();', needs
