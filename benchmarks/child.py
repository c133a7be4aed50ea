"""One contestant in a process of its own: `python child.py '{"name": ..., "cores": [...], "options": {...}}'`.

It makes itself ready, says so in a line of JSON, and then measures once for each line it is sent.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> None:
    """Get ready, then answer."""
    told = json.loads(sys.argv[1])
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, told["cores"])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else prints, prints elsewhere

    def say(answer: dict[str, object]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    began = time.perf_counter()
    from clock import SkippedError
    from contestants import CONTESTANTS

    try:
        ready = CONTESTANTS[told["name"]](**told["options"])
        go = next(ready)
        first = time.perf_counter()
        go()
    except SkippedError as why:
        say({"skipped": str(why)})
        return
    now = time.perf_counter()
    say({"ready": first - began, "first": now - first})
    for line in sys.stdin:
        how = json.loads(line)
        seconds, count, more = 0.0, 0, {}
        while not count or seconds < how.get("least", 1.0):
            began = time.perf_counter()
            made, more = go(**how.get("options", {}))
            seconds += time.perf_counter() - began
            count += made
        say({"count": count, "seconds": seconds} | more)
    ready.close()


if __name__ == "__main__":
    main()
