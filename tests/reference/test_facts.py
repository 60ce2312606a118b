"""The facts that ship with the package: complete, exact in their units, honest about their standing, and linked."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from importlib.resources import files
from itertools import chain
from typing import Any

import pytest

from clothingline.reference import facts

DATA = files("clothingline.reference").joinpath("data")
READERS: dict[str, Callable[[], Mapping[Any, Any]]] = {
    "regencies": facts.regencies,
    "provinces": facts.provinces,
    "garment_types": facts.garment_types,
    "skills": facts.skills,
    "skkni_units": facts.skkni_units,
    "skkni_schemes": facts.skkni_schemes,
    "skkni_decrees": facts.skkni_decrees,
    "measurements": facts.measurements,
    "size_charts": facts.size_charts,
    "fabric_consumption": facts.fabric_consumption,
    "smv": facts.smv,
    "garment_hs": facts.garment_hs,
    "kbli": facts.kbli,
    "umk": facts.umk,
    "ump": facts.ump,
    "courier_rules": facts.courier_rules,
    "restructuring": facts.restructuring,
    "sentra": facts.sentra,
    "dak_allocation": facts.dak_allocation,
    "trade_destinations": facts.trade_destinations,
    "tax_rates": facts.tax_rates,
}
TABLE = DATA.joinpath("README.md").read_text(encoding="utf-8")
ROWS_SAID = {name: int(rows) for name, rows in re.findall(r"^\| `(\w+)\.csv` \| (\d+) \|", TABLE, re.MULTILINE)}


def lines_of(name: str) -> list[list[str]]:
    return list(csv.reader(DATA.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()))[1:]


def test_the_readme_names_every_file_and_no_other() -> None:
    held = {one.name.removesuffix(".csv") for one in DATA.iterdir() if one.name.endswith(".csv")}
    assert set(ROWS_SAID) == held
    assert held == set(READERS) | {"aql_code_letters", "aql_single_normal"}


@pytest.mark.parametrize("name", sorted(ROWS_SAID))
def test_the_readme_counts_the_rows_that_are_there(name: str) -> None:
    assert len(lines_of(name)) == ROWS_SAID[name]


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_line_of_a_file_becomes_a_fact_with_source_and_status(name: str) -> None:
    held = READERS[name]()
    assert len(held) == len(lines_of(name))
    assert all(one.source for one in held.values())
    assert {one.status for one in held.values()} <= {"verified", "partial", "assumed"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("skills", {"verified": 8, "partial": 12, "assumed": 6}),
        ("kbli", {"verified": 27, "partial": 3, "assumed": 14}),
        ("umk", {"verified": 65, "partial": 4}),
        ("garment_types", {"partial": 6, "assumed": 10}),
        ("regencies", {"verified": 512, "partial": 2}),
    ],
)
def test_the_status_words_are_counted_as_the_readme_says(name: str, said: dict[str, int]) -> None:
    assert Counter(one.status for one in READERS[name]().values()) == said


def test_no_empty_text_stands_where_nothing_is_known() -> None:
    everything = chain.from_iterable(reader().values() for reader in READERS.values())
    assert not [one for one in everything for column_ in fields(one) if getattr(one, column_.name) == ""]


class TestPlaces:
    def test_there_are_416_kabupaten_and_98_kota_in_38_provinces(self) -> None:
        held = facts.regencies().values()
        assert Counter(one.kind for one in held) == {"kabupaten": 416, "kota": 98}
        assert {one.province_code for one in held} == set(facts.provinces())
        assert len(facts.provinces()) == 38

    def test_a_code_is_text_and_keeps_its_zero(self) -> None:
        assert facts.regencies()["32.10"].name == "Kabupaten Majalengka"

    def test_coordinates_are_whole_micro_degrees(self) -> None:
        bandung = facts.regencies()["32.73"]
        assert (bandung.lat_micro, bandung.lon_micro) == (-6_919_200, 107_636_600)
        assert bandung.area_m2 == 166_593_000

    def test_the_time_zone_follows_the_province(self) -> None:
        assert {one.timezone for one in facts.regencies().values()} == {
            "Asia/Jakarta",
            "Asia/Makassar",
            "Asia/Jayapura",
        }
        zones = {one.code: one.timezone for one in facts.provinces().values()}
        assert all(one.timezone == zones[one.province_code] for one in facts.regencies().values())

    def test_a_regency_is_found_by_its_full_name(self) -> None:
        assert facts.regency_named("kota bandung").code == "32.73"

    def test_a_half_remembered_name_is_answered_with_the_names_nearby(self) -> None:
        with pytest.raises(facts.UnknownFact, match="Kota Bandung"):
            facts.regency_named("Kota Bandun")

    def test_the_free_trade_zone_belongs_to_the_site_of_lobam(self) -> None:
        lobam = facts.sentra()["seri-kuala-lobam"]
        assert (lobam.in_ftz, lobam.site_status, lobam.regency_code) == (True, "assumed", "21.01")
        assert (lobam.opened_on, lobam.dak_physical_idr) == (date(2026, 1, 21), 16_000_000_000)
        assert not hasattr(facts.regencies()["21.01"], "in_ftz")

    def test_every_sentra_stands_in_a_regency(self) -> None:
        assert all(facts.regencies()[one.regency_code].name == one.regency for one in facts.sentra().values())


class TestGarments:
    def test_a_garment_names_only_skills_machines_measurements_and_classes_that_exist(self) -> None:
        for one in facts.garment_types().values():
            assert {*one.skills, *one.optional_skills} <= set(facts.skills())
            assert set(one.machines) <= set(facts.MACHINES)
            assert set(one.measurements) <= set(facts.measurements())
            assert one.family in facts.FAMILIES
            assert one.fabric_class in facts.FABRIC_CLASSES
            assert facts.kbli()[one.kbli_edition, one.kbli].code == one.kbli
            assert one.hs6 in {heading.hs6 for heading in facts.garment_hs().values()}

    def test_each_family_and_each_fabric_class_is_used_or_named_by_the_trade(self) -> None:
        assert {one.family for one in facts.garment_types().values()} == set(facts.FAMILIES)
        assert {one.fabric_class for one in facts.garment_types().values()} == set(facts.FABRIC_CLASSES)

    def test_standard_time_is_whole_seconds_within_the_range_of_its_source(self) -> None:
        assert facts.garment_types()["kemeja"].standard_seconds == 22 * 60
        ranges = {one.garment_slug: one for one in facts.smv().values() if one.garment_slug}
        for one in facts.garment_types().values():
            assert ranges[one.slug].low_seconds <= one.standard_seconds <= ranges[one.slug].high_seconds

    def test_shoes_have_no_cloth_and_say_so_with_none(self) -> None:
        shoes = facts.garment_types()["sepatu_kulit"]
        assert (shoes.consumption_at_150_cm, shoes.consumption_status) == (None, None)

    def test_cloth_skills_and_footwear_skills_are_kept_apart(self) -> None:
        domains = {
            one.slug: {facts.skills()[skill].domain for skill in one.skills} for one in facts.garment_types().values()
        }
        assert domains.pop("sepatu_kulit") == {"footwear"}
        assert set(map(frozenset, domains.values())) == {frozenset({"cloth"})}

    def test_consumption_keeps_the_width_it_was_read_at(self) -> None:
        shirt = facts.fabric_consumption()["kemeja", "formal, lengan panjang", "S:M:L:XL 1:2:2:1", 112]
        assert shirt.consumption_cm == 210
        assert facts.fabric_consumption()["gaun", "lurus", None, None].fabric_width_cm is None

    def test_there_are_fourteen_machines_in_a_fixed_order_with_two_labels(self) -> None:
        assert len(facts.MACHINES) == 14
        assert (facts.MACHINES[0], facts.MACHINES[1], facts.MACHINES[-1]) == ("lockstitch", "overlock", "sole_press")
        assert facts.MACHINE_WORDS["overlock"].name_id == "obras"
        words = chain.from_iterable(
            one.values() for one in (facts.MACHINE_WORDS, facts.FAMILY_WORDS, facts.FABRIC_CLASS_WORDS)
        )
        assert all(word.name_id and word.name_en for word in words)


class TestBodies:
    def test_ranges_are_whole_millimetres(self) -> None:
        chest = facts.measurements()["chest"]
        assert (chest.model_female_min_mm, chest.model_female_max_mm) == (762, 1251)

    def test_a_range_is_held_only_for_lengths_and_girths_and_runs_upwards(self) -> None:
        for one in facts.measurements().values():
            for low, high in (
                (one.model_female_min_mm, one.model_female_max_mm),
                (one.model_male_min_mm, one.model_male_max_mm),
            ):
                assert (low is None) == (high is None)
                assert low is None or high is None or (one.source_unit == "cm" and low < high)

    def test_what_is_no_length_is_stored_in_its_own_whole_unit(self) -> None:
        units = {one.id: one.stored_unit for one in facts.measurements().values() if one.stored_unit != "mm"}
        assert units == {"shoulder_slope": "tenth_deg", "weight": "g"}

    def test_a_size_row_says_whether_it_measures_a_body_or_a_garment(self) -> None:
        charts = {(one.chart_id, one.basis) for one in facts.size_charts().values()}
        assert charts == {("benangjarum-garment", "garment"), ("detik-brand", "body"), ("kasflo-body", "body")}
        assert facts.size_charts()["kasflo-body", "F", "chest", "M"].min_mm == 900
        assert {one.measurement_id for one in facts.size_charts().values()} <= set(facts.measurements())


class TestCompetence:
    def test_an_unknown_unit_code_stays_empty(self) -> None:
        assert facts.skkni_units()["cm-ukur"].unit_code is None
        assert sum(one.unit_code is None for one in facts.skkni_units().values()) == 6

    def test_known_unit_codes_follow_one_of_the_two_grammars(self) -> None:
        older, newer = r"[A-Z]{3}\.[A-Z0-9]{4}\.\d{3}\.\d{2}", r"[A-Z]\.\d{2}[A-Z]{3}\d{2}\.\d{3}\.\d"
        codes = [one.unit_code for one in facts.skkni_units().values() if one.unit_code]
        assert len(codes) == 13
        assert not [code for code in codes if not re.fullmatch(f"{older}|{newer}", code)]

    def test_a_skill_points_only_to_units_decrees_and_schemes_that_are_held(self) -> None:
        for one in facts.skills().values():
            assert one.unit_id is None or facts.skkni_units()[one.unit_id].unit_code == one.unit_code
            assert one.decree_id is None or one.decree_id in facts.skkni_decrees()
            assert one.scheme_id is None or one.scheme_id in facts.skkni_schemes()

    def test_the_kkni_scheme_rests_on_two_decrees(self) -> None:
        scheme = facts.skkni_schemes()["kkni-2-tata-busana"]
        assert (scheme.kkni_level, scheme.decree_ids) == (2, ("kep-90-2010", "kepmenaker-305-2015"))


class TestTrade:
    def test_a_business_code_is_known_only_with_its_edition(self) -> None:
        assert facts.kbli()["2020", "14111"].group == "apparel"
        assert ("2025", "14111") not in facts.kbli()

    def test_wages_belong_to_regencies_and_provinces_that_exist(self) -> None:
        assert all(facts.regencies()[one.regency_code].name == one.regency for one in facts.umk().values())
        assert {code for code, _ in facts.ump()} == set(facts.provinces())

    def test_a_courier_rule_is_in_grams_and_an_unread_divisor_is_none(self) -> None:
        regular, truck = facts.courier_rules()["JNE", "REG"], facts.courier_rules()["JNE", "JTR"]
        assert (regular.volumetric_divisor, regular.min_charge_g, regular.tolerance_g) == (6000, 1000, 300)
        assert (truck.volumetric_divisor, truck.min_charge_g, truck.tolerance_g) == (None, 10_000, None)

    def test_a_duty_is_in_permille_and_an_unknown_one_is_none(self) -> None:
        japan, turkey = facts.trade_destinations()["JP"], facts.trade_destinations()["TR"]
        assert (japan.apparel_mfn_min_permille, japan.apparel_mfn_max_permille) == (91, 128)
        assert (turkey.preferential_permille, turkey.agreement) == (None, None)
        assert facts.trade_destinations()["AE"].in_force_from == date(2023, 9, 1)

    def test_reimbursement_rates_carry_their_period(self) -> None:
        rate = facts.restructuring()[2018, "ikm", "domestic"]
        assert (rate.valid_to_year, rate.reimbursement_pct, rate.max_idr) == (2020, 30, 300_000_000)
        assert facts.restructuring()[2021, "ikm", "domestic"].status == "assumed"

    def test_the_dak_allocation_is_whole_rupiah(self) -> None:
        assert facts.dak_allocation()[2016].allocation_idr == 166_300_000_000
