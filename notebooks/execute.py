"""Runs every notebook of this folder from top to bottom and fails at the first error; writes nothing here.

`python notebooks/execute.py [FOLDER]` also leaves the executed notebooks in FOLDER.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
LIMIT = 120
"""Seconds a cell may take."""


def main(arguments: list[str]) -> int:
    """Execute all notebooks; 1 if one fails."""
    failed = 0
    for path in sorted(HERE.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            client = NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": folder}})
            try:
                client.execute()
            except Exception as error:
                print(f"{path.name}: {error}", file=sys.stderr)
                failed = 1
                continue
        print(f"{path.name}: {len(notebook.cells)} cells in {time.perf_counter() - began:.0f} s")
        if arguments:
            target = Path(arguments[0])
            target.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, target / path.name)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
