"""Log lines of a running process: on stderr, JSON in production, with the request or job that they belong to."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

from clothingline.kit.trace import request_id
from clothingline.settings import Settings

# They speak of every job and call, with what was in it.
TALKATIVE: Final = ("alembic", "httpx", "procrastinate")

Line = MutableMapping[str, Any]


class Named(structlog.WriteLogger):
    """Writes to stderr, under a name that stands in every line."""

    def __init__(self, name: str = "") -> None:
        super().__init__(sys.stderr)
        self.name = name


def configure(chosen: Settings) -> None:
    """Send our own lines straight to stderr, and the libraries' lines in the same form."""
    level = logging.getLevelNamesMapping()[chosen.log_level.upper()]
    said: list[structlog.typing.Processor] = [
        _name_request,
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*said, _renderer(chosen)],
        logger_factory=Named,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    _send_libraries(chosen, level, said)


def _name_request(_logger: object, _method: str, line: Line) -> Line:
    if (current := request_id()) is not None:
        line.setdefault("request_id", current)
    return line


def _send_libraries(chosen: Settings, level: int, said: list[structlog.typing.Processor]) -> None:
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=said,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(chosen)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderer(chosen: Settings) -> structlog.typing.Processor:
    if chosen.environment == "production":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
