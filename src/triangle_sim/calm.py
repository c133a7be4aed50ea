"""Imported first where start-up time counts: Python looks for garbage less often, and not at all as the process ends.

Imports and pictures make some hundred thousand objects that stay; looking through them again and again for garbage
takes a tenth of a short command's time, and once more at the end a twentieth of a second. What holds no cycle, as
arrays and tables, is freed at once all the same.
"""

from __future__ import annotations

import atexit
import gc

gc.set_threshold(100_000, 50, 50)
atexit.register(gc.freeze)
