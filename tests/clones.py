"""Databases that are lent to one test after another: each is put back to what its template was."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from clothingline.kit.db.embedded import Server
from tests import invariants

PRISTINE = Path(__file__).with_name("pristine.sql")
MOST_BYTES = 4_000_000
"""Tables that a test has filled further are not emptied: a new clone costs less than their dead rows."""
# The invariants are planned once, while the tables are empty: a nested loop of that time takes hours after a storm.
_OWNER: dict[str, Any] = {"autocommit": True, "options": "-c enable_nestloop=off"}
_numbers = count()
_END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class Clone:
    """One database, and the connection of its owner."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name, self.is_worn = server, name, False
        self.owner = psycopg.connect(server.dsn(name), **_OWNER)
        self.owner.execute(PRISTINE.read_bytes())

    def check(self) -> None:
        """Raises `AssertionError` with what is in the database that must never be."""
        if self._was_cut_off():
            self.owner = psycopg.connect(self.server.dsn(self.name), **_OWNER)
        self.owner.execute(_END_OTHERS)
        if wrong := invariants.found(self.owner):
            raise AssertionError(wrong)

    def restore(self) -> bool:
        """Make it what its template was; False where that cannot be, or would not pay, now or before."""
        self.is_worn = self.is_worn or not self._put_back()
        return not self.is_worn

    def _put_back(self) -> bool:
        altered = self.owner.execute("SELECT is_called FROM pristine.alterations").fetchone()
        if altered == (True,):
            return False
        bytes_of = self.owner.execute("SELECT pristine.restore()").fetchone()
        return bytes_of is not None and bytes_of[0] < MOST_BYTES

    def _was_cut_off(self) -> bool:
        try:
            self.owner.execute("SELECT")
        except psycopg.OperationalError:
            self.owner.close()
            return True
        return False


class Clones:
    """The clones of this process that nobody has, by template."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._free: dict[str, list[Clone]] = defaultdict(list)

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """Name of a database that is as its template; what must never be true in it is not true at the end."""
        with self.held(template) as one:
            yield one.name
            one.check()

    @contextmanager
    def held(self, template: str) -> Iterator[Clone]:
        """A clone that is as its template, for a holder who may put it back between."""
        free = self._free[template]
        one = free.pop() if free else self._make(template)
        useful = False
        try:
            yield one
            useful = one.restore()
        finally:
            if useful:
                free.append(one)
            else:
                self._drop(one)

    def close(self) -> None:
        """Drop them all."""
        for free in self._free.values():
            while free:
                self._drop(free.pop())

    def _make(self, template: str) -> Clone:
        name = f"lent_{os.getpid()}_{next(_numbers)}"
        self._say("CREATE DATABASE {} TEMPLATE {}", name, template)
        return Clone(self._server, name)

    def _drop(self, one: Clone) -> None:
        one.owner.close()
        self._say("DROP DATABASE {} WITH (FORCE)", one.name)

    def _say(self, words: str, *names: str) -> None:
        with psycopg.connect(self._server.dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*(sql.Identifier(name) for name in names)))
