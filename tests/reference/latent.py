"""The latent scale: ties run over (-1, 1), everything else over (0, 1)."""

from math import atanh, tanh


def _scale(variable: str) -> tuple[float, float]:
    return (0.0, 1.0) if variable.startswith("goodwill[") else (0.5, 0.5)


def to_level(variable: str, z: float) -> float:
    """Latent value to the variable's own scale."""
    mid, half = _scale(variable)
    return mid + half * tanh((z - mid) / half)


def to_latent(variable: str, x: float) -> float:
    """The inverse, a hundredth of the half-range away from the ends at most."""
    mid, half = _scale(variable)
    return mid + half * atanh(min(max((x - mid) / half, -0.99), 0.99))
