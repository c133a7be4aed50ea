"""Libraries that only these analyses need, imported when they do."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

from triangle_sim.errors import UsageError


def need(module: str) -> Any:
    """A module of an optional library. Raises UsageError, which says how to install it, if it cannot be imported."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # EMA workbench warns of parts of its own that are not installed
            return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        message = f"this needs the package {library}, which cannot be imported ({error})"
        raise UsageError(message, "install it with: pip install 'triangle-sim[research]'") from None
