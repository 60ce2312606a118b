"""What is counted of a group, and until when: without a page and without a database."""

from datetime import date, timedelta

from clothingline.shop.groups import end_of
from clothingline.wearers.models import Wearer
from clothingline.wearers.service import tally_of


def test_whoever_was_forgotten_is_counted_no_more() -> None:
    there, gone = (Wearer(key=key, way="body", size=None, ready=True) for key in (b"k", None))
    sized, left = (Wearer(key=key, way="size", size="M", ready=True) for key in (b"k", None))
    tally = tally_of([there, gone, sized, left])
    assert (tally.sizes, tally.bodies, tally.pieces) == ({"M": 1}, 1, 2)


def test_the_last_day_of_the_calendar_has_an_end_too() -> None:
    assert end_of(date.max) > end_of(date.max - timedelta(days=1))
