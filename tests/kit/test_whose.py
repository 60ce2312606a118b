"""Which of one's organisations is meant, named or not."""

from uuid import UUID

from clothingline.kit.access import meant
from clothingline.kit.ids import new_id

ONE, OTHER = new_id(), new_id()


def test_the_only_organisation_need_not_be_named() -> None:
    assert meant(None, frozenset({ONE})) == ONE


def test_of_several_one_must_be_named() -> None:
    both: frozenset[UUID] = frozenset({ONE, OTHER})
    assert meant(None, both) is None
    assert meant(OTHER, both) == OTHER


def test_nobody_acts_for_an_organisation_of_others() -> None:
    assert meant(OTHER, frozenset({ONE})) is None
    assert meant(None, frozenset()) is None
