"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="a bundled name (see `list`) or the path of a file")]
With = Annotated[
    list[str], typer.Option("--with", metavar="SCENARIO", help="put another scenario on top of it; can be given again")
]
Set = Annotated[
    list[str], typer.Option("--set", metavar="KEY=VALUE", help="set one value of the scenario; can be given again")
]
Draws = Annotated[int | None, typer.Option(help="samples of theory and parameters: what we do not know")]
Replicates = Annotated[int | None, typer.Option(help="runs for each draw: luck")]
Seed = Annotated[int | None, typer.Option(help="seed of all random numbers")]
Outcomes = Annotated[list[str], typer.Option("--outcome", help="only these outcomes; can be given again")]
Jobs = Annotated[str, typer.Option("-j", "--jobs", help="processes, or auto; the result does not depend on it")]
Backend = Annotated[str, typer.Option("--backend", help="numpy, llvm, or auto for the quickest there is")]
Precision = Annotated[str, typer.Option("--precision", help="double, or single with llvm")]
Executor = Annotated[str, typer.Option("--executor", help="processes, threads, or dask for a cluster")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="of a Dask cluster, e.g. tcp://127.0.0.1:8786")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="a result folder")]
NoFigures = Annotated[bool, typer.Option("--no-figures", help="save tables without pictures")]
Json = Annotated[bool, typer.Option("--json", help="print the table as JSON")]
Csv = Annotated[bool, typer.Option("--csv", help="print the table as CSV")]
