"""Whether a form comes from a page of ours: decided by what the browser itself says of the request."""

from starlette.requests import Request

from clothingline.kit.errors import NotAllowed
from clothingline.kit.http.site import site_of


class FromAnotherSite(NotAllowed):
    """Permintaan ini datang dari situs lain. Buka halaman kami, lalu kirim dari sana.

    en: This request comes from another site. Open our page and send it from there.
    """


def demand_own(request: Request) -> None:
    """Raises `FromAnotherSite` unless the browser says that it comes from here (Sec-Fetch-Site, else Origin)."""
    said = request.headers.get("sec-fetch-site")
    own = request.headers.get("origin") == site_of(request).origin if said is None else said in ("same-origin", "none")
    if not own:
        raise FromAnotherSite
