"""Reading facts: an unknown key names its neighbours, and a file that does not fit its fields is refused."""

from dataclasses import dataclass

import pytest

from clothingline.reference import facts
from clothingline.reference.facts.rows import Facts, column, read


class TestUnknownKeys:
    def test_an_unknown_key_names_what_is_known_nearby(self) -> None:
        with pytest.raises(facts.UnknownFact) as refused:
            facts.garment_types()["kemja"]
        assert refused.value.known[0] == "kemeja"
        assert str(refused.value).startswith("no garment type 'kemja'; nearest known: kemeja")

    def test_a_key_like_nothing_held_says_that_too(self) -> None:
        with pytest.raises(facts.UnknownFact, match="nothing like it is known"):
            facts.skills()["%%%%"]

    def test_get_and_in_work_as_in_any_mapping(self) -> None:
        assert facts.garment_types().get("kemja") is None
        assert "kemja" not in facts.garment_types()

    def test_facts_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            facts.garment_types()["kemeja"].family = "dress"  # type: ignore[misc]  # the point of the test


@dataclass(frozen=True)
class Narrow:
    """Reads only some columns of dak_allocation.csv."""

    year: int


@dataclass(frozen=True)
class Coarse:
    """Reads a figure with decimals as whole centimetres."""

    id: str
    name_id: str
    name_en: str
    object: str
    kind: str
    unit: str
    shop_abbreviation: str | None
    freesewing_id: str | None
    iso_8559_term: str | None
    model_female_min_cm: int | None
    model_female_max_cm: int | None
    model_male_min_cm: int | None
    model_male_max_cm: int | None
    source: str
    status: str
    note: str | None


class TestReading:
    def test_a_column_that_no_field_takes_is_refused(self) -> None:
        with pytest.raises(ValueError, match="allocation_idr"):
            read("dak_allocation.csv", Narrow, subject="allocation", key=lambda one: one.year)

    def test_a_figure_that_is_not_whole_in_its_unit_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not whole"):
            read("measurements.csv", Coarse, subject="measurement", key=lambda one: one.id)

    def test_a_key_that_stands_twice_is_refused(self) -> None:
        with pytest.raises(ValueError, match="stands twice"):
            read("dak_allocation.csv", facts.DakAllocation, subject="allocation", key=lambda one: one.status)

    def test_a_scale_travels_in_the_metadata_of_the_field(self) -> None:
        assert column("min_cm", 10) == {"column": "min_cm", "scale": 10}

    def test_an_empty_mapping_still_answers_an_unknown_key(self) -> None:
        with pytest.raises(facts.UnknownFact, match="nothing like it"):
            Facts[str, str]("thread", {})["sewing"]
