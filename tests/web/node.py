"""Running a piece of the page in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.web.single import PAGE

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")


def in_node(script: str, given: Any = None, *, modules: Path = PAGE / "js") -> Any:
    """What ``script`` leaves in ``out``; it finds ``given``, and the page's modules by ``await module("link.js")``."""
    told = f"""
        import {{ readFileSync }} from "node:fs";
        const given = JSON.parse(readFileSync(0, "utf-8"));
        const module = (name) => import({json.dumps(modules.as_uri())} + "/" + name);
        let out = null;
        {script}
        console.log(JSON.stringify(out));
    """
    ran = subprocess.run(["node", "--input-type=module", "-e", told], input=json.dumps(given), text=True,
                         capture_output=True, timeout=180)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
