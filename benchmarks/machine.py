"""What a run ran on."""

import platform
import sys
from os import cpu_count
from pathlib import Path


def machine() -> str:
    """Processor, cores and system in one line."""
    return f"{_processor()}, {cpu_count()} cores, {platform.system()} {platform.machine()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")
