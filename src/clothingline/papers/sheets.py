"""What stands on a paper, ready to be printed: every text as people read it, Indonesian first and English beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The same thing in both languages."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Party:
    """Whom the paper is for or from, with a few lines about them."""

    label: Said
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is to be known."""

    label: Said
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand to the right, and one wide column takes the room that is left."""

    label: Said
    number: bool = True
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with as many cells as columns; `total` stands under the last one."""

    title: Said
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: Fact | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper without its number and its day; `total_idr` is the big number, named by `total`."""

    title: Said
    party: Party
    total: Said
    total_idr: int
    lead: tuple[Said, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Said, ...] = ()
