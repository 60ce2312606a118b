"""What a payload takes: numbers are numbers, and truth is truth."""

import pytest
from pydantic import ValidationError

from clothingline.kit.http.plain import Input


class Wish(Input):
    """A number, one that may be missing, and a truth."""

    pieces: int
    days: int | None = None
    hurried: bool = False


def test_a_number_and_a_truth_are_taken_as_they_are() -> None:
    assert Wish.model_validate({"pieces": 2, "days": None, "hurried": True}).hurried is True


@pytest.mark.parametrize("given", [{"pieces": True}, {"pieces": 1, "days": False}])
def test_a_truth_is_no_number(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="int_parsing"):
        Wish.model_validate(given)
