"""The one style: colours, hatches, fonts.

Colours are those of Okabe, M. & Ito, K. (2008) "Color Universal Design", which stay apart under the common kinds of
colour blindness; shades of them mark what belongs together. Whatever colour tells, a hatch or a dash tells too, so that
a picture survives a grey printer. pyplot is never imported and no global setting is changed: :func:`styled` sets the
style around one drawing function and puts the caller's back.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.colors import to_hex, to_rgb

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
INK, QUIET, RULE, PALE = "#1A1A1A", "#555555", "#BBBBBB", "#E4E4E4"

# Points. Nothing is set smaller than SMALL: it is the size of a footnote in a journal and of a projected slide's edge.
TITLE, BODY, LABEL, SMALL = 13.0, 10.0, 9.0, 8.0

COUNTRY_COLOUR = {"CHN": VERMILLION, "KOR": GREEN, "PRK": BLACK, "RUS": PURPLE, "USA": BLUE}


@dataclass(frozen=True)
class Look:
    """How one category looks everywhere: a colour and a hatch on it."""

    colour: str
    hatch: str = ""

    @property
    def fill(self) -> dict[str, Any]:
        """The look as matplotlib's options of a filled shape; where white would not show, lines on it are grey."""
        line = "#FFFFFF" if luminance(self.colour) < 0.5 else "#8A8A8A"
        return {"facecolor": self.colour, "hatch": self.hatch, "edgecolor": line}


def mixed(colour: str, share: float, other: str = "white") -> str:
    """``colour`` with a share of another in it, 0 to 1. Opaque, so that overlaps do not make new colours."""
    red, green, blue = (1 - share) * np.array(to_rgb(colour)) + share * np.array(to_rgb(other))
    return to_hex((red, green, blue))


def luminance(colour: str) -> float:
    """Relative luminance, 0 black .. 1 white (WCAG 2.1)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Black or white, whichever contrasts more with ``colour`` (WCAG 2.1 contrast ratio)."""
    light = luminance(colour)
    return INK if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "#FFFFFF"


TRIANGLE_LOOK = {
    "menage_a_trois": Look(GREEN),
    "romantic_triangle": Look(ORANGE, "//"),
    "stable_marriage": Look(BLUE, "--"),
    "unit_veto": Look(VERMILLION, "xx"),
    "indeterminate": Look(PALE, ".."),
}

# A role wears the colour of the triangle it occurs in; the worse role of the two in it is the paler.
ROLE_LOOK = {
    "pivot": Look(ORANGE, "//"),
    "wing": Look(mixed(ORANGE, 0.60), "\\\\"),
    "friend": Look(GREEN),
    "partner": Look(BLUE, "--"),
    "outcast": Look(mixed(BLUE, 0.60), "++"),
    "foe": Look(VERMILLION, "xx"),
    "none": Look(PALE, ".."),
}

END_LOOK = {
    "bloc": Look(BLUE),
    "hedging": Look(ORANGE, "//"),
    "russian_shield": Look(PURPLE, "||"),
    "chinese_reassertion": Look(VERMILLION, "--"),
    "strongmens_alignment": Look(SKY, "\\\\"),
    "abandonment": Look("#3C3C3C", "xx"),
    "unsettled": Look(PALE, ".."),
}

VARIANCE_LOOK = {"theory": Look(BLUE), "parameters": Look(ORANGE, "//"), "luck": Look(PALE, "..")}

THEORY_COLOUR = {"chung-2024": VERMILLION, "lowy-2023": BLUE}

_VOICES = (GREEN, PURPLE, ORANGE, SKY, "#6B6B6B")
_VOICE_LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
_VOICE_MARKERS = "osD^v"

_SPARE = (PURPLE, YELLOW, SKY, GREEN, ORANGE, BLUE)
_SPARE_HATCH = ("", "//", "xx", "\\\\", "..")


def look(looks: Mapping[str, Look], name: str) -> Look:
    """The look of a category; one that is new gets a look of its own that depends on its name alone."""
    if name in looks:
        return looks[name]
    number = zlib.crc32(name.encode())
    return Look(_SPARE[number % len(_SPARE)], _SPARE_HATCH[number // 7 % len(_SPARE_HATCH)])


@dataclass(frozen=True)
class VoiceLook:
    """How a theory looks: a colour, and a line and a mark that tell it without colour."""

    colour: str
    line: Any
    marker: str


def theory_looks(names: Iterable[str]) -> dict[str, VoiceLook]:
    """A look for each theory of a picture: bundled ones have their own, others those left, in alphabetical order."""
    listed = sorted(set(names), key=lambda name: (name not in THEORY_COLOUR, name))
    colours = THEORY_COLOUR | dict(zip((n for n in listed if n not in THEORY_COLOUR), cycle(_VOICES)))
    looks = zip(listed, cycle(_VOICE_LINES), cycle(_VOICE_MARKERS))
    return {name: VoiceLook(colours[name], line, marker) for name, line, marker in looks}


def theory_colour(name: str, among: Iterable[str]) -> str:
    """The colour of a theory among those of a picture; all together are grey."""
    return QUIET if name == "all" else theory_looks(each for each in among if each != "all")[name].colour


def country_colour(code: str) -> str:
    """A country's colour, in every picture."""
    return COUNTRY_COLOUR.get(code) or look({}, code).colour


styled = style.context(["default", {
    "font.family": ["DejaVu Sans"],  # ships with matplotlib: the same glyphs on every machine
    "text.parse_math": False,  # a dollar sign in a scenario's title is a dollar sign
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.labelsize": LABEL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": BODY,
    "axes.titleweight": "bold",
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "hatch.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": LABEL,
}])  # fmt: skip
"""Decorator: draw in the project's style, whatever the caller's settings are, and leave those as they were."""


def ordered(names: Iterable[str], order: Iterable[str]) -> list[str]:
    """``names`` without repeats, in ``order`` first, the rest alphabetically."""
    known = list(order)
    return sorted(set(names), key=lambda name: (known.index(name) if name in known else len(known), name))
