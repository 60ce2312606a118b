"""What the migrations say of their tables."""

import runpy

from clothingline.kit import migrating


def listed(name: str) -> tuple[str, ...]:
    """The tables that any migration lists as `STATEFUL` or `APPEND_ONLY`, in the order of the migrations."""
    versions = sorted((migrating.folder() / "versions").glob("*.py"))
    return tuple(table for path in versions for table in runpy.run_path(str(path)).get(name, ()))
