"""`python -m digest` is the same program."""

from digest.cli import main

main()
