"""Whether the texts of a picture can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def whole_and_apart(figure: Any, boxes: Sequence[tuple[str, Any]]) -> None:
    """There are texts, each with its box in the figure; none is cut off, or over another."""
    assert boxes
    for number, (text, box) in enumerate(boxes):
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
        assert inside, f"{text!r} is cut off"
        for other, there in boxes[number + 1 :]:
            wide, high = min(box.x1, there.x1) - max(box.x0, there.x0), min(box.y1, there.y1) - max(box.y0, there.y0)
            assert wide <= 2 or high <= 5, f"{text!r} is over {other!r}"
