"""`match` on files: from an example to a proof without a server, and a clear line for whatever cannot be used."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from clothingline.cli import instances
from clothingline.cli.commands import commands
from clothingline.cli.exits import FAILED, INFEASIBLE, NOT_FOUND, OK, USAGE, Stop
from clothingline.cli.progress import Watched
from clothingline.matching import Iterations
from clothingline.matching.stop import Never
from clothingline.routing.files import read_matching, read_problem
from tests.cli.command import run

SIZE = ("--orders", "16", "--brands", "6", "--makers", "12", "--lots", "16", "--weeks", "6", "--seed", "2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """P.npz, made by one command, and M.json, routed by another."""
    made = tmp_path_factory.mktemp("files")
    first = run(made, "match", "example", "--out", str(made / "P.npz"), *SIZE)
    assert first.returncode == OK, first.stderr
    _route(made, "M.json")
    return made


@pytest.fixture
def files(folder: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    for name in ("P.npz", "M.json"):
        shutil.copy(folder / name, tmp_path / name)
    return tmp_path


def _route(home: Path, out: str, *more: str) -> str:
    steps = ("--iterations", "12")
    routed = run(home, "match", "route", "--problem", str(home / "P.npz"), "--out", str(home / out), *steps, *more)
    assert routed.returncode == OK, routed.stderr
    return routed.stdout


def test_the_same_seed_and_steps_give_the_same_file_and_say_how_it_stands(folder: Path, files: Path) -> None:
    printed = json.loads(_route(files, "N.json", "--json"))
    assert (files / "N.json").read_text() == (folder / "M.json").read_text()
    document = json.loads((files / "N.json").read_text())
    assert {name: printed[name] for name in ("status", "cost", "bound", "gap")} == {
        name: document[name] for name in ("status", "cost", "bound", "gap")
    }
    assert (printed["orders"], printed["plans"]) == (16, len(document["plans"]))


def test_a_seed_of_the_search_stands_in_the_matching(files: Path) -> None:
    _route(files, "N.json", "--seed", "77")
    assert read_matching(files / "N.json", read_problem(files / "P.npz")).params.seed == 77


def test_a_matching_that_holds_is_said_to_hold_with_its_figures(files: Path) -> None:
    verified = run(files, "match", "verify", str(files / "P.npz"), str(files / "M.json"), "--json")
    said = json.loads(verified.stdout)
    assert verified.returncode == OK
    assert (said["holds"], said["findings"], said["orders"]) == (True, [], 16)
    assert said["gap"] == said["cost"] - said["bound"]
    assert "Benar" in verified.stderr


def test_a_matching_that_was_changed_ends_with_1_and_names_what_is_wrong(files: Path) -> None:
    _change(files, lambda document: document.update(bound=document["bound"] + 1))
    verified = run(files, "match", "verify", str(files / "P.npz"), str(files / "M.json"))
    assert verified.returncode == FAILED
    assert re.search(r"^temuan\tthe prices prove no bound above \d+, not \d+$", verified.stdout, re.MULTILINE)
    assert verified.stderr.splitlines()[-1].startswith("Kesalahan: sertifikat salah: 3 temuan. / ")


def test_many_findings_are_cut_and_that_is_said(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(document: dict[str, Any]) -> None:
        for plan in document["plans"]:
            plan |= {name: plan[name] + 1 for name in ("cloth_day", "cut_day", "sewn_day", "returned_day", "p50_day")}

    _change(files, change)
    with pytest.raises(Stop):
        instances.verify(files / "P.npz", files / "M.json", as_json=False)
    said = capsys.readouterr()
    assert said.out.count("temuan\t") == instances.SHOWN
    assert "--json menulis semua" in said.err


def test_one_order_is_quoted_best_first(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    instances.quote(files / "P.npz", _matched(files), 2, as_json=True)
    plans = json.loads(capsys.readouterr().out)["plans"]
    assert "balanced" in plans[0]["labels"]
    assert plans[0]["cost"] == sum(plans[0]["parts"].values()) <= plans[1]["cost"]
    instances.quote(files / "P.npz", _matched(files), 2, as_json=False)
    assert str(plans[0]["paid"]) in capsys.readouterr().out.splitlines()[0]


def test_an_order_that_nobody_can_make_ends_with_5_and_names_the_limits(files: Path) -> None:
    _change_column(files, "orders.reserve_idr", 0)
    with pytest.raises(Stop, match=r"tidak ada rencana untuk pesanan 3: .*\d+ × \w+") as stopped:
        instances.quote(files / "P.npz", 3, 5, as_json=False)
    assert stopped.value.code == INFEASIBLE


def test_an_order_is_explained_and_its_parts_add_up(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = _matched(files)
    instances.explain(files / "P.npz", files / "M.json", order, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert sum(idr for _, idr, _ in found["parts"]) == found["cost"]
    instances.explain(files / "P.npz", files / "M.json", order, as_json=False)
    assert f"pesanan {order}: biaya {found['cost']}" in capsys.readouterr().out


def test_an_unmatched_order_is_explained_with_what_would_have_to_give(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [order, *_] = json.loads((files / "M.json").read_text())["unmatched"]
    instances.explain(files / "P.npz", files / "M.json", order, as_json=False)
    said = capsys.readouterr().out
    assert f"pesanan {order}: tanpa rencana" in said
    assert "Yang perlu longgar" in said


def test_a_file_of_any_size_is_explained_and_says_how_many_makers_it_names(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = _matched(files)
    instances.explain(files / "P.npz", files / "M.json", order, as_json=True)
    small = json.loads(capsys.readouterr().out)
    monkeypatch.setattr("clothingline.matching.seeking.LARGE", 0)
    monkeypatch.setattr("clothingline.matching.whynot.NEAREST", 1)
    instances.explain(files / "P.npz", files / "M.json", order, as_json=True)
    large = json.loads(capsys.readouterr().out)
    assert {name: large[name] for name in ("cost", "parts", "counterfactuals", "of")} == {
        name: small[name] for name in ("cost", "parts", "counterfactuals", "of")
    }
    assert len(large["makers"]) < len(small["makers"]) == 12
    instances.explain(files / "P.npz", files / "M.json", order, as_json=False)
    assert f"{len(large['makers'])} dari 12 penjahit disebut" in capsys.readouterr().out


def test_a_maker_is_told_what_further_certificates_would_have_opened(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = 0
    for maker in range(12):
        instances.tell_openings(files / "P.npz", files / "M.json", maker, as_json=True)
        found = json.loads(capsys.readouterr().out)["openings"]
        instances.tell_openings(files / "P.npz", files / "M.json", maker, as_json=False)
        said = capsys.readouterr().out
        for opening in found:
            assert opening["pay_idr"] == sum(one["pay_idr"] for one in opening["orders"])
            assert f"{len(opening['orders'])} pesanan, upah {opening['pay_idr']}" in said
            opened += 1
    assert opened > 2
    with pytest.raises(Stop, match="penjahit 12 tidak ada"):
        instances.tell_openings(files / "P.npz", files / "M.json", 12, as_json=True)


@pytest.mark.parametrize(
    "line",
    [
        "quote",
        "quote CL-1 --order 3",
        "quote CL-1 --problem P.npz --order 3",
        "quote --problem P.npz",
        "quote --order 3",
        "quote --problem P.npz --order 3 --token-file t",
        "explain",
        "explain --problem P.npz --order 3",
        "explain --problem P.npz --maker 3",
        "explain pol_1 --maker 3",
        "explain pol_1 --matching M.json",
        "verify P.npz",
        "verify pol_1 M.json",
        "verify P.npz M.json --token-file t",
    ],
)
def test_a_mix_of_server_and_files_is_refused_with_both_forms(line: str) -> None:
    refused = CliRunner().invoke(commands, ["match", *line.split()])
    assert isinstance(refused.exception, Stop)
    assert refused.exception.code == USAGE
    assert "(server) atau" in str(refused.exception)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("explain --problem P.npz --matching M.json --order 1 --maker 1", "--order atau --maker"),
        ("route --problem P.npz --out N.json --iterations 1 --seconds 1", "--iterations atau --seconds"),
    ],
)
def test_two_options_of_which_one_is_meant_are_refused(files: Path, line: str, words: str) -> None:
    named = [str(files / word) if word == "P.npz" else word for word in line.split()]
    refused = CliRunner().invoke(commands, ["match", *named])
    assert isinstance(refused.exception, Stop)
    assert refused.exception.code == USAGE
    assert words in str(refused.exception)


def test_a_search_that_is_given_seconds_ends_and_is_proved(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    instances.route(files / "P.npz", files / "N.json", iterations=None, seconds=1, seed=None, ray=None, as_json=True)
    assert json.loads(capsys.readouterr().out)["gap"] >= 0
    instances.verify(files / "P.npz", files / "N.json", as_json=False)


def test_the_answer_is_not_written_over_the_question_nor_into_a_folder_that_is_not_there(files: Path) -> None:
    for out in (files / "P.npz", files / "nowhere" / "M.json"):
        with pytest.raises(Stop) as stopped:
            instances.route(files / "P.npz", out, iterations=1, seconds=None, seed=None, ray=None, as_json=False)
        assert stopped.value.code == USAGE
    assert read_problem(files / "P.npz").text


@pytest.mark.parametrize(
    ("spoil", "command", "code", "words"),
    [
        ("P.npz", "verify P.npz M.json", USAGE, "P.npz: bukan arsip .npz"),
        ("M.json", "verify P.npz M.json", USAGE, "M.json: matching bukan JSON yang utuh"),
        ("", "verify Q.npz M.json", NOT_FOUND, "Q.npz: tidak terbaca"),
        ("", "verify P.npz N.json", NOT_FOUND, "N.json: tidak terbaca"),
        ("", "verify M.json P.npz", USAGE, "M.json: bukan arsip .npz"),
        ("", "quote --problem P.npz --order 16", NOT_FOUND, "pesanan 16 tidak ada; ada 16"),
        ("", "explain --problem P.npz --matching M.json --order -1", NOT_FOUND, "pesanan -1 tidak ada"),
    ],
)
def test_a_file_that_cannot_be_used_ends_in_one_line(
    files: Path, spoil: str, command: str, code: int, words: str
) -> None:
    if spoil:
        (files / spoil).write_bytes(b"\x00")
    named = [str(files / word) if word.endswith(("npz", "json")) else word for word in command.split()]
    refused = run(files, "match", *named)
    _one_line(refused.stderr, words)
    assert (refused.returncode, refused.stdout) == (code, "")


def test_a_column_that_cannot_be_is_named_with_its_row(files: Path) -> None:
    _change_column(files, "makers.rate_idr", -5)
    refused = run(files, "match", "quote", "--problem", str(files / "P.npz"), "--order", "1")
    _one_line(refused.stderr, "P.npz: makers.rate_idr baris 3 salah", "must lie in 0..1000000, is -5")
    assert refused.returncode == USAGE


def test_a_matching_of_another_problem_ends_with_1(files: Path) -> None:
    _change_column(files, "lots.price_idr", 1)
    refused = run(files, "match", "verify", str(files / "P.npz"), str(files / "M.json"))
    _one_line(refused.stderr, "M.json: matching ini milik masalah lain")
    assert refused.returncode == FAILED


def test_progress_has_a_line_for_each_tenth_and_doubling_steps_where_the_end_is_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watched, open_end = Watched(Iterations(40), 40), Watched(Never(), None)
    while not watched(1_000):
        pass
    assert [int(n) for n in re.findall(r"step (\d+)", capsys.readouterr().err)] == [1, *range(4, 41, 4)]
    assert not any(open_end(1_000) for _ in range(40))
    assert [int(n) for n in re.findall(r"step (\d+)", capsys.readouterr().err)] == [1, 2, 4, 8, 16, 32]


def _matched(files: Path) -> int:
    return int(json.loads((files / "M.json").read_text())["plans"][0]["order"])


def _change(files: Path, change: Callable[[Any], object]) -> None:
    document = json.loads((files / "M.json").read_text())
    change(document)
    (files / "M.json").write_text(json.dumps(document))


def _change_column(files: Path, name: str, value: int) -> None:
    """Put a value into row 3 of a column; the header no longer knows the digest."""
    with np.load(files / "P.npz", allow_pickle=False) as found:
        arrays = {each: found[each] for each in found.files}
    arrays[name] = arrays[name].astype(np.int64)
    arrays[name][3] = value
    header = {key: said for key, said in json.loads(str(arrays["header"])).items() if key != "digest"}
    np.savez(files / "P.npz", **arrays | {"header": np.array(json.dumps(header))})


def _one_line(said: str, *words: str) -> None:
    [line] = [one for one in said.splitlines() if not one.startswith("Memeriksa")]
    assert line.startswith("Kesalahan: ")
    assert " / " in line
    assert all(word in line for word in words)
