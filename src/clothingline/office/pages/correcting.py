"""A correction of the books that one administrator proposes; another books it (books.py)."""

from typing import Annotated

from fastapi import Form, Query, Response
from pydantic import Field

from clothingline.kit.access import Role
from clothingline.kit.errors import Invalid
from clothingline.kit.http.plain import Line
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.ledger import service
from clothingline.ledger.chart import CORRECTED_BY_HAND, FIXED
from clothingline.office.desk import OnDesk
from clothingline.web.forms import PageForm, WholeRupiah
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

LIST = "/admin/uang/koreksi"
HOME = LIST + "/baru"
SIDES = {"/lines/0/account": "/debit", "/lines/1/account": "/credit"}
Code = Annotated[str, Query(max_length=80)]

pages = page_router()


class Proposing(PageForm):
    """Money moves from the account in credit to the one in debit, whole rupiah; another administrator reads why."""

    debit: Line
    credit: Line
    amount: Annotated[WholeRupiah, Field(ge=1, le=1_000_000_000_000)]
    reason: Annotated[Line, Field(min_length=5)]

    @property
    def lines(self) -> list[tuple[str, int]]:
        """Both sides as the ledger wants them. Raises `Invalid` for one account on both."""
        if self.debit == self.credit:
            raise Invalid("/credit", "Pilih akun lain dari akun debit", "Choose another account than the one in debit")
        return [(self.debit, self.amount), (self.credit, -self.amount)]


@pages.get(HOME)
@stands_for("corrections_create", Role.ADMIN)
async def ask(desk: OnDesk, debit: Code = "", credit: Code = "") -> Response:
    """Which accounts, how much and why; a statement leads here with its own account."""
    fixed = [code for code, one in FIXED.items() if one.kind in CORRECTED_BY_HAND]
    return desk("admin/correction.html", fixed=fixed, debit=debit, credit=credit)


@pages.post(HOME)
@stands_for("corrections_create", Role.ADMIN)
async def propose(form: Annotated[Proposing, Form()], session: Session, caller: CurrentCaller) -> Response:
    """It waits for another administrator."""
    try:
        await service.propose_correction(session, lines=form.lines, reason=form.reason, by=caller.person)
    except Invalid as error:
        pointer = SIDES.get(error.pointer, error.pointer)
        raise Invalid(pointer, error.reasons["id"], error.reasons["en"], code=error.reason_code) from error
    return see(LIST, later("Usul koreksi tercatat. Pengurus lain harus menyetujui."))
