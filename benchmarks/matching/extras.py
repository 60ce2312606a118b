"""Peers and plots are extras: what is not installed is left out of a run, and the run says so."""

from importlib.util import find_spec

EXTRAS = {"highspy": "HiGHS", "ortools": "CP-SAT and SimpleMinCostFlow", "matplotlib": "the plots"}


def installed(package: str) -> bool:
    """Whether a package is there, without loading it."""
    return find_spec(package) is not None


def left_out() -> list[str]:
    """A line for each extra that is not installed."""
    return [f"{what}: {package} is not installed" for package, what in EXTRAS.items() if not installed(package)]
