"""Requests to addresses that others have named.

A name is resolved once; unless every address behind it is public, nothing is sent. The connection goes to the address
that was looked at, so that a name which changes its mind afterwards changes nothing, while TLS verifies the name. No
redirect is followed, no proxy asked, at most 64 KB are read, and all of it ends within ten seconds.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, ip_address, ip_network

import httpx

LONGEST_URL = 2_000
LARGEST_ANSWER = 64 * 1024
CONNECT_SECONDS, TOTAL_SECONDS = 1.0, 10.0
MOST_ADDRESSES = 3
# A resolver that does not answer keeps its thread; these are more than anybody sends at once.
RESOLVERS = 64

# What the registries of IANA set apart (RFC 6890 and its followers), and what is for many receivers or for none.
_SET_APART_4 = tuple(
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
# Addresses that carry one of version 4 inside (mapped, NAT64, 6to4, Teredo) are no way to reach anybody either: those
# that stand in the global block are named here, the others stand outside of it.
_GLOBAL_6 = ip_network("2000::/3")
_SET_APART_6 = tuple(ip_network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))

_NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOCAL = ("localhost", "local", "internal", "intranet", "lan", "arpa", "onion", "test", "example", "invalid")

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class Unreached(Exception):
    """Nothing came back; `cause` is one word of why."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Forbidden(Unreached):
    """The address is none to which we send: `url`, `scheme`, `userinfo`, `host` or `address_not_public`."""


@dataclass(frozen=True)
class Answer:
    """What a receiver said: the status, and the first 64 KB of its body."""

    status: int
    body: bytes


def is_public(address: str) -> bool:
    """Whether an address (not a name) is one that anybody on the internet may have."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in one for one in _SET_APART_4)
    return found.scope_id is None and found in _GLOBAL_6 and not any(found in one for one in _SET_APART_6)


def read(url: str, *, private: bool = False) -> httpx.URL:
    """An address in a form that can only mean one thing. Raises `Forbidden`.

    `private` allows http and names and addresses of this machine and its network.
    """
    if len(url) > LONGEST_URL or re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise Forbidden("url")
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Forbidden("url") from error
    if found.scheme != "https" and not (private and found.scheme == "http"):
        raise Forbidden("scheme")
    if found.userinfo or "@" in url.partition("://")[2].split("/")[0]:
        raise Forbidden("userinfo")
    host = found.raw_host.decode("ascii")
    if _is_address(host) and host.lower() not in url.lower():
        raise Forbidden("host")  # other signs were read as its dots
    _check_host(host, private=private)
    return found


def _check_host(host: str, *, private: bool) -> None:
    if _is_address(host):
        if not private and not is_public(host):
            raise Forbidden("address_not_public")
        return
    last = host.rpartition(".")[2]
    if private and host == "localhost":
        return
    # `2130706433`, `0x7f.1` and `127.1` are numbers to some resolvers and names to others.
    if not _NAME.fullmatch(host) or _NUMBER.fullmatch(last) or (last in _LOCAL and not private):
        raise Forbidden("host")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    private: bool = False,
    trust: ssl.SSLContext | None = None,
    resolve: Resolve | None = None,
) -> Answer:
    """Post once and read what comes back, whatever its status. Raises `Forbidden` or `Unreached`.

    `trust` are the authorities of TLS (default: the public ones), `resolve` answers the addresses of a name.
    """
    to = read(url, private=private)
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            addresses = await _addresses(to, resolve or look_up, private=private)
            return await _post_to_one_of(addresses, to, body, headers, trust or _public_authorities())
    except TimeoutError as error:
        raise Unreached("timeout") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Unreached(_cause(error)) from error


async def _addresses(to: httpx.URL, resolve: Resolve, *, private: bool) -> Sequence[str]:
    host = to.raw_host.decode("ascii")
    found = [host] if _is_address(host) else list(await resolve(host, _port(to)))
    if not found:
        raise Unreached("name_unknown")
    if not private and not all(is_public(one) for one in found):
        raise Forbidden("address_not_public")
    return found[:MOST_ADDRESSES]


def _port(to: httpx.URL) -> int:
    return to.port or (443 if to.scheme == "https" else 80)


async def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as this machine resolves it; empty where there is none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.run_in_executor(_resolvers(), _look_up, host, port)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(found))


def _look_up(host: str, port: int) -> list[str]:
    return [str(where[0]) for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@cache
def _resolvers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolver")


@cache
def _public_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


async def _post_to_one_of(
    addresses: Sequence[str], to: httpx.URL, body: bytes, headers: Mapping[str, str], trust: ssl.SSLContext
) -> Answer:
    """The next address is tried only where no connection came about, so that nothing is sent twice."""
    *others, last = addresses
    for address in others:
        try:
            return await _post(address, to, body, headers, trust)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            continue
    return await _post(last, to, body, headers, trust)


async def _post(address: str, to: httpx.URL, body: bytes, headers: Mapping[str, str], trust: ssl.SSLContext) -> Answer:
    transport = httpx.AsyncHTTPTransport(
        verify=trust, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
    )
    limits = httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS)
    said = {**headers, "host": to.netloc.decode("ascii"), "accept-encoding": "identity"}
    name = {"sni_hostname": to.raw_host.decode("ascii")}
    async with (
        httpx.AsyncClient(transport=transport, timeout=limits, trust_env=False, follow_redirects=False) as client,
        client.stream("POST", to.copy_with(host=address), content=body, headers=said, extensions=name) as answer,
    ):
        return Answer(answer.status_code, await _beginning(answer))


async def _beginning(answer: httpx.Response) -> bytes:
    kept = bytearray()
    async for piece in answer.aiter_raw():
        kept += piece
        if len(kept) >= LARGEST_ANSWER:
            break
    return bytes(kept[:LARGEST_ANSWER])


def _cause(error: BaseException) -> str:
    """`certificate`, `tls`, `timeout`, `not_connected`, or `broken` where the connection ended in the middle."""
    chain = list(_causes(error))
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in chain):
        return "certificate"
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return "tls"
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | OSError):
        return "not_connected"
    return "timeout" if isinstance(error, httpx.TimeoutException) else "broken"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
