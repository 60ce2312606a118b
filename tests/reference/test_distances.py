"""Distances between regencies, and the plane that the engine uses in their place."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothingline.reference.distances import between, centroid, great_circle_m, plane_xy
from clothingline.reference.facts import UnknownFact, regencies

STEADY = settings(derandomize=True, deadline=None)
WEST_JAVA = [code for code in regencies() if code.startswith("32.")]
CODES = st.sampled_from(sorted(regencies()))


@pytest.mark.parametrize(("place", "km"), [("31.71", 121), ("21.01", 940)])
def test_kota_bandung_is_as_far_from_jakarta_pusat_and_bintan_as_the_check_values_say(place: str, km: int) -> None:
    assert abs(between("32.73", place) - km * 1000) <= 1000


def test_micro_degrees_and_degrees_are_the_same_place() -> None:
    assert great_circle_m((-6_919_200, 107_636_600), (-6.1812, 106.8351)) == between("32.73", "31.71")


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert great_circle_m((0.0, 107.0), (1.0, 107.0)) == 111_195


def test_a_regency_that_does_not_exist_has_no_distance() -> None:
    with pytest.raises(UnknownFact):
        between("32.73", "99.99")


@STEADY
@given(CODES, CODES, CODES)
def test_distance_is_the_same_both_ways_zero_at_home_and_never_longer_by_a_straight_road(
    a: str, b: str, c: str
) -> None:
    assert between(a, b) == between(b, a)
    assert between(a, a) == 0
    rounding = 2
    assert between(a, c) <= between(a, b) + between(b, c) + rounding


def plane_m(a: str, b: str) -> float:
    (xa, ya), (xb, yb) = (plane_xy(*centroid(code)) for code in (a, b))
    return hypot(xa - xb, ya - yb)


def test_inside_west_java_the_plane_stays_within_a_quarter_percent_and_two_hundred_metres() -> None:
    pairs = [(plane_m(a, b), between(a, b)) for a, b in combinations(WEST_JAVA, 2)]
    assert len(pairs) == 27 * 26 // 2
    assert max(abs(flat - true) / true for flat, true in pairs) <= 0.0025
    assert max(abs(flat - true) for flat, true in pairs) <= 200


@STEADY
@given(*(st.floats(-7.9, -5.9) for _ in range(2)), *(st.floats(106.3, 108.9) for _ in range(2)))
def test_any_two_addresses_of_west_java_keep_that_quarter_percent(
    lat_a: float, lat_b: float, lon_a: float, lon_b: float
) -> None:
    (xa, ya), (xb, yb) = plane_xy(lat_a, lon_a), plane_xy(lat_b, lon_b)
    true, rounding = great_circle_m((lat_a, lon_a), (lat_b, lon_b)), 2
    assert abs(hypot(xa - xb, ya - yb) - true) <= 0.0025 * true + rounding


def test_the_plane_counts_whole_metres_east_and_north() -> None:
    x, y = plane_xy(-6_919_200, 107_636_600)
    assert isinstance(x, int)
    assert isinstance(y, int)
    assert x > 0 > y
    assert plane_xy(-6_919_200, 107_736_600)[0] > x
    assert plane_xy(-6_819_200, 107_636_600)[1] > y


def test_along_its_reference_latitude_the_plane_is_true_to_scale() -> None:
    a, b = plane_xy(3.0, 98.0, reference_lat=3.0), plane_xy(3.0, 98.1, reference_lat=3.0)
    assert abs((b[0] - a[0]) - great_circle_m((3.0, 98.0), (3.0, 98.1))) <= 1
