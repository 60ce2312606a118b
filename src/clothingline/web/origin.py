"""Whether a form comes from a page of ours: decided by what the browser itself says of the request."""

from urllib.parse import urlsplit

from starlette.requests import Request

from clothingline.kit.errors import NotAllowed


class FromAnotherSite(NotAllowed):
    """Permintaan ini datang dari situs lain. Buka halaman kami, lalu kirim dari sana.

    en: This request comes from another site. Open our page and send it from there.
    """


def demand_own(request: Request) -> None:
    """Raises `FromAnotherSite` unless the browser says that it comes from here (Sec-Fetch-Site, else Origin)."""
    site = request.headers.get("sec-fetch-site")
    if site is None:
        own = urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
    else:
        own = site in ("same-origin", "none")
    if not own:
        raise FromAnotherSite
