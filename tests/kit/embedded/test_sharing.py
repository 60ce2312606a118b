"""Who starts a server and who stops it: several processes, one server, the last one out."""

import subprocess
import sys
from pathlib import Path

import pytest

from clothingline.kit.db.embedded import EmbeddedServerError, acquire
from tests.kit.embedded.servers import ALONE, FAST, ask, postmaster, processes, runs


def test_two_processes_share_one_server_and_the_last_one_out_stops_it(root: Path) -> None:
    lease = acquire(root, fsync=False, settings=FAST)
    with processes(root, 1) as [other]:
        assert other.postmaster() == postmaster(lease.server)
        lease.release()
        lease.release()
        assert ask(lease.server, "SELECT 1") == 1
        other.leave()
        assert not runs(lease.server)


def test_four_processes_that_start_at_once_end_with_one_server(tmp_path: Path) -> None:
    with processes(tmp_path, 4) as four:
        assert len({process.postmaster() for process in four}) == 1
        for process in four:
            process.leave()
        log = (tmp_path / "postgres.log").read_text()
        assert log.count("ready to accept connections") == 1
        assert log.count("database system is shut down") == 1


def test_a_forgetful_server_is_replaced_for_a_user_who_needs_durable_data_or_refused_while_in_use(
    root: Path,
) -> None:
    with processes(root, 1) as [forgetful]:
        forgetful.postmaster()
        with pytest.raises(EmbeddedServerError, match=r"fsync=off: hentikan"):
            acquire(root, fsync=True)
        forgetful.kill()
        with acquire(root, fsync=True, settings=FAST) as lease:
            assert ask(lease.server, "SELECT current_setting('fsync')") == "on"


def test_a_forked_child_that_ends_does_not_stop_its_parents_server(root: Path) -> None:
    script = f"""{ALONE}
import os
lease = acquire(Path({str(root)!r}), fsync=False)
child = os.fork()
if child == 0:
    sys.exit(0)  # runs the atexit hooks that it has inherited
os.waitpid(child, 0)
assert lease.ensure() is False, "the child has stopped the server"
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert not (root / "data" / "postmaster.pid").exists()


def test_a_released_lease_cannot_restart_the_server(root: Path) -> None:
    lease = acquire(root, fsync=False, settings=FAST)
    lease.release()
    with pytest.raises(EmbeddedServerError, match="acquire a new one"):
        lease.ensure()
