"""What Mesa's data collector notes of a model, quarter by quarter, so that ``mesa.batch_run`` has rows to give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import mesa


class Collector(mesa.DataCollector):  # type: ignore[misc]
    """One record a quarter: the levels it left behind, and the move of every country in it.

    Model columns are the date, the seed, and each state variable and condition (the mean where a model has several
    runs); agent columns are the country's code and its move.
    """

    def __init__(self, names: Iterable[str]) -> None:
        levels = {name: _level(name) for name in names}
        super().__init__(
            {"date": _last_date, "world_seed": "world_seed", **levels}, {"country": "code", "move": "move_name"}
        )

    def collect(self, model: Any) -> None:
        """Note the quarter just simulated, under its number from 0.

        Mesa's collectors file a record by step or time, both of which count from 1 at the end of a step, but what
        batch_run of 3.3 and 3.4 asks for counts from 0: it would miss the last quarter.
        """
        super().collect(model)
        number = len(self.model_vars["date"]) - 1
        self._agent_records[number] = self._agent_records.pop(next(reversed(self._agent_records)))
        if hasattr(self, "_collection_steps"):  # from Mesa 3.4
            self._collection_steps[-1] = number


def _level(name: str) -> Callable[[Any], float]:
    return lambda model: float(model.level(name).mean())


def _last_date(model: Any) -> str:
    return str(model.prepared.quarters[model.quarter - 1])
