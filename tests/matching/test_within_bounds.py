"""Compiled code does not look where an array ends: here it does, and nothing reads or writes beyond."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SUITES = ("kernels", "live", "seeking", "updates", "route", "assignment", "nearest")


@pytest.mark.prove
def test_no_kernel_reads_or_writes_beyond_an_array(tmp_path: Path) -> None:
    told = os.environ | {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    suites = [str(HERE / f"test_{suite}.py") for suite in SUITES]
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not prove", "-p", "no:cacheprovider", *suites]
    ended = subprocess.run(command, cwd=HERE.parents[1], env=told, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-3_000:]
