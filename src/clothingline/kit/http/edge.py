"""Pure-ASGI edge: request id, bounded body, access log and metrics. It knows no route and no person."""

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clothingline.kit import trace
from clothingline.kit.clock import monotonic

log = structlog.get_logger("http")
REQUESTS = Counter("http_requests_total", "Requests by method, route and status", ["method", "route", "status"])
SECONDS = Histogram("http_request_seconds", "Time to answer by route", ["route"])
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class Edge:
    """Gives every request its id, measures it, and says one line about it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"request-id")
        request_id, started = trace.begin(given.decode("latin-1") if given else None), monotonic()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_headers(request_id)]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            _measure(scope, status, monotonic() - started)


def _headers(request_id: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"request-id", request_id.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
    ]


def _measure(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    REQUESTS.labels(scope["method"], route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    if scope["path"] not in QUIET:
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
