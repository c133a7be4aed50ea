"""A scheduler and workers of Dask Distributed as processes of their own, on loopback, their files in one folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0
"""Seconds after which a test gives up: nothing takes nearly as long."""


def until(happened: Callable[[], object]) -> object:
    """Wait for something true, and return it."""
    end = time.monotonic() + PATIENCE
    while not (found := happened()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


class Processes:
    """Started one by one, all killed at the end; where nobody does, they end by themselves within minutes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.file = folder, folder / "scheduler.json"
        self.started: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DASK_CONFIG": str(folder),
            **settings,
        }
        self.scheduler = self._start("scheduler", "--port", "0", "--idle-timeout", "300")
        self.address = str(until(self._address))

    def _address(self) -> str:
        try:
            return str(json.loads(self.file.read_text())["address"])
        except (OSError, ValueError):
            return ""

    def worker(self, first_on_path: Path | None = None) -> subprocess.Popen[bytes]:
        """One more worker process, of one thread; ``first_on_path`` may hold another version of the package."""
        path = [str(first_on_path)] if first_on_path else []
        environment = {**self.environment, "PYTHONPATH": os.pathsep.join([*path, self.environment["PYTHONPATH"]])}
        options = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--death-timeout", "60")
        self.workers.append(
            self._start("worker", *options, "--local-directory", str(self.folder), environment=environment)
        )
        return self.workers[-1]

    def _start(self, what: str, *options: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        here = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *here, "--scheduler-file", str(self.file)]
        with (self.folder / f"{what}{len(self.started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *options], env=environment or self.environment, cwd=self.folder, stdout=log, stderr=log
            )
        self.started.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """As the system does when memory runs out: no farewell."""
        process.kill()
        process.wait()

    def stop(self) -> None:
        """Kill all."""
        for process in self.started:
            self.kill(process)
