"""The slow truth of a whole test module: the same kernels as plain Python."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def uncompiled(module: str) -> Any:
    """What `answers()` of a module says, as JSON, in a process without compilation."""
    script = f"import json; from {module} import answers; print(json.dumps(answers()))"
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
