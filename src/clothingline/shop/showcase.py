"""What the catalogue shows, and how it is narrowed. Filters are links, so each has the address it leads to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts.queries import names_of
from clothingline.brands.models import Brand
from clothingline.certification.queries import count_by_skills
from clothingline.garments import queries as garments
from clothingline.garments.models import Design
from clothingline.reference import facts
from clothingline.shop import estimates
from clothingline.shop.estimates import Estimate
from clothingline.shop.places import name_of
from clothingline.tailors.models import Tailor
from clothingline.web.words import later

MUSLIM = ("gamis", "koko", "mukena", "jilbab")
TILES: dict[str, tuple[str, Callable[[Design], bool]]] = {
    "satuan": (later("Satu potong"), lambda one: one.made_to_measure),
    "seragam": (later("Seragam & acara"), lambda one: one.size_chart_id is not None and one.garment_type not in MUSLIM),
    "muslim": (later("Busana muslim"), lambda one: one.garment_type in MUSLIM),
}
PRICES = {
    "200": (later("Sampai Rp 200.000"), lambda idr: idr <= 200_000),
    "400": (later("Rp 200.000 – 400.000"), lambda idr: 200_000 < idr <= 400_000),
    "lebih": (later("Di atas Rp 400.000"), lambda idr: idr > 400_000),
}
DAYS = {"14": later("Jadi dalam 14 hari"), "30": later("Jadi dalam 30 hari")}
SORTS = {"baru": later("Terbaru"), "murah": later("Termurah"), "cepat": later("Tercepat")}
NAMED = ("kain", "kota")
"""Filters whose words are names of colours and towns."""


@dataclass(frozen=True)
class Wanted:
    """How the catalogue is narrowed and ordered; None: not at all."""

    jenis: str | None = None
    kain: str | None = None
    kota: str | None = None
    untuk: str | None = None
    harga: str | None = None
    jadi: str | None = None
    urut: str | None = None

    def href(self, **changed: str | None) -> str:
        """The address of the catalogue narrowed otherwise."""
        said = {name: value for name, value in asdict(replace(self, **changed)).items() if value}
        return f"/katalog?{urlencode(said)}" if said else "/katalog"


@dataclass(frozen=True)
class Card:
    """A design in the catalogue; `makers`: how many tailors are certified for it."""

    design: Design
    brand: str
    town: str
    estimate: Estimate | None
    makers: int


@dataclass(frozen=True)
class Filter:
    """A link that narrows, or that takes a narrowing back; `named`: its words are a name, which nobody translates."""

    words: str
    href: str
    active: bool
    named: bool = False


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many brands, tailors and designs there are. One statement."""
    published = select(func.count()).select_from(Design).where(Design.state == "published")
    columns = {
        "brands": select(func.count()).select_from(Brand).scalar_subquery(),
        "tailors": select(func.count()).select_from(Tailor).scalar_subquery(),
        "designs": published.scalar_subquery(),
    }
    row = (await session.execute(select(*(column.label(name) for name, column in columns.items())))).one()
    return {name: int(value) for name, value in row._mapping.items()}


async def shown(session: AsyncSession, brand: str | None = None) -> list[tuple[Design, Brand, str]]:
    """Every design that can be ordered, its brand, and the brand's name."""
    rows = await garments.list_on_show(session, brand=brand)
    names = await names_of(session, {house.id for _, house in rows})
    return [(design, house, names[house.id]) for design, house in rows]


async def cards(session: AsyncSession, rows: Sequence[tuple[Design, Brand, str]], wanted: Wanted) -> list[Card]:
    """Those that fit, in the wished order."""
    known, makers = estimates.known(one for one, _, _ in rows), await makers_of(session, (one for one, _, _ in rows))
    made = [
        Card(one, name, name_of(house.regency_code), known.get(one.id), makers[one.id]) for one, house, name in rows
    ]
    towns = {one.id: house.regency_code for one, house, _ in rows}
    fitting = [card for card in made if _fits(card, towns[card.design.id], wanted)]
    return sorted(fitting, key=lambda card: _rank(card, wanted.urut))


def _fits(card: Card, town: str, wanted: Wanted) -> bool:
    design, estimate = card.design, card.estimate
    return all(
        (
            wanted.jenis in (None, design.garment_type),
            wanted.kain is None or wanted.kain in design.colours,
            wanted.kota in (None, town),
            wanted.untuk not in TILES or TILES[wanted.untuk][1](design),
            wanted.harga not in PRICES or (estimate is not None and PRICES[wanted.harga][1](estimate.price_idr)),
            wanted.jadi not in DAYS or (estimate is not None and estimate.latest_days <= int(wanted.jadi)),
        )
    )


def _rank(card: Card, order: str | None) -> tuple[int, int]:
    found = card.estimate
    if order == "murah":
        return (0, found.price_idr) if found else (1, 0)
    if order == "cepat":
        return (0, found.latest_days) if found else (1, 0)
    return (0, 0)


def filters(rows: Sequence[tuple[Design, Brand, str]], wanted: Wanted) -> dict[str, list[Filter]]:
    """The links that narrow, by what they narrow."""
    kinds = {one.garment_type: facts.garment_types()[one.garment_type].name_id for one, _, _ in rows}
    colours = {colour: colour for one, _, _ in rows for colour in one.colours}
    towns = {house.regency_code: name_of(house.regency_code) for _, house, _ in rows}
    return {
        later("Jenis"): _links(kinds, "jenis", wanted),
        later("Harga satu potong"): _links({key: said for key, (said, _) in PRICES.items()}, "harga", wanted),
        later("Jadi sebelum"): _links(DAYS, "jadi", wanted),
        later("Kain"): _links(colours, "kain", wanted),
        later("Kota merek"): _links(towns, "kota", wanted),
    }


def _links(values: dict[str, str], name: str, wanted: Wanted) -> list[Filter]:
    chosen = getattr(wanted, name)
    ordered = sorted(values.items(), key=lambda one: one[1]) if name in ("jenis", *NAMED) else values.items()
    hrefs = {key: wanted.href(**{name: None if key == chosen else key}) for key in values}
    return [Filter(said, hrefs[key], key == chosen, name in NAMED) for key, said in ordered]


def chips(narrowed: dict[str, list[Filter]], wanted: Wanted) -> Iterable[Filter]:
    """What is active, each with the way to take it back."""
    if wanted.untuk in TILES:
        yield Filter(TILES[wanted.untuk][0], wanted.href(untuk=None), active=True)
    yield from (one for found in narrowed.values() for one in found if one.active)


def sorts(wanted: Wanted) -> list[Filter]:
    """The orders in which the catalogue can stand."""
    chosen = wanted.urut or "baru"
    return [Filter(said, wanted.href(urut=key), key == chosen) for key, said in SORTS.items()]


async def makers_of(session: AsyncSession, designs: Iterable[Design]) -> dict[UUID, int]:
    """How many tailors who were taken in hold certificates in force for all that each design needs. One statement."""
    held = await count_by_skills(session, among=select(Tailor.id))
    needed = {one.id: set(facts.garment_types()[one.garment_type].skills) for one in designs}
    return {name: sum(number for skills, number in held.items() if want <= skills) for name, want in needed.items()}


def as_values(found: Sequence[Card], narrowed: dict[str, list[Filter]], wanted: Wanted) -> dict[str, Any]:
    """What the template of the catalogue shows."""
    return {"cards": found, "filters": narrowed, "chips": list(chips(narrowed, wanted)), "sorts": sorts(wanted)}
