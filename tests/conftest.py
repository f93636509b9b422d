"""Property tests try the same examples in every run, `HYPOTHESIS_PROFILE=thorough` more of them; `searching` has them
look for new ones."""

from __future__ import annotations

import os

from hypothesis import settings

# A red run must say something about the change and not about the dice; and an example is slow where the machine is.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=400)
settings.register_profile("searching", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
