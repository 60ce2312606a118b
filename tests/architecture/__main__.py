"""What the rules find in the package, and how long its functions are: `.venv/bin/python -m tests.architecture`."""

import sys
from pathlib import Path

from tests.architecture.rules import OF_THE_PACKAGE, shape

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "clothingline"

findings = [f"{rule.__name__}: {finding}" for rule in OF_THE_PACKAGE for finding in rule(PACKAGE)]
print(*findings, shape.measure(PACKAGE), sep="\n")
sys.exit(bool(findings))
