"""Libraries that only these analyses need, imported when they do."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from triangle_sim.errors import UsageError


def need(module: str) -> Any:
    """A module of an optional library. Raises UsageError, which says how to install it, if it cannot be imported."""
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        message = f"this needs the package {library}, which cannot be imported ({error})"
        raise UsageError(message, "install it with: pip install 'triangle-sim[research]'") from None
