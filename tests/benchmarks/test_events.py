"""Events that are measured: each kind in turn on one matching, the same every time."""

from benchmarks.matching import events, instances
from benchmarks.matching.events import KINDS, Told, happened
from clothingline.matching.live import Turn


def test_each_kind_happens_as_often_as_is_asked_and_once_before() -> None:
    told = happened(instances.pilot(1), 2, 3, 1)
    assert list(told) == list(KINDS) == ["decline", "lost lot", "maker away", "new order"]
    assert {(len(one.seconds), len(one.turns)) for one in told.values()} == {(4, 4)}


def test_the_same_seed_moves_the_same_plans() -> None:
    turns = [{kind: told.turns for kind, told in happened(instances.pilot(1), 2, 2, 5).items()} for _ in range(2)]
    assert turns[0] == turns[1]


def test_what_happens_hits_orders_that_have_a_plan() -> None:
    told = happened(instances.pilot(1), 2, 3, 1)
    assert all(turn.moved for kind in ("decline", "lost lot", "maker away") for turn in told[kind].turns)


def test_rows_say_how_many_plans_moved_and_hold_p99_against_the_bar() -> None:
    rows = list(events.rows([instances.pilot(1), instances.pilot(2)], (2, 2), ("a province", 1e-12)))
    assert [row.peer for row in rows] == [f"engine {kind} {name}" for kind in KINDS for name in ("p50", "p99")]
    for median, late in zip(rows[::2], rows[1::2], strict=True):
        assert median.seconds <= late.seconds
        assert (median.bar, median.reached, late.reached) == ("", None, False)
        assert "plans moved" in late.note
        assert late.note.endswith("routed by 2 iterations")
        assert (late.instance, late.budget) == ("2 × 60 orders", "4 events")


def test_the_plans_that_moved_add_up() -> None:
    turns = [Turn((1, 2), (), (2,), (10, 12)), Turn((3,), (), (), (12, 12))]
    said = "3 plans moved, at most 2 by one, 2 ms each; 1 orders then had none"
    assert events.moved(Told([0.004, 0.002], turns)) == said
    assert events.moved(Told([0.1], [Turn((), (), (), (1, 1))])).startswith("0 plans moved, at most 0 by one; ")
