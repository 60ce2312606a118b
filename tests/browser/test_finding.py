"""A browser is found, named or installed; where none can be had, one sentence says what to do."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.finding import NoBrowser, find, find_or_install


def program(path: Path) -> str:
    """A file that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_browser_that_was_named_comes_first(tmp_path: Path) -> None:
    named, other = program(tmp_path / "mine"), program(tmp_path / "bin" / "chromium")
    environment = {"CHROMIUM": named, "PATH": str(tmp_path / "bin")}
    assert find(environment) == named
    assert find({**environment, "CHROMIUM": ""}) == other
    with pytest.raises(NoBrowser, match="CHROMIUM=/nowhere is not a program that can be run"):
        find({**environment, "CHROMIUM": "/nowhere"})


@pytest.mark.parametrize("command", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_a_browser_of_this_machine_is_found_by_its_command(tmp_path: Path, command: str) -> None:
    there = program(tmp_path / command)
    assert find({"PATH": str(tmp_path), "HOME": str(tmp_path)}) == there


def test_the_browser_that_playwright_downloaded_is_found(tmp_path: Path) -> None:
    there = program(tmp_path / ".cache" / "ms-playwright" / "chromium-1" / "chrome-linux64" / "chrome")
    assert find({"PATH": "", "HOME": str(tmp_path)}) == there


def test_debians_is_installed_where_we_may(tmp_path: Path) -> None:
    program(tmp_path / "apt-get")
    ran: list[str] = []

    def run(command: Sequence[str]) -> bool:
        ran.append(" ".join(command))
        if "install" in command:
            program(tmp_path / "chromium")
        return True

    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    assert find_or_install(run, environment, root=True) == str(tmp_path / "chromium")
    assert [command.split(" ")[2] for command in ran] == ["update", "install"]
    assert find_or_install(run, environment, root=True) == str(tmp_path / "chromium")
    assert len(ran) == 2


@pytest.mark.parametrize("root", [True, False])
def test_a_machine_without_any_says_in_one_sentence_what_to_do(tmp_path: Path, root: bool) -> None:
    program(tmp_path / "apt-get")
    ran: list[str] = []

    def fail(command: Sequence[str]) -> bool:
        ran.append(Path(command[0]).name)
        return False

    with pytest.raises(NoBrowser, match=r"^No browser for the tests: install Chromium .* apt-get install chromium"):
        find_or_install(fail, {"PATH": str(tmp_path), "HOME": str(tmp_path)}, root=root)
    assert ran.count("apt-get") == int(root)
    assert len(ran) == int(root) + 1
