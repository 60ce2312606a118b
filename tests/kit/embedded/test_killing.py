"""What a kill -9 leaves behind: of the server, of its owner, of both, under load."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from clothingline.kit.db.embedded import Server, acquire
from tests.kit.embedded.servers import FAST, ask, keep_a_row, kill_9, postmaster, processes, runs


def test_ensure_brings_a_killed_server_back_with_what_was_committed(root: Path) -> None:
    with acquire(root, fsync=True, settings=FAST) as lease:
        keep_a_row(lease.server)
        with psycopg.connect(lease.server.dsn()):  # a client that was connected when it happened
            kill_9(before := postmaster(lease.server))
            assert lease.ensure() is True
        assert postmaster(lease.server) != before
        assert ask(lease.server, "SELECT cloth_cm FROM kept") == 250


def test_a_killed_server_writes_out_by_one_call_what_the_system_still_held_where_it_has_that_call(root: Path) -> None:
    with acquire(root, fsync=True, settings=FAST) as lease:
        one_call = ask(lease.server, "SELECT current_setting('recovery_init_sync_method') = 'syncfs'")
        assert one_call == (sys.platform == "linux")
        kill_9(postmaster(lease.server))
        assert lease.ensure() is True


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_stop_the_start(root: Path) -> None:
    with acquire(root, fsync=False, settings=FAST) as lease:
        kill_9(postmaster(lease.server))
        pid_file = lease.server.data_dir / "postmaster.pid"
        _, rest = pid_file.read_text().split("\n", 1)
        pid_file.write_text(f"{os.getpid()}\n{rest}")
        assert lease.ensure() is True
        assert postmaster(lease.server) != os.getpid()


def test_a_killed_owner_leaves_a_server_that_the_next_one_joins_and_stops(root: Path) -> None:
    with processes(root, 1) as [owner]:
        left = owner.postmaster()
        owner.kill()
        with acquire(root, fsync=False, settings=FAST) as lease:
            assert postmaster(lease.server) == left
            assert ask(lease.server, "SELECT 1") == 1
        assert not runs(lease.server)


def test_an_owner_and_a_server_that_were_both_killed_leave_usable_data(root: Path) -> None:
    with processes(root, 1) as [owner]:
        left = owner.postmaster()
        owner.kill()
        kill_9(left)
        with acquire(root, fsync=False, settings=FAST) as lease:
            assert ask(lease.server, "SELECT 1") == 1


def test_kills_under_load_lose_nothing_that_was_acknowledged(root: Path) -> None:
    with acquire(root, settings=FAST) as lease:
        keep_a_row(lease.server)
        acknowledged = 1
        for _ in range(3):
            acknowledged += insert_until(lease.server, lambda: kill_9(postmaster(lease.server)))
            lease.ensure()
        assert int(str(ask(lease.server, "SELECT count(*) FROM kept"))) >= acknowledged


def insert_until(server: Server, disaster: Callable[[], None]) -> int:
    """How many rows were acknowledged before the connection broke."""
    done = 0
    with suppress(psycopg.OperationalError), psycopg.connect(server.dsn(), autocommit=True) as connection:
        while True:
            connection.execute("INSERT INTO kept VALUES (%s)", [done])
            done += 1
            if done == 20:
                disaster()
    return done
