"""Hypothesis settings: the same examples everywhere in CI, fresh ones on a desk.

`pytest --hypothesis-profile=thorough tests/laws/test_laws.py` tries each law on 50 times as many.
"""

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=5_000)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
