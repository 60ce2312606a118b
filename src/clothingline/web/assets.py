"""Style, behaviour and pictures of the pages: files of the package, and htmx from its own registry package.

All are served below one folder that is named after their content, so that a browser may keep them for ever and an
ES module finds its neighbours by relative paths.
"""

import base64
import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clothingline.kit.errors import NotFound
from clothingline.web.joined import JOINED, join

FIRST_SHEET = "tokens.css"  # it names the layers
# What only desks have. Pages that carry their style inside, on phones and slow lines, do not carry this.
DESKS = frozenset({"desk.css", "office.css", "reference.css", "staff.css"})
STYLE = "style.css"
HTMX = {"htmx.js": "htmx-2.min.js"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
COMPRESSED = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_REMARKS, _BLANKS = re.compile(rb"/\*.*?\*/", re.DOTALL), re.compile(rb" ?([{};,]) ?")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    body: bytes
    media_type: str

    @property
    def packed(self) -> bytes:
        """Its bytes, compressed the same each time."""
        return gzip.compress(self.body, mtime=0)


@cache
def style(without: frozenset[str] = frozenset()) -> bytes:
    """Every sheet but those, the tokens first, then by name, without what only its authors read."""
    folder = files(__package__) / "static" / "css"
    chosen = (one for one in folder.iterdir() if one.name not in without)
    sheets = sorted(chosen, key=lambda one: (one.name != FIRST_SHEET, one.name))
    bare = _REMARKS.sub(b"", b"\n".join(one.read_bytes() for one in sheets))
    return _BLANKS.sub(rb"\1", re.sub(rb"\s+", b" ", bare))


@cache
def every() -> dict[str, Asset]:
    """All assets by the path below their folder."""
    static, htmx = files(__package__) / "static", files("django_htmx") / "static" / "django_htmx"
    own = [(folder, one) for folder in ("js", "img") for one in sorted((static / folder).iterdir(), key=str)]
    found = {f"{folder}/{one.name}": one for folder, one in own}
    found |= {f"js/{name}": htmx / source for name, source in HTMX.items()}
    single = {name: _asset(name, one) for name, one in found.items()}
    joined = {name: join(parts, lambda part: single[f"js/{part}"].body.decode()) for name, parts in JOINED.items()}
    bundles = {name: Asset(text, "text/javascript") for name, text in joined.items()}
    return {STYLE: Asset(style(), "text/css")} | single | bundles


def _asset(name: str, file: Traversable) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(file.read_bytes(), "text/javascript" if name.endswith(".js") else kind)


@cache
def version() -> str:
    """Name of the folder: another content of any asset is another name."""
    digest = hashlib.sha256()
    for name, asset in every().items():
        digest.update(name.encode() + b"\0" + asset.body)
    return digest.hexdigest()[:12]


def path(name: str) -> str:
    """Where an asset is served. Raises `KeyError` for one that is not there."""
    _ = every()[name]
    return f"/static/{version()}/{name}"


@cache
def content_security_policy() -> str:
    """What a page may load: our own files, and the style that phone pages carry inside."""
    inside = base64.b64encode(hashlib.sha256(style(DESKS)).digest()).decode()
    return (
        f"default-src 'none'; style-src 'self' 'sha256-{inside}'; script-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def route() -> Route:
    """The route of all assets."""
    return Route("/static/{version}/{name:path}", _serve)


async def _serve(request: Request) -> Response:
    asset = every().get(request.path_params["name"])
    if asset is None or request.path_params["version"] != version():
        raise NotFound
    return compressed(request, asset)


def compressed(request: Request, asset: Asset, headers: dict[str, str] = FOR_EVER) -> Response:
    """An asset, packed for whoever can unpack it."""
    fits = "gzip" in request.headers.get("accept-encoding", "") and asset.media_type.startswith(COMPRESSED)
    body, packed = (_packed(asset), {"Content-Encoding": "gzip"}) if fits else (asset.body, {})
    return Response(body, headers={**headers, **packed}, media_type=asset.media_type)


@cache
def _packed(asset: Asset) -> bytes:
    return asset.packed
