"""What holds for all tests."""

import signal

from hypothesis import settings

settings.register_profile("digest", deadline=None)  # no test is timed: machines differ, and benchmarks/ measure
settings.load_profile("digest")

# Where tests run in the background, the shell has them ignore interrupts, and so would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
