"""Turning messages on for the browser that is looked at."""

from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from clothingline.integrations import push
from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.notices import service
from clothingline.settings import reaches_private
from clothingline.web.forms import PageForm
from clothingline.web.route import open_to, page_router
from clothingline.web.showing import see

pages = page_router()


class TargetForm(PageForm):
    """What a browser says of itself when it is asked to take messages."""

    endpoint: Annotated[str, Field(max_length=2_000)]
    p256dh: Annotated[str, Field(max_length=200)]
    auth: Annotated[str, Field(max_length=100)]


@pages.get("/t/kabar")
@open_to(Role.TAILOR)
async def read_key() -> Response:
    """Our key, for which a browser asks before it takes messages; empty where none are sent."""
    return JSONResponse({"key": push.current().key})


@pages.post("/t/kabar")
@open_to(Role.TAILOR)
async def turn_on(form: Annotated[TargetForm, Form()], session: Session, caller: CurrentCaller) -> Response:
    """Tell this browser from now on, for as long as it is signed in."""
    if caller.session is not None:
        await service.keep_target(
            session,
            account_id=caller.person,
            session_id=caller.session,
            endpoint=form.endpoint,
            public=form.p256dh,
            secret=form.auth,
            private=reaches_private(),
        )
    return see("/t")
