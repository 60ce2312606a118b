"""Weeks around the great holidays that a workshop may close at once. Pure; the days are those of the reference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from clothingline.kit.weeks import SUNDAY, monday_of
from clothingline.reference.national_days import Holiday, holidays_of

# By word: the English names of its holidays, and what is kept as the reason of the days off.
_HOLIDAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "lebaran": ("Eid al-Fitr",),
    "idul-adha": ("Eid al-Adha",),
    "natal": ("Christmas", "New Year's Day"),
}
REASONS: Final[Mapping[str, str]] = {
    "lebaran": "Libur Lebaran",
    "idul-adha": "Libur Idul Adha",
    "natal": "Libur Natal dan Tahun Baru",
}
# New Year's Day belongs to the Christmas before it, and to none a year away.
_TOGETHER: Final = timedelta(days=20)


@dataclass(frozen=True)
class Season:
    """The whole weeks around a holiday, from a Monday to a Sunday. `estimated` while no decree has fixed it."""

    word: str
    first: date
    last: date
    estimated: bool

    @property
    def reason(self) -> str:
        """What stands with its days off."""
        return REASONS[self.word]

    def days(self) -> Iterator[date]:
        """Every day of these weeks."""
        return (self.first + timedelta(days=step) for step in range((self.last - self.first).days + 1))


def next_season(word: str, today: date) -> Season:
    """The next weeks of that name that are not over. Raises `KeyError` for an unknown word."""
    return next(one for one in _seasons(word, today.year - 1) if one.last >= today)


def next_seasons(today: date) -> list[Season]:
    """The next of each, the soonest first."""
    return sorted((next_season(word, today) for word in _HOLIDAYS), key=lambda one: one.first)


def _seasons(word: str, year: int) -> Iterator[Season]:
    together: list[Holiday] = []
    for one in _named(_HOLIDAYS[word], year):
        if together and one.day - together[-1].day > _TOGETHER:
            yield _season(word, together)
            together = []
        together.append(one)


def _named(names: tuple[str, ...], year: int) -> Iterator[Holiday]:
    """Their days, on and on."""
    while True:
        yield from (one for one in holidays_of(year) if any(name in one.name_en for name in names))
        year += 1


def _season(word: str, days: list[Holiday]) -> Season:
    first, last = monday_of(days[0].day), monday_of(days[-1].day) + SUNDAY
    return Season(word, first, last, any(one.estimated for one in days))
