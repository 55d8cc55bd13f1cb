"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("digest", deadline=None)  # no test is timed: machines differ, and benchmarks/ measure
settings.load_profile("digest")
