"""What every page of the office knows: the queues, the places that the caller may see, and whether it may decide."""

from typing import Annotated, Any, Protocol

from fastapi import Depends, Response

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.office import queues
from clothingline.office.places import places_of
from clothingline.web.showing import Show

OFFICERS = (Role.FIELD_OFFICER, Role.ADMIN, Role.AUDITOR)
MONEY = (Role.ADMIN, Role.AUDITOR)


class Desk(Protocol):
    """Makes the answer of a page of the office."""

    def __call__(self, template: str, **values: Any) -> Response:
        """The page of a template with its values and what every page of the office knows."""


async def _desk(session: Session, caller: CurrentCaller, show: Show) -> Desk:
    found = await queues.list_waiting(session, caller.roles)
    known: dict[str, Any] = {
        "queues": found,
        "waiting": queues.badges(found),
        "seen": {one.path for one in places_of(lambda operation: queues.sees(caller.roles, operation))},
        "decides": Role.ADMIN in caller.roles,
    }

    def answer(template: str, **values: Any) -> Response:
        return show(template, **known, **values)

    return answer


OnDesk = Annotated[Desk, Depends(_desk)]
