"""How a seller stands with tax: its number, its declarations, and what they change of its money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Reach
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.page import Window
from clothingline.reference.taxes import pph22
from clothingline.settings import settings
from clothingline.taxes import queries
from clothingline.taxes.models import TaxDeclaration, TaxProfile
from clothingline.taxes.service import FREE_A_YEAR_IDR

EXAMPLE_IDR: Final = 1_000_000
SOON: Final = timedelta(days=31)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """The tax of a seller as its own page says it, as of `today`.

    `since`: the first day on which tax is withheld from sellers; None while the platform is not appointed to.
    """

    profile: TaxProfile | None
    declarations: Sequence[TaxDeclaration]
    today: date
    since: date | None

    gross_idr = EXAMPLE_IDR
    free_idr = FREE_A_YEAR_IDR

    @property
    def withheld_idr(self) -> int:
        """What is withheld of `gross_idr` where no declaration counts."""
        return pph22(self.gross_idr, max(self.today, self.since or self.today))

    @property
    def has_begun(self) -> bool:
        """Whether tax is withheld by now."""
        return self.since is not None and self.since <= self.today

    def counts(self, one: TaxDeclaration) -> bool:
        """Whether it was confirmed and frees its seller, as `queries.is_exempt` reckons; on which days, it says."""
        person = self.profile is not None and self.profile.kind == "person"
        return one.state == "confirmed" and (one.kind != "under_500m" or person)

    @property
    def free_until(self) -> date | None:
        """The last day of a declaration that counts today; None where none does."""
        now = [one for one in self.declarations if self.counts(one) and one.valid_from <= self.today]
        return max((one.valid_until for one in now if one.valid_until >= self.today), default=None)

    @property
    def grounds(self) -> tuple[str, ...]:
        """What a seller of its kind may declare; the limit of a year is for persons."""
        person = self.profile is not None and self.profile.kind == "person"
        return ("under_500m", "skb", "courier") if person else ("skb", "courier")

    @property
    def needs_another(self) -> bool:
        """Whether there is none that waits, and none that still counts for longer than `SOON`."""
        return not any(
            one.state == "given" or (self.counts(one) and one.valid_until > self.today + SOON)
            for one in self.declarations
        )

    @property
    def next_first(self) -> date:
        """The first day that neither a declaration that counts nor one that waits speaks of."""
        spoken = [one.valid_until for one in self.declarations if one.state == "given" or self.counts(one)]
        return max([self.today, *(day + DAY for day in spoken if self.today <= day < date.max)])

    def runs_out(self, one: TaxDeclaration) -> bool:
        """Whether a declaration that counts ends soon, so that it is time for the next."""
        return self.counts(one) and self.today <= one.valid_until <= self.today + SOON


async def standing_of(session: AsyncSession, seller: UUID, reach: Reach) -> Standing:
    """How a seller of the caller's stands, its newest declarations first. Three statements."""
    today = local_date(await business_now(session))
    profile = await queries.find_profile(session, seller)
    given = await queries.list_declarations(session, reach=reach, state=None, asked=Window())
    own = [one for one in given.rows if one.organisation_id == seller]
    return Standing(profile, own, today, settings().taxes.withhold_from)
