"""The style sheet: one file per component, served as one, named after its content so that it may be kept for ever."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# tokens.css names the layers and so comes first.
SHEETS = ("tokens", "base", "layout", "components", "reference")
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def style() -> bytes:
    """All sheets in their order."""
    folder = files("clothingline.web") / "static"
    return b"\n".join((folder / f"{name}.css").read_bytes() for name in SHEETS)


@cache
def style_path() -> str:
    """Where the style sheet is served; another content is another path."""
    return f"/static/clothingline.{hashlib.sha256(style()).hexdigest()[:12]}.css"


def route() -> Route:
    """The route of the style sheet."""
    return Route(style_path(), _serve)


async def _serve(request: Request) -> Response:
    return Response(style(), headers=FOR_EVER, media_type="text/css")
