"""What waits, on one page."""

from fastapi import Response

from clothingline.kit.access import Role
from clothingline.office.desk import OFFICERS, OnDesk
from clothingline.web.route import page_router, stands_for

pages = page_router()


@pages.get("/admin")
@stands_for("tailors_list", *OFFICERS, Role.SENTRA_MANAGER)
async def overview(desk: OnDesk) -> Response:
    """Every queue that the caller may see, with how many wait and since when."""
    return desk("admin/overview.html")
