"""Where people reach this service: in production as the settings say, whatever a request says of itself."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from clothingline.kit.errors import Refusal
from clothingline.kit.http import problem

WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked for by the address of the machine in its network."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""What programs on this machine call it, such as our own command line."""
USUAL_PORT = {"https": ":443", "http": ":80"}


class OtherHost(Refusal):
    """Alamat ini tidak dilayani di sini. Buka alamat resmi kami.

    en: This host is not served here. Open our own address.
    """

    status = 421


@dataclass(frozen=True)
class Site:
    """An address without a path, in its parts: `https` and `clothingline.example`."""

    scheme: str
    netloc: str

    @classmethod
    def at(cls, address: str) -> "Site":
        """The site of an address, named as browsers do: in small letters, without the port that goes without saying."""
        parts = urlsplit(address.lower())
        return cls(parts.scheme, parts.netloc.removesuffix(USUAL_PORT.get(parts.scheme, "")))

    @property
    def origin(self) -> str:
        """As a browser names it."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def host(self) -> str:
        """Its name alone."""
        return urlsplit(self.origin).hostname or ""

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.scheme == "https"


def site_of(request: HTTPConnection) -> Site:
    """The site to which a request came: the one that is set, else what the request says."""
    chosen: Site | None = request.app.state.site
    return chosen or Site(request.url.scheme, request.url.netloc)


class OneHost:
    """Answers for the host of one site; what is sent to another was led here by somebody else."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or say that it is for another host."""
        if scope["type"] != "http" or scope["path"] in WATCHED or _asked(scope) in {self.site.host, *HERE}:
            await self.app(scope, receive, send)
        else:
            await problem.document(Request(scope), OtherHost())(scope, receive, send)


def _asked(scope: Scope) -> str:
    named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    try:
        return Site("http", named).host
    except ValueError:  # such as half an IPv6 address
        return ""
