"""Which of somebody's brands a page is about: the one that its address names, else the first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from clothingline.accounts.queries import names_of
from clothingline.brands import queries
from clothingline.brands.errors import BrandNotFound
from clothingline.brands.models import Brand
from clothingline.kit.access import Reach, Role
from clothingline.kit.http.route import CurrentReach, Session

Slug = Annotated[str | None, Query(alias="merek", pattern=r"^[a-z0-9-]{1,80}$")]


@dataclass(frozen=True)
class OneBrand:
    """The brand, what the caller may touch of it, and the names of all brands of the caller by their slug."""

    brand: Brand
    reach: Reach
    names: Mapping[str, str]

    @property
    def id(self) -> UUID:
        """Of the organisation."""
        return self.brand.id

    @property
    def name(self) -> str:
        """What the brand is called."""
        return self.names[self.brand.slug]

    @property
    def query(self) -> str:
        """What makes an address one of this brand; nothing for whoever has no other."""
        return f"?merek={self.brand.slug}" if len(self.names) > 1 else ""


async def _one_brand(session: Session, reach: CurrentReach, merek: Slug = None) -> OneBrand:
    own = await queries.list_brands_of(session, reach.brands)
    meant = next((one for one in own if merek in (None, one.slug)), None)
    if meant is None:
        raise BrandNotFound
    names = await names_of(session, [one.id for one in own])
    within = replace(reach, organisations={Role.BRAND_OWNER: frozenset({meant.id})})
    return OneBrand(meant, within, {one.slug: names[one.id] for one in own})


ChosenBrand = Annotated[OneBrand, Depends(_one_brand)]
"""The caller's own one. Raises `BrandNotFound` for another's and for none."""
