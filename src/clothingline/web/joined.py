"""Modules that are served as one file, because a phone with a weak signal should ask for few things.

Each stays a module of its own in the repository. What others import stands in one scope, in which no name may be said
twice; every other module is set in a block. A module that exports `bind` is bound at once, and again when a part of the
page was replaced (the event `ganti`).
"""

import re
from collections.abc import Callable

TAILOR = [
    *("store", "photo", "outbox", "chip", "shell", "sending", "queue", "leaving", "ask", "speech", "install"),
    *("telling", "toast", "focus", "busy", "stepper", "countdown"),
]
JOINED = {"js/tailor.js": TAILOR, "js/sw.js": ["keeping", "serving"]}
READY = 'globalThis.document && performance.mark("siap");\n'
BIND = 'bind();\naddEventListener("ganti", bind);\n'
_LEFT_OUT = re.compile(r"^(?:import .*|//.*)\n", re.MULTILINE)


def join(names: list[str], read: Callable[[str], str]) -> bytes:
    """The text of these modules in this order, without their imports and comments, and the mark that all is bound."""
    return ("".join(_part(read(f"{name}.js")) for name in names) + READY).encode()


def _part(text: str) -> str:
    bare = _LEFT_OUT.sub("", text)
    said = re.sub(r"^export ", "", bare, flags=re.MULTILINE)
    binds = "export const bind" in bare
    if said != bare and not binds:
        return said
    return f"{{\n{said}{BIND if binds else ''}}}\n"
