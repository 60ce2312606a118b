"""Receivers of webhooks on this machine: real sockets, and every way to misbehave."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """What arrived: the first line, headers in small letters, and the raw body."""

    line: str
    headers: dict[str, str]
    body: bytes


Reply = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Receiver:
    """One address that listens. `got` is what came in, `open` how many are being answered, `most` the most at once."""

    reply: Reply
    port: int = 0
    got: list[Request] = field(default_factory=list)
    open: int = 0
    most: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}/webhooks"

    async def heard(self, number: int) -> None:
        """Wait until so many requests have come in."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: len(self.got) >= number), 60)

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        one = asyncio.create_task(self._serve(reader, writer))
        self.serving.add(one)
        one.add_done_callback(self.serving.discard)

    async def end(self) -> None:
        """Leave every connection as it is."""
        serving = list(self.serving)
        for one in serving:
            one.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            await self._note(request, 1)
            try:
                await self.reply(request, writer)
            finally:
                await self._note(None, -1)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the sender has gone away, as some of these tests want it
        finally:
            writer.close()

    async def _note(self, request: Request | None, step: int) -> None:
        async with self.changed:
            if request is not None:
                self.got.append(request)
            self.open += step
            self.most = max(self.most, self.open)
            self.changed.notify_all()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *rest = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
    return Request(line, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


@asynccontextmanager
async def receiver(reply: Reply, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver on a free port of this machine, gone after the block."""
    made = Receiver(reply)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await made.end()


async def accept(_request: Request, writer: asyncio.StreamWriter) -> None:
    """A healthy one."""
    writer.write(OK)
    await writer.drain()


def answer(status: int, *lines: str, body: bytes = b"") -> Reply:
    """One that always says this status, with further header lines."""

    async def reply(_request: Request, writer: asyncio.StreamWriter) -> None:
        head = [f"HTTP/1.1 {status} Said", f"content-length: {len(body)}", "connection: close", *lines]
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return reply


def hang(until: asyncio.Event) -> Reply:
    """One that takes everything and says nothing until it is let go."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        await until.wait()
        await accept(request, writer)

    return reply


async def drip(_request: Request, writer: asyncio.StreamWriter) -> None:
    """One that promises a long answer and sends a byte of it now and then."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.01)


async def flood(_request: Request, writer: asyncio.StreamWriter) -> None:
    """One that sends without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
    while True:
        writer.write(b"." * 65_536)
        await writer.drain()


async def reset(_request: Request, writer: asyncio.StreamWriter) -> None:
    """One that ends the connection without a word."""
    writer.transport.abort()


async def babble(_request: Request, writer: asyncio.StreamWriter) -> None:
    """One that speaks no HTTP."""
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    await writer.drain()
