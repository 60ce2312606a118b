"""The pilot's own data: real words of the trade, valid forms, and a market that can bear the demo."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from clothingline.accounts.secrets import phone_number
from clothingline.pilot import cast, rows
from clothingline.pilot.rows import TailorRow
from clothingline.reference import facts
from clothingline.reference.distances import centroid, great_circle_m

WEST_JAVA = "32."
NUMBER_FORM = re.compile(r"^\d{5} \d{4}( \d)? \d{7} \d{4}$")
LONGEST_DAY_MINUTES = 1_440
DAYS_TO_FIND_OUT = 100


def test_the_pilot_is_20_brands_30_tailors_and_8_suppliers_mostly_in_west_java() -> None:
    assert (len(rows.brands()), len(rows.tailors()), len(rows.suppliers())) == (20, 30, 8)
    places = [one.regency_code for table in (rows.brands(), rows.tailors()) for one in table.values()]
    assert 2 * sum(place.startswith(WEST_JAVA) for place in places) > len(places)
    assert all(place in facts.regencies() for place in places)


def test_every_phone_number_is_valid_and_belongs_to_one_person() -> None:
    tables = (rows.brands(), rows.brand_staff(), rows.tailors(), rows.suppliers(), rows.people())
    phones = [one.phone for table in tables for one in table.values()]
    assert len({phone_number(phone) for phone in phones}) == len(phones)
    assert {one.phone for one in cast.EVERYBODY} <= set(phones)


def test_skills_machines_families_and_fabric_classes_are_words_of_the_reference() -> None:
    assert {slug for one in rows.certificates().values() for slug in one.skills} <= set(facts.skills())
    assert {slug for one in rows.tailors().values() for slug in one.machines} <= set(facts.MACHINES)
    families = {slug for table in (rows.brands(), rows.tailors()) for one in table.values() for slug in one.families}
    assert families == set(facts.FAMILIES)
    assert {one.cloth_class for one in rows.lots().values()} == set(facts.FABRIC_CLASSES)


def test_every_certificate_names_a_real_scheme_with_its_lsp_and_a_number_of_the_valid_form() -> None:
    for one in rows.certificates().values():
        assert facts.skkni_schemes()[one.scheme].lsp
        assert NUMBER_FORM.match(f"{one.number_head} {one.serial} 2025")
    numbers = Counter((one.number_head, one.serial) for one in rows.certificates().values())
    assert max(numbers.values()) == 1


def test_every_design_is_made_by_a_brand_of_its_family_from_cloth_that_is_on_sale_wide_enough() -> None:
    for one in rows.designs().values():
        assert facts.garment_types()[one.garment_type].family in rows.brands()[one.brand].families
        fitting = [lot for lot in rows.lots().values() if _fits(lot, one)]
        assert fitting, one.slug


def _fits(lot: rows.LotRow, design: rows.DesignRow) -> bool:
    colours = design.colours or (lot.colour,)
    return lot.cloth_class == design.cloth_class and lot.width_cm >= design.cloth_width_cm and lot.colour in colours


@pytest.mark.parametrize("slug", list(rows.designs()))
def test_somebody_certified_with_the_machines_is_in_reach_of_every_brand(slug: str) -> None:
    assert _makers(slug)


def test_a_workshop_has_no_day_of_more_than_24_hours() -> None:
    minutes = [int(day) for one in rows.tailors().values() for day in one.weekday_minutes]
    assert max(minutes) <= LONGEST_DAY_MINUTES
    assert {len(one.weekday_minutes) for one in rows.tailors().values()} == {7}


def test_sixty_batik_shirts_need_several_tailors_and_fit_into_a_week_of_all_of_them() -> None:
    shares = [_pieces_a_week(one, "kemeja-batik-lengan-panjang") for one in _makers("kemeja-batik-lengan-panjang")]
    assert len(shares) >= 5
    assert 2 * max(shares) < 60 <= sum(shares)


def test_a_single_kebaya_fits_into_a_week_of_several_tailors() -> None:
    single = 2.5  # a single piece takes so much longer than one in series (settings.orders.single_minutes_permille)
    able = [one for one in _makers("kebaya-encim-brokat") if _pieces_a_week(one, "kebaya-encim-brokat") >= single]
    assert len(able) >= 3


def test_two_thousand_jackets_cannot_be_sewn_in_ten_days() -> None:
    week = sum(_pieces_a_week(one, "jaket-lapangan") for one in _makers("jaket-lapangan"))
    assert 200 <= week < 1_000
    assert rows.brands()["cikapundung-luar"].weekly_pieces < 1_000


def _pieces_a_week(one: TailorRow, slug: str) -> int:
    return sum(one.weekday_seconds) * one.efficiency_permille // 1000 // rows.designs()[slug].standard_seconds


def _makers(slug: str) -> list[TailorRow]:
    design = rows.designs()[slug]
    kind = facts.garment_types()[design.garment_type]
    brand = rows.brands()[design.brand]
    fits: list[Callable[[TailorRow], bool]] = [
        lambda one: kind.family in one.families,
        lambda one: set(kind.machines) <= set(one.machines),
        lambda one: set(kind.skills) <= _certified(one),
        lambda one: great_circle_m(_place(one), _place(brand)) <= one.reach_m,
    ]
    return [one for one in rows.tailors().values() if all(fit(one) for fit in fits)]


def _certified(one: TailorRow) -> set[str]:
    held = [row for row in rows.certificates().values() if row.phone == one.phone]
    return {slug for row in held if row.verified and row.ends_in_days > DAYS_TO_FIND_OUT for slug in row.skills}


def _place(one: rows.BrandRow | TailorRow) -> tuple[int, int]:
    lat, lon = centroid(one.regency_code)
    return lat + one.north_micro, lon + one.east_micro
