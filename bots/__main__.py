"""`python -m bots` is `cutroom`."""

from bots.cli import main

main()
