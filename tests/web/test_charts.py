"""Charts are geometry: what a number becomes, and what does not depend on any screen."""

import itertools
import re

import pytest

from clothingline.web import charts
from clothingline.web.charts import FOOT, TOP
from clothingline.web.marks import About, Chart, Place
from clothingline.web.scales import apart, folded, gini, plane, shade, shares, spread, steps

ABOUT = About("id", "Question?", "Answer.", first="Week", unit=" %")
PLACES = (Place("Cimahi", 107.54, -6.87, 12, 0.9), Place("Surakarta", 110.83, -7.58, 3, 0.0))


def path_of(chart: Chart) -> list[tuple[float, float]]:
    """Points of the first thread."""
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", chart.threads[0].d)]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (92, [0, 50, 100]),
        (640, [0, 200, 400, 600, 800]),
        (3, [0, 1, 2, 3]),
        (0, [0, 1]),
        (0.7, [0, 0.2, 0.4, 0.6, 0.8]),
    ],
)
def test_an_axis_has_round_steps_from_zero_that_reach_the_largest(most: float, expected: list[float]) -> None:
    assert steps(most) == pytest.approx(expected)


def test_a_line_stands_at_the_height_of_its_numbers() -> None:
    chart = charts.line(ABOUT, ["a", "b", "c"], {"one": [0, 50, 100]})
    assert path_of(chart) == [(0, FOOT), (50, (FOOT + TOP) / 2), (100, TOP)]
    assert chart.rows == (("a", "0 %"), ("b", "50 %"), ("c", "100 %"))
    assert chart.words[-1].text == "c"


def test_the_end_of_each_line_says_its_name_and_its_number_and_no_two_lie_on_each_other() -> None:
    chart = charts.line(ABOUT, ["a", "b"], {"one": [1, 80], "two": [2, 81], "three": [3, 80]})
    assert [word.text for word in chart.ends] == ["one 80 %", "two 81 %", "three 80 %"]
    levels = sorted(word.y for word in chart.ends)
    assert all(after - before >= 8 for before, after in itertools.pairwise(levels))
    assert [kind for kind, _ in chart.legend] == ["s1", "s2", "s3"]


def test_a_target_raises_the_axis_and_is_drawn() -> None:
    [aim] = [rule for rule in charts.line(ABOUT, ["a"], {"one": [10]}, aim=90).rules if rule.kind == "aim"]
    assert aim.y1 == aim.y2
    assert TOP <= aim.y1 < FOOT


def test_more_than_five_series_become_four_and_the_sum_of_the_rest() -> None:
    kept = folded({str(at): [at, 10 * at] for at in range(1, 8)}, "rest")
    assert list(kept) == ["1", "2", "3", "4", "rest"]
    assert kept["rest"] == [18, 180]
    assert folded({"a": [1]}, "rest") == {"a": [1]}


def test_bars_stand_side_by_side_on_the_same_foot() -> None:
    chart = charts.bar(ABOUT, ["a", "b"], [0, 4])
    empty, full = chart.boxes
    assert (empty.height, full.height) == (0, FOOT - TOP)
    assert empty.x + empty.width < full.x
    assert {box.y + box.height for box in chart.boxes} == {FOOT}


def test_a_heat_chart_has_a_cell_for_each_number_in_five_shades() -> None:
    chart = charts.heat(ABOUT, ["a", "b"], {"one": [0, 3], "two": [6, 12]}, full=12)
    assert [box.kind for box in chart.boxes] == ["h0", "h1", "h2", "h4"]
    assert chart.rows == (("one", "0 %", "3 %"), ("two", "6 %", "12 %"))
    assert [shade(value, 12) for value in (0, 1, 3, 4, 9, 10, 12, 40)] == [0, 1, 1, 2, 3, 4, 4, 4]


def test_equal_parts_have_no_gini_and_one_holder_of_all_nearly_one() -> None:
    assert gini([5, 5, 5, 5]) == pytest.approx(0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([0, 0]) == 0
    assert shares([3, 1]) == [(0, 0), (0.5, 0.25), (1, 1)]


def test_the_lorenz_curve_lies_under_the_line_of_equal_parts() -> None:
    chart = charts.lorenz(ABOUT, [1, 2, 3, 10])
    assert all(y >= FOOT - (FOOT - TOP) * x / 100 - 0.01 for x, y in path_of(chart))
    assert chart.rows[-1] == ("100 %", "100 %")


def test_the_parts_of_a_stacked_bar_fill_it_exactly_and_every_one_is_in_words() -> None:
    chart = charts.stacked(ABOUT, {"pay": 90, "way": 30, "none": 0, "care": 30})
    assert [(box.x, box.width) for box in chart.boxes] == [(0, 60), (60, 20), (80, 20)]
    assert [words for _, words in chart.legend] == ["pay 90 %", "way 30 %", "none 0 %", "care 30 %"]


def test_a_map_keeps_north_up_east_right_and_everything_inside() -> None:
    at, (wide, tall) = plane(PLACES)
    (west, north), (east, south) = at(107.54, -6.87), at(110.83, -7.58)
    assert 0 < west < east < wide
    assert 0 < north < south < tall


def test_a_dot_is_as_large_in_area_as_its_place() -> None:
    large, small = charts.dots(ABOUT, PLACES).dots
    assert (large.words, small.words) == ("Cimahi", "Surakarta")
    assert (large.radius - 4) ** 2 == pytest.approx(4 * (small.radius - 4) ** 2)


def test_a_single_place_is_a_map_too() -> None:
    [dot] = charts.dots(ABOUT, PLACES[:1]).dots
    assert (dot.x, dot.y) == (180, 60)


def test_labels_are_thinned_before_they_meet_and_the_last_one_stays() -> None:
    assert spread(["a", "b", "c"]) == [0, 1, 2]
    assert spread(["13 Apr"] * 8) == [1, 3, 5, 7]
    assert spread(["13 Apr"] * 52)[-1] == 51
    assert len(spread(["13 Apr"] * 52)) <= 6
    assert spread([]) == []


def test_a_name_in_a_map_never_lies_on_another() -> None:
    near = [Place(f"Place {at}", 107 + at / 100, -7, 10 - at, 0.5) for at in range(4)]
    chart = charts.dots(ABOUT, [*near, Place("Far", 111, -7.2, 1, 0.1)])
    assert [word.text for word in chart.words] == ["Place 0", "Far"]
    assert len(chart.rows) == 5


def test_levels_move_up_only_as_far_as_they_must() -> None:
    assert apart([10, 50], least=8) == [10, 50]
    assert apart([50, 50], least=8) == [50, 42]


@pytest.mark.parametrize(("value", "said"), [(1_234_000, "1.234.000 %"), (2.5, "2,5 %"), (3.0, "3 %")])
def test_numbers_are_written_with_points_and_commas_as_in_indonesia(value: float, said: str) -> None:
    assert ABOUT.shown(value) == said
