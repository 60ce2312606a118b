"""What the door of the pages gives a browser: the cookie by which a device is signed in."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from clothingline.accounts import service
from clothingline.accounts.models import Account
from clothingline.accounts.routes import COOKIE
from clothingline.kit.clock import business_now
from clothingline.settings import settings


async def let_in(answer: Response, request: Request, session: AsyncSession, account: Account) -> Response:
    """The same answer, by which this device is signed in from now on."""
    now, days = await business_now(session), settings().sign_in.session_days
    _, token = await service.open_session(session, account=account, device=_device(request), now=now, days=days)
    answer.set_cookie(COOKIE, token, max_age=days * 24 * 3600, **closed(request))
    return answer


def closed(request: Request) -> dict[str, Any]:
    """A cookie that no script reads, that no other site sends, and that travels encrypted where the page did."""
    return {"httponly": True, "samesite": "lax", "secure": request.url.scheme == "https"}


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "peramban")[:80] or "peramban"
