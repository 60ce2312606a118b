"""What every page of the office knows: the queues, the places that the caller may see, and whether it may decide."""

from typing import Annotated, Any, Protocol

from fastapi import Depends, Response

from clothingline.kit.access import Role
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.office import queues
from clothingline.web.showing import Show

OFFICERS = (Role.FIELD_OFFICER, Role.ADMIN, Role.AUDITOR)
MONEY = (Role.ADMIN, Role.AUDITOR)
PLACES = {
    "/admin": "tailors_list",
    "/admin/sertifikat": "certificates_list",
    "/admin/cocok": "plans_certificate",
    "/admin/pesanan": "orders_list",
    "/admin/sengketa": "refunds_list",
    "/admin/uang": "payouts_list",
    "/admin/kpi": "orders_list",
    "/admin/pengguna": "accounts_list",
    "/admin/audit": "events_list",
    "/admin/alarm": "alarms_list",
    "/admin/pekerjaan": "alarms_list",
}
"""Places of the rail, and the row of the policy that opens each."""


class Desk(Protocol):
    """Makes the answer of a page of the office."""

    def __call__(self, template: str, **values: Any) -> Response:
        """The page of a template with its values and what every page of the office knows."""


async def _desk(session: Session, caller: CurrentCaller, show: Show) -> Desk:
    found = await queues.list_waiting(session, caller.roles)
    known = {
        "queues": found,
        "waiting": queues.badges(found),
        "seen": {path for path, operation in PLACES.items() if queues.sees(caller.roles, operation)},
        "decides": Role.ADMIN in caller.roles,
    }

    def answer(template: str, **values: Any) -> Response:
        return show(template, **known, **values)

    return answer


OnDesk = Annotated[Desk, Depends(_desk)]
