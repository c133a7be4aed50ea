"""A full classroom: thirty seats in six rooms and a board ask once a second while games are played and looked back on.

    python benchmarks/classroom.py [--seats 30] [--seconds 20]

The server is the command in a process of its own; what asks is this one. All times are what a page waits.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from clock import environment

EVERY = 1.0
"""Seconds between a page's questions."""


class Load:
    """What asks, and how long each answer took, by phase."""

    def __init__(self, address: str, teacher: str, client: httpx.AsyncClient) -> None:
        self.address, self.client, self.phase = address, client, "seats are taken"
        self.teacher = {"authorization": f"Bearer {teacher}"}
        self.took: dict[str, list[float]] = {}

    async def ask(self, path: str, headers: dict[str, str], body: Any = None, name: str = "") -> Any:
        """One request; its time counts under ``name``, or else as a poll of the present phase."""
        began, phase = time.perf_counter(), name or f"look at the room while {self.phase}"
        address = self.address + path
        if body is None:
            answer = await self.client.get(address, headers=headers)
        else:
            answer = await self.client.post(address, headers=headers, json=body)
        self.took.setdefault(phase, []).append(time.perf_counter() - began)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def seat(self, code: str, country: str, luck: random.Random) -> None:
        """A team's page: it takes a seat, asks every second, and seals a move each turn a while after it opened."""
        taken = await self.ask(f"/api/rooms/{code}/seats", {}, {"country": country}, "take a seat")
        headers = {"authorization": f"Bearer {taken['token']}"}
        menus = (await self.ask("/api/about", headers, name="names and menus"))["menus"]
        version, sealed = "", 0
        await asyncio.sleep(luck.random() * EVERY)
        while True:
            view = await self.ask(f"/api/rooms/{code}?since={version}", headers)
            if view:
                version = view["version"]
                if view["phase"] == "over" and self.phase == "playing":
                    await self.ask(f"/api/rooms/{code}/debrief", headers, name="debrief")
                elif view["phase"] == "play" and view["opening"] != sealed:
                    sealed = view["opening"]
                    await asyncio.sleep(luck.random() * EVERY)
                    move = {"opening": sealed, "move": luck.choice(menus[country])["move"]}
                    await self.ask(f"/api/rooms/{code}/seal", headers, move, "seal a move")
            await asyncio.sleep(EVERY)

    async def board(self, code: str) -> None:
        """The page at the wall."""
        version = ""
        while True:
            view = await self.ask(f"/api/board?room={code}&since={version}", self.teacher)
            version = view["version"] if view else version
            await asyncio.sleep(EVERY)


async def measured(server: int, address: str, teacher: str, codes: list[str], seconds: float) -> dict[str, Any]:
    """Play all rooms to the end and look back on them, asking all the while; then go on asking."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=4)
    async with httpx.AsyncClient(timeout=120, limits=limits) as client:
        load = Load(address, teacher, client)
        about = await load.ask("/api/about", {}, name="names and menus")
        seats = [(code, each["code"]) for code in codes for each in about["countries"]]
        work = [load.seat(*seat, random.Random(str(seat))) for seat in seats]
        tasks = [asyncio.create_task(each) for each in (*work, load.board(codes[0]))]
        await asyncio.sleep(seconds / 4)
        load.phase = "playing"
        for code in codes:
            await load.ask(f"/api/board/{code}/start", load.teacher, {}, "start a room")
        while len(load.took.get("debrief", ())) < len(seats):
            if failed := [task for task in tasks if task.done()]:
                failed[0].result()
            await asyncio.sleep(0.1)
        load.phase = "looking back"
        before, began = worked(server), time.perf_counter()
        await asyncio.sleep(seconds)
        busy = (worked(server) - before) / (time.perf_counter() - began)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        waits = {name: told(each) for name, each in load.took.items()}
        return {"milliseconds": waits, "core busy while looking back": round(busy, 3)}


def told(seconds: list[float]) -> dict[str, float]:
    """How many, the median, the 99th per cent and the slowest, in milliseconds."""
    ranked = sorted(seconds)
    at = {"median": len(ranked) // 2, "p99": int(0.99 * (len(ranked) - 1)), "slowest": len(ranked) - 1}
    return {"requests": len(ranked)} | {name: round(1000 * ranked[place], 1) for name, place in at.items()}


def memory(process: int) -> dict[str, float]:
    """Megabytes that the server holds now, and has held at most."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = {name: re.search(rf"{key}:\s+(\d+) kB", status) for name, key in (("now", "VmRSS"), ("most", "VmHWM"))}
    return {name: round(int(each[1]) / 1024, 1) for name, each in found.items() if each}


def worked(process: int) -> float:
    """Seconds of one core that the server has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Start the server, load it, and print what was found as JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seats", type=int, default=30, help="five a room")
    options.add_argument("--seconds", type=float, default=20)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        words = ["classroom", "--port", "0", "--rooms", str(-(-asked.seats // 5)), "--folder", f"{folder}/class"]
        command = [sys.executable, "-m", "triangle_sim", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(single=False)) as server:
            try:
                assert server.stdout is not None
                lines = []
                for line in server.stdout:
                    lines.append(line)
                    if "Ctrl-C" in line:
                        break
                text = "".join(lines)
                place, codes = re.search(r"(http://\S+)/board#(\S+)", text), re.search(r"room code +(.*)", text)
                assert place and codes, text
                before = memory(server.pid)
                found = asyncio.run(measured(server.pid, place[1], place[2], codes[1].split(), asked.seconds))
                sizes = {"megabytes at start": before, "megabytes": memory(server.pid)}
                print(json.dumps(found | sizes, indent=2))
            finally:
                if server.poll() is not None:
                    print(f"the server has ended by itself: {server.returncode}", file=sys.stderr)
                server.kill()


if __name__ == "__main__":
    main()
