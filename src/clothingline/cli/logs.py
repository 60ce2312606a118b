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


def configure(chosen: Settings) -> None:
    """Send structlog's and the libraries' lines the same way."""
    shared: list[structlog.typing.Processor] = [
        _name_request,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    _send_to_stderr(chosen, shared)


def _name_request(_logger: object, _method: str, line: Line) -> Line:
    if (current := request_id()) is not None:
        line.setdefault("request_id", current)
    return line


def _send_to_stderr(chosen: Settings, shared: list[structlog.typing.Processor]) -> None:
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(chosen)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(chosen.log_level.upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderer(chosen: Settings) -> structlog.typing.Processor:
    if chosen.environment == "production":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
