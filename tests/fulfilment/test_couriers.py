"""What couriers charge for (domain 12)."""

import pytest

from clothingline.fulfilment.couriers import VolumeRuleUnknown, chargeable_g, find_rule
from clothingline.reference import facts

REG = facts.courier_rules()["JNE", "REG"]
TRUCK = facts.courier_rules()["JNE", "JTR"]
CARGO = facts.courier_rules()["J&T", "Cargo"]


@pytest.mark.parametrize(
    ("weight_g", "charged_g"),
    [(1, 1000), (1000, 1000), (1300, 1000), (1301, 2000), (2000, 2000), (2300, 2000), (2301, 3000), (10_000, 10_000)],
)
def test_a_started_kilogram_counts_only_beyond_the_tolerance(weight_g: int, charged_g: int) -> None:
    assert chargeable_g(REG, weight_g=weight_g) == charged_g


def test_a_light_parcel_of_40_by_30_by_20_is_charged_as_four_kilograms() -> None:
    assert chargeable_g(REG, weight_g=1200, size_cm=(40, 30, 20)) == 4000


def test_a_heavy_parcel_is_charged_by_the_scale() -> None:
    assert chargeable_g(REG, weight_g=6000, size_cm=(40, 30, 20)) == 6000


@pytest.mark.parametrize(("weight_g", "charged_g"), [(500, 11_000), (11_000, 11_000), (11_250, 11_250)])
def test_cargo_has_a_first_weight_and_no_rounding_after_it(weight_g: int, charged_g: int) -> None:
    assert chargeable_g(CARGO, weight_g=weight_g) == charged_g


def test_a_volume_is_never_rounded_down() -> None:
    assert chargeable_g(CARGO, weight_g=1, size_cm=(101, 77, 13)) == 20_221


def test_a_service_whose_divisor_is_unknown_does_not_guess_one() -> None:
    assert chargeable_g(TRUCK, weight_g=3000) == 10_000
    with pytest.raises(VolumeRuleUnknown, match="JNE JTR"):
        chargeable_g(TRUCK, weight_g=3000, size_cm=(40, 30, 20))


def test_a_carrier_is_found_however_it_is_typed_and_a_stranger_is_not() -> None:
    assert find_rule(" jne  reg ") == REG
    assert find_rule("Becak Pak Min") is None
