"""Where a server is and how it is started: sockets, folders, settings, programs."""

import shutil
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from clothingline.kit.db.embedded import EmbeddedServerError, acquire
from tests.kit.embedded.servers import FAST, ask, keep_a_row, runs


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


def test_the_address_survives_a_folder_with_strange_letters(open_folder: Path, made: Path) -> None:
    root = open_folder / 'kain "a" & b=2'
    shutil.copytree(made, root / "data")
    with acquire(root, fsync=False, settings=FAST) as lease:
        url = make_url(lease.server.url("postgres", user="postgres"))
        assert url.query["host"] == str(root / "socket")
        with psycopg.connect(
            host=str(url.query["host"]), port=str(url.query["port"]), user=url.username, dbname=url.database
        ) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_root_with_a_long_path_gets_its_socket_in_a_short_one(tmp_path: Path, made: Path) -> None:
    root = tmp_path / ("panjang" * 12)
    shutil.copytree(made, root / "data")
    with acquire(root, fsync=False, settings=FAST) as lease, acquire(root, fsync=False) as other:
        assert len(str(lease.server.socket_dir / ".s.PGSQL.5432")) <= 80
        assert other.server == lease.server
        assert ask(other.server, "SELECT 1") == 1
    assert not lease.server.socket_dir.exists()


def test_a_root_with_a_comma_which_would_be_two_hosts_gets_its_socket_elsewhere(open_folder: Path, made: Path) -> None:
    shutil.copytree(made, open_folder / "a,b" / "data")
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


def test_an_initdb_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "data.new" / "base").mkdir(parents=True)
    with acquire(tmp_path, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT 1") == 1
    assert not (tmp_path / "data.new").exists()


def test_a_setting_that_the_server_refuses_is_said_in_one_line(root: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="shared_buffers") as refused:
        acquire(root, fsync=False, settings={"shared_buffers": "sehasta"})
    assert "\n" not in str(refused.value)
    with acquire(root, fsync=False, settings=FAST) as lease:
        assert ask(lease.server, "SELECT 1") == 1
