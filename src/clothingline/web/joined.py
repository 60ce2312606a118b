"""Modules that are served as one file, because a phone with a weak signal should ask for few things.

Each stays a module of its own in the repository. One that exports nothing is set in a block, so that its names are its
own; the others share one scope, in which no name may be said twice.
"""

import re
from collections.abc import Callable

TAILOR = [
    *("store", "photo", "outbox", "chip", "shell", "sending", "queue", "leaving"),
    *("ask", "speech", "install", "toast", "focus", "stepper", "countdown", "ready"),
]
JOINED = {"js/tailor.js": TAILOR}
_LEFT_OUT = re.compile(r"^(?:import .*|//.*)\n", re.MULTILINE)


def join(names: list[str], read: Callable[[str], str]) -> bytes:
    """The text of these modules in this order, without their imports and comments."""
    return "".join(_part(read(f"{name}.js")) for name in names).encode()


def _part(text: str) -> str:
    bare = _LEFT_OUT.sub("", text)
    exported = re.sub(r"^export ", "", bare, flags=re.MULTILINE)
    return exported if exported != bare else f"{{\n{bare}}}\n"
