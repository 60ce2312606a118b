"""Pure-ASGI edge: request id, security headers, access log, metrics, the answer to a fault. It knows no route."""

from collections.abc import Awaitable, Callable, Iterable

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clothingline.kit import trace
from clothingline.kit.clock import monotonic

log = structlog.get_logger("http")
REQUESTS = Counter("http_requests_total", "Requests by method, route and status", ["method", "route", "status"])
SECONDS = Histogram("http_request_seconds", "Time to answer by route", ["route"])
# Whoever sends others makes no new series.
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


Header = tuple[bytes, bytes]
Fault = Callable[[Scope, Receive, Send], Awaitable[None]]

SECURITY: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)
ENCRYPTED_ONLY = (b"strict-transport-security", b"max-age=31536000")


class Edge:
    """Gives every request its id, measures it, and says one line about it.

    `fault` answers a request whose handler raised what nobody expected; the exception then goes on to the server's log.
    `content` is the content security policy of every answer. `encrypted`: the way to people is, although the last
    piece of it, from a proxy to here, may not be.
    """

    def __init__(self, app: ASGIApp, fault: Fault, content: str, *, encrypted: bool = False) -> None:
        self.app, self.fault, self.encrypted = app, fault, encrypted
        self.security = ((b"content-security-policy", content.encode()), *SECURITY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"request-id")
        request_id, started = trace.begin(given.decode("latin-1") if given else None), monotonic()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._headers(scope, message["headers"], request_id)
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception:
            if not status:
                await self.fault(scope, receive, answer)
            raise
        finally:
            _measure(scope, status or 500, monotonic() - started)

    def _headers(self, scope: Scope, given: Iterable[Header], request_id: str) -> list[Header]:
        own = [(b"request-id", request_id.encode()), *self.security]
        if self.encrypted or scope["scheme"] == "https":
            return [*map(_secured, given), *own, ENCRYPTED_ONLY]
        return [*given, *own]


def _secured(header: Header) -> Header:
    """A cookie travels encrypted only, whoever sets it."""
    name, value = header
    return (name, value + b"; Secure") if name == b"set-cookie" else header


def _measure(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    if scope["path"] not in QUIET:
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
