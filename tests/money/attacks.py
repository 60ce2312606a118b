"""A guard of the database: what it refuses, and which invariant says so where the guard is not."""

from dataclasses import dataclass

import psycopg
import pytest

from clothingline import invariants
from tests.ledger.booking import Owner


@dataclass(frozen=True)
class Guard:
    """How a guard is taken away, what is tried, how it is refused, and what says so when it is not."""

    remove: str
    attack: str
    refusal: str
    seen: str


def done(owner: Owner, words: str) -> None:
    """As a transaction that is committed."""
    owner.execute(words.encode())
    owner.execute("SET CONSTRAINTS ALL IMMEDIATE")


def seen(owner: Owner, *houses: str) -> set[str]:
    """What the invariants of these houses say."""
    own = [one for one in invariants.statements() if one.house in houses]
    return set(invariants.gather(owner.execute(invariants.together(own))))


def refused_and_seen_without(owner: Owner, guard: Guard, *houses: str) -> None:
    """The attack is refused and leaves nothing; without the guard it goes through, and these houses say so."""
    assert seen(owner, *houses) == set()
    with pytest.raises(psycopg.Error, match=guard.refusal), owner.transaction():
        done(owner, guard.attack)
    assert seen(owner, *houses) == set()
    owner.execute(guard.remove.encode())
    done(owner, guard.attack)
    assert guard.seen in seen(owner, *houses)
