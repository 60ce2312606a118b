"""Pages that a test puts into the world, to see what its tools say of them."""

from collections.abc import Callable

import pytest
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, Response

from tests.browser.serving import Site

PAGE = (
    '<!doctype html><html lang="id"><head><title>Coba · clothingline</title>'
    '<meta name="viewport" content="width=device-width"></head><body><main><h1>Coba</h1>{}</main></body></html>'
)
Plant = Callable[..., str]


@pytest.fixture
def plant(site: Site) -> Plant:
    """Puts a page in the world: `plant("/coba", "<p>…")` answers its path."""

    def put(path: str, body: str, media_type: str = "text/html") -> str:
        async def answer(request: Asked) -> Response:
            return (
                Response(body, media_type=media_type) if media_type != "text/html" else HTMLResponse(PAGE.format(body))
            )

        site.app.add_route(path, answer)
        return path

    return put
