"""The floors of order intake: bare endpoints that write the rows of `POST /v1/orders` with psycopg.

They know no validation, no sign-in, no repeat: what the service reads or works out (who asks, the design, work and
cloth of a piece, whether the key is new) they are told before they start. The rows are the service's, column by column,
in one transaction a request, committed before the answer leaves. One is an endpoint of the framework that the service
stands on, the other does without a framework.
"""

import hashlib
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import uvicorn
from fastapi import FastAPI, Request, Response
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from benchmarks.wishes import kind_of
from clothingline.cli.installation import limits
from clothingline.kit.db import libpq
from clothingline.kit.ids import new_id, show
from clothingline.settings import settings

ORDER = """
    INSERT INTO orders (id, consumer_id, needed_by, ceiling_idr, recipient, street, regency_code, state, state_by)
    VALUES (%s, %s, %s, %s, %s, %s, %s, 'draft', %s) RETURNING code, created_at
"""
LINE = """
    INSERT INTO order_line (id, order_id, design_id, design_version, options, colour, measurement_set_id, sizes, pieces,
                            standard_seconds, cloth_cm, extras_idr, skills)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
EVENT = """
    INSERT INTO event (id, name, actor, request, facts, audience, at)
    VALUES (%s, 'OrderDrafted', %s, %s, %s, %s, business_now())
"""
ANSWER = """
    INSERT INTO idempotency_key (principal, key, fingerprint, status, headers, body)
    VALUES (%s, %s, %s, 201, %s, %s)
"""
KEPT = {"content-type": "application/json"}


class Floor:
    """What both floors do. `told`: accounts and measured bodies by token, lines and answers by kind of wish."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.pool: AsyncConnectionPool[Any] = AsyncConnectionPool(open=False)

    @asynccontextmanager
    async def live(self) -> AsyncIterator[None]:
        """Hold the pool open."""
        chosen = limits(settings())
        size, url = chosen.pool_size, libpq(settings().database.url)
        kwargs = {"options": chosen.options}
        self.pool = AsyncConnectionPool(url, min_size=size, max_size=size, kwargs=kwargs, open=False)
        async with self.pool:
            await self.pool.wait()
            yield

    async def write(self, headers: dict[bytes, bytes], body: bytes, wish: dict[str, Any]) -> bytes:
        """Write the rows of a wish; the answer."""
        account = UUID(self.told["accounts"][headers[b"authorization"].decode().partition(" ")[2]])
        kind, order = self.told["kinds"][kind_of(wish)], new_id()
        ship_to = wish["ship_to"]
        async with self.pool.connection() as connection:
            row = (order, account, wish["needed_by"], None, *ship_to.values(), account)
            code, at = await (await connection.execute(ORDER, row)).fetchone()
            await connection.execute(LINE, self._line(order, wish, kind["line"]))
            facts = Jsonb({"order_id": str(order)})
            await connection.execute(EVENT, (new_id(), account, show("req", new_id()), facts, [account]))
            answer = _answer(kind["answer"], wish, order, code, at.isoformat().replace("+00:00", "Z"))
            fingerprint = hashlib.sha256(b"POST /v1/orders?\n" + body).digest()
            key = headers[b"idempotency-key"].decode()
            await connection.execute(ANSWER, (str(account), key, fingerprint, Jsonb(KEPT), answer))
        return answer

    def _line(self, order: UUID, wish: dict[str, Any], known: dict[str, Any]) -> tuple[Any, ...]:
        sizes, body = wish.get("sizes", {}), wish.get("measurement_set")
        return (
            new_id(), order, known["design_id"], known["design_version"], Jsonb(known["options"]), None,
            self.told["bodies"][body] if body else None, Jsonb(sizes), sum(sizes.values()) or 1,
            known["standard_seconds"], known["cloth_cm"], known["extras_idr"], known["skills"],
        )  # fmt: skip


def _answer(like: dict[str, Any], wish: dict[str, Any], order: UUID, code: str, at: str) -> bytes:
    sizes = wish.get("sizes", {})
    line = like["line"] | {
        "sizes": sizes, "pieces": sum(sizes.values()) or 1, "measurement_set": wish.get("measurement_set"),
    }  # fmt: skip
    own = {"id": show("ord", order), "code": code, "line": line, "created_at": at}
    said = {**like, **own, "needed_by": wish["needed_by"], "ship_to": wish["ship_to"]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def fastapi(floor: Floor) -> FastAPI:
    """The one endpoint, with a body that the framework has read."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with floor.live():
            yield

    app = FastAPI(openapi_url=None, lifespan=lifespan)

    @app.post("/v1/orders", status_code=201)
    async def create(request: Request, wish: dict[str, Any]) -> Response:
        answer = await floor.write(dict(request.scope["headers"]), await request.body(), wish)
        return Response(answer, 201, media_type="application/json")

    return app


class Plain:
    """The same without a framework."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve the lifespan, and every request alike."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body = (await receive())["body"]
        status, answer = 404, b"{}"
        if scope["method"] == "POST":
            status, answer = 201, await self.floor.write(dict(scope["headers"]), body, json.loads(body))
        length = str(len(answer)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        async with self.floor.live():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})


KINDS = {"fastapi": fastapi, "asgi": Plain}


def main(kind: str, told: str, port: str) -> None:
    """Serve on a port of the loopback until a signal, by the server and the loop of the service."""
    app: Any = KINDS[kind](Floor(json.loads(Path(told).read_text())))
    config = uvicorn.Config(
        app, port=int(port), http="httptools", loop="uvloop", lifespan="on", log_config=None, access_log=False,
        server_header=False,
    )  # fmt: skip
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
