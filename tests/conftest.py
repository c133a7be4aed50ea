"""Property tests draw the same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones. Programs that tests
start hear ctrl-C, as a person's do."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a run in the background, and programs inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
