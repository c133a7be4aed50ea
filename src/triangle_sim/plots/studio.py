"""Where pictures are drawn: in a process that imports what it takes while others compute, and by its copies at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from importlib import import_module
from itertools import repeat
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from triangle_sim.montecarlo.workers.pool import for_children
from triangle_sim.montecarlo.workers.stop import listen

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

NEEDED = ("triangle_sim.plots.pictures", "triangle_sim.montecarlo.folder.stored")
"""What a process imports to draw a result that is in a folder; the model is not among it."""


class Studio:
    """Draws the pictures of a result in a folder: in a ``with`` block by another process, if more than one may draw.

    That process starts as the block begins, draws one result, and ends with the block, or soon after this process; it
    never hears ctrl-C. All it does is save time: what goes wrong in it is done again here, where errors are told.

    Parameters
    ----------
    artists
        how many pictures may be drawn at once.
    """

    def __init__(self, artists: int = 1) -> None:
        self._artists = artists if "fork" in multiprocessing.get_all_start_methods() else 1
        self._line: Connection | None = None
        self._other: Any = None

    @property
    def here(self) -> bool:
        """Whether this process draws."""
        return self._line is None

    def save(
        self, result: Result, folder: Path, command: str | None, meanwhile: Callable[[], Any] = lambda: None
    ) -> list[Path]:
        """Draw the pictures into ``folder`` and return their paths; ``meanwhile`` is done here while others draw.

        The files are those of :func:`triangle_sim.plots.pictures.save_pictures`, byte for byte.
        """
        asked = self._ask(result, command)
        meanwhile()
        drawn = self._answer() if asked else None
        if drawn is None:
            from triangle_sim.plots.pictures import save_pictures

            return save_pictures(result, folder, command)
        folder.mkdir(parents=True, exist_ok=True)
        pictures = {folder / f"{name}.png": png for name, png in drawn.items() if png is not None}
        for path, png in pictures.items():
            path.write_bytes(png)
        return list(pictures)

    def _ask(self, result: Result, command: str | None) -> bool:
        with suppress(OSError):
            if self._line is not None:
                self._line.send((result, command))
                return True
        return False

    def _answer(self) -> dict[str, bytes | None] | None:
        with suppress(OSError, EOFError):
            if self._line is not None:
                return dict(self._line.recv())
        return None

    def __enter__(self) -> Self:
        if self._artists > 1:
            spawn = multiprocessing.get_context("spawn")
            self._line, there = spawn.Pipe()
            try:
                with for_children():
                    self._other = spawn.Process(target=_draw_once, args=(there, self._artists))
                    self._other.start()
            except BaseException as error:
                self._end(at_once=True)
                if not isinstance(error, OSError):
                    raise
            finally:
                there.close()  # so that each end hears when the other is gone
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end(at_once=error is not None)

    def _end(self, at_once: bool) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._other is not None and self._other.pid is not None:
            if at_once:
                self._other.kill()
            self._other.join()


def _draw_once(line: Connection, artists: int) -> None:
    """The other process: be ready, draw what is asked for, and end. It is silent: who waits hears the line close."""
    with suppress(Exception):
        for name in NEEDED:
            import_module(name)
        from triangle_sim.plots.pictures import PICTURES, picture

        asked = line.recv()
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(min(artists, len(PICTURES)), fork, listen) as others:
            drawn = others.map(picture, PICTURES, *map(repeat, asked))
            line.send(dict(zip(PICTURES, drawn, strict=True)))
