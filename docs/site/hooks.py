"""Pages of the site load nothing from elsewhere: the theme's helper for search without a server is replaced by ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

THEIRS = '<script src="https://unpkg.com/iframe-worker/shim"></script>'
OURS = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")


def on_post_page(output: str, **_: Any) -> str:
    """Called by MkDocs with each finished page."""
    return output.replace(THEIRS, f"<script>{OURS}</script>")
