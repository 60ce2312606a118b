"""The `clothingline` command. What a command needs is imported when it runs, so that `--help` answers at once."""

import sys

from clothingline.cli.exits import Stop


def main() -> None:
    """Run the command line and end the process with one of the codes of `exits`."""
    from clothingline.cli.commands import commands

    try:
        commands()
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(stop.code)
