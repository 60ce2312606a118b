"""Where compiled kernels are kept: under the digest of all their sources.

The compiler looks at the file of a function alone; a change in a function that it calls from another file would go
unseen, and the old code would run on.
"""

from hashlib import sha256
from importlib.resources import files

from numba.core import config

KERNELS = files("clothingline.matching.kernels")


def digest() -> str:
    """The sha256 of the names and texts of all kernels, shortened."""
    text = sha256()
    for source in sorted(KERNELS.iterdir(), key=lambda each: each.name):
        if source.name.endswith(".py"):
            text.update(source.name.encode() + source.read_bytes())
    return text.hexdigest()[:16]


BASE = config.CACHE_DIR or str(KERNELS.joinpath("__pycache__"))  # type: ignore[attr-defined]  # made at run time
FOLDER = f"{BASE}/{digest()}"
config.CACHE_DIR = FOLDER  # type: ignore[attr-defined]  # as above
