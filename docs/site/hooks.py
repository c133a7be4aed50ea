"""Pages of the site load nothing from elsewhere: the theme's helper for search without a server is replaced by ours,
and mathematics becomes MathML. The live model is written beside them as the site is built; lessons link to it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from mathematics import fence
from mkdocs.structure.files import File

LIVE = "live.html"
"""The live model, at the top of the site."""

LINK = re.compile(r"^( *)```text\n *(#v=1&\S+)\n *```$", re.M)
"""A link as a lesson writes it: the part behind `#`, in a block of its own."""

THEIRS = '<script src="https://unpkg.com/iframe-worker/shim"></script>'
OURS = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")


def on_config(config: Any, **_: Any) -> Any:
    """Called by MkDocs with its settings: fenced blocks called ``math`` are mathematics."""
    fences = config["mdx_configs"].setdefault("pymdownx.superfences", {}).setdefault("custom_fences", [])
    fences.append({"name": "math", "class": "math", "format": fence})
    return config


def on_files(files: Any, config: Any) -> Any:
    """Called by MkDocs with its list of files: the page of the baseline is one more, as `share` writes it."""
    from triangle_sim.scenario.load import load
    from triangle_sim.web.pack import pack
    from triangle_sim.web.single import page

    files.append(File.generated(config, LIVE, content=page(pack(load("baseline")))))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Called by MkDocs with each page's text: below a link of a lesson one can press it."""
    up = "../" * page.file.src_uri.count("/")
    pressed = rf"\g<0>\n\n\g<1>[Open it in the live model]({up}{LIVE}\g<2>){{.on-screen}}"
    return LINK.sub(pressed, markdown)


def on_post_page(output: str, **_: Any) -> str:
    """Called by MkDocs with each finished page."""
    return output.replace(THEIRS, f"<script>{OURS}</script>")
