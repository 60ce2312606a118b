"""What must never be true in a database, looked for from outside of the service."""

from functools import cache

import psycopg

from clothingline import invariants


@cache
def queries() -> dict[str, str]:
    """The statements that hold at every moment, by what is wrong when they return a row."""
    return {one.says: one.words for one in invariants.statements() if one.alarm == invariants.BROKEN}


def violations(dsn: str) -> dict[str, list[str]]:
    """What is wrong in a database, read by a connection of its own."""
    with psycopg.connect(dsn) as connection:
        return found(connection)


def found(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Rows of every statement that returns any, at most five each; all of them see the same moment."""
    return invariants.gather(connection.execute(_always(), prepare=True))


@cache
def _always() -> bytes:
    """Put together once: its thirty thousand letters take as long as the answer."""
    return invariants.together(one for one in invariants.statements() if one.alarm == invariants.BROKEN).as_bytes()
