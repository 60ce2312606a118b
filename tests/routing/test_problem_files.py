"""A problem as a file: what is written is what is read, and whatever cannot be used is said in one sentence."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from clothingline.matching import Params
from clothingline.routing.files import FileError, FileUnreadable, Instance, pack, read_problem, unpack, write_problem
from clothingline.routing.files.example import Size, example
from clothingline.routing.files.header import HIGHEST
from clothingline.routing.files.problems import COLUMNS
from tests.matching.instances import pilot, small

SMALL = example(Size(orders=6, brands=3, makers=5, lots=4, weeks=5), seed=7)
HEADER = {"format": "clothingline-problem", "version": 1}
Arrays = dict[str, Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "P.npz"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("make", [pilot, small])
def test_a_problem_that_was_written_is_read_again(make: Callable[[int], Any], seed: int, path: Path) -> None:
    problem = make(seed)
    params = Params(name="ours", set_up_idr=7, seed=seed)
    write_problem(path, Instance(problem, params, "Kain, dari Solo"))
    found = read_problem(path)
    assert found.problem.digest() == problem.digest()
    assert (found.params, found.text) == (params, "Kain, dari Solo")
    assert unpack(pack(problem)).digest() == problem.digest()


def test_the_same_instance_gives_the_same_bytes(path: Path) -> None:
    write_problem(path, SMALL)
    first = path.read_bytes()
    write_problem(path, example(Size(orders=6, brands=3, makers=5, lots=4, weeks=5), seed=7))
    assert path.read_bytes() == first
    assert [one.name for one in path.parent.iterdir()] == ["P.npz"]


def test_a_file_that_numpy_alone_wrote_is_read_and_defaults_stand_in(path: Path) -> None:
    columns = {name: array for name, array in _columns().items() if COLUMNS[name].default is None}
    np.savez(path, header=json.dumps(HEADER), **columns)
    found = read_problem(path)
    assert found.params == Params()
    assert found.problem.orders.fixed_brand.tolist() == [-1] * 6
    assert found.problem.makers.rush.tolist() == [0] * 5


def test_columns_first_and_foreign_byte_orders_come_out_the_same_and_row_by_row(path: Path) -> None:
    strange: Arrays = {"header": json.dumps(HEADER)}
    for name, array in _columns().items():
        strange[name] = np.asfortranarray(array, array.dtype.newbyteorder(">"))
    np.savez_compressed(path, **strange)
    problem = read_problem(path).problem
    assert problem.digest() == SMALL.problem.digest()
    assert problem.makers.free_seconds.flags.c_contiguous


def test_lists_of_pairs_survive(path: Path) -> None:
    pairs = np.array([[0, 1], [2, 4]])
    orders = replace(SMALL.problem.orders, forbid_makers=pairs, pins=np.array([[0, 2, 1]]))
    write_problem(path, Instance(replace(SMALL.problem, orders=orders)))
    assert read_problem(path).problem.orders.forbid_makers.tolist() == pairs.tolist()
    assert read_problem(path).problem.orders.pins.tolist() == [[0, 2, 1]]


def _column(name: str, change: Callable[[Any], Any]) -> Callable[[Arrays], Arrays]:
    return lambda arrays: arrays | {name: change(arrays[name])}


def _without(name: str) -> Callable[[Arrays], Arrays]:
    return lambda arrays: {other: array for other, array in arrays.items() if other != name}


def _header(**said: Any) -> Callable[[Arrays], Arrays]:
    return lambda arrays: arrays | {"header": json.dumps(HEADER | said)}


def _put(at: Any, value: int) -> Callable[[Any], Any]:
    def change(array: Any) -> Any:
        changed = array.astype(np.int64)
        changed[at] = value
        return changed

    return change


BAD_COLUMNS = [
    (_without("orders.pieces"), "orders.pieces is missing; add it"),
    (_without("header"), "header is missing"),
    (_column("orders.pieces", lambda a: a.astype(float)), "orders.pieces: must hold whole numbers, holds float64"),
    (_column("orders.pieces", lambda a: a * np.nan), "orders.pieces: must hold whole numbers, holds float64"),
    (_column("orders.pieces", lambda a: a.astype(str)), "orders.pieces: must hold whole numbers, holds <U"),
    (_column("orders.pieces", lambda a: a.astype(complex)), "orders.pieces: must hold whole numbers, holds complex"),
    (_column("orders.pieces", lambda a: a.astype(object)), "orders.pieces (Python objects are never read)"),
    (_column("orders.pieces", lambda a: a.astype("M8[D]")), "orders.pieces (its header names no plain numbers)"),
    (_column("orders.pieces", lambda a: a[:-1]), "orders.pieces: must have 6 rows, has 5"),
    (_column("orders.pieces", lambda a: a[:, None]), "orders.pieces: must have 1 dimension(s), has 2"),
    (_column("orders.pieces", lambda a: a[0]), "orders.pieces: must have 1 dimension(s), has 0"),
    (_column("orders.pins", lambda a: [[1, 2]]), "orders.pins: must have 3 columns, has 2"),
    (_column("orders.pieces", _put(2, 0)), "orders.pieces row 2: must lie in 1..100000, is 0"),
    (_column("makers.free_seconds", _put((3, 2), -1)), "makers.free_seconds row 3, column 2: must lie in"),
    (_column("lots.available_cm", _put(1, -5)), "lots.available_cm row 1: must lie in 0..10000000000, is -5"),
    (_column("orders.family", _put(0, 64)), "orders.family row 0: must lie in 0..63, is 64"),
    (_column("orders.fixed_brand", _put(4, 3)), "orders.fixed_brand row 4: there is no brand 3, only 3"),
    (_column("orders.pins", lambda a: [[0, 5, 1]]), "orders.pins column 1 row 0: there is no maker 5, only 5"),
    (_column("orders.due_day", _put(1, 0)), "orders.due_day row 1: 0 is before ready_day"),
    (_column("brands.free_pieces", lambda a: a[:, 1:]), "brands.free_pieces: must have 5 weeks"),
    (lambda arrays: arrays | {"orders.peices": [1]}, "orders.peices is not known; perhaps orders.pieces is meant"),
    (lambda arrays: arrays | {"arr_0": [1]}, "arr_0 is not known; perhaps"),
    (lambda arrays: arrays | {"a\nb\x1b[2J": [1]}, "a?b?[2J is not known"),
    (lambda arrays: arrays | {"header": [1, 2]}, "header must be one JSON text"),
    (lambda arrays: arrays | {"header": "{"}, "header is no sound JSON"),
    (lambda arrays: arrays | {"header": "[" * 50_000}, "header is no sound JSON"),
    (lambda arrays: arrays | {"header": '{"format": "a", "format": "b"}'}, "a name stands twice in an object"),
    (lambda arrays: arrays | {"header": '{"version": NaN}'}, "NaN is no number"),
    (lambda arrays: arrays | {"header": "[]"}, "header must be an object"),
    (lambda arrays: arrays | {"header": '{"version": 1}'}, "header.format is missing"),
    (_header(format="other"), "header.format must be clothingline-problem (other)"),
    (_header(version=2), "header.version must be 1 (2)"),
    (_header(version=True), "header.version must be 1 (True)"),
    (_header(unit={}), "header.unit is not known; perhaps header.units is meant"),
    (_header(units={"cloth": "mm"}), "header.units.cloth must be cm (mm)"),
    (_header(text=5), "header.text must be a text (5)"),
    (_header(weeks=6), "header.weeks says 6, the columns come to 5"),
    (_header(weeks=0.5), "header.weeks must be a whole number"),
    (_header(digest="0" * 64), "header.digest says 000"),
    (_header(params={"set_up": 1}), "header.params.set_up is not known; perhaps header.params.set_up_idr is meant"),
    (_header(params={"set_up_idr": -1}), "header.params.set_up_idr must be a whole number in 0..1000000000 (-1)"),
    (_header(params={"set_up_idr": 1e3}), "header.params.set_up_idr must be a whole number"),
    (_header(params={"detour_permille": 10**6}), "header.params.detour_permille must be a whole number in 0..10000"),
    (_header(params={"fairness_permille": 1001}), "fairness_permille is at most 1,000"),
    (_header(params=[]), "header.params must be an object"),
]


@pytest.mark.parametrize(("spoil", "sentence"), BAD_COLUMNS, ids=[sentence for _, sentence in BAD_COLUMNS])
def test_a_bad_column_or_header_has_its_sentence(spoil: Callable[[Arrays], Arrays], sentence: str, path: Path) -> None:
    np.savez(path, **spoil({"header": json.dumps(HEADER), **_columns()}))
    _refused(path, sentence)


@pytest.mark.parametrize("length", [0, 1, 3, 30, 2_000, -1, -30, -2_000])
def test_a_file_that_was_cut_off_is_refused(length: int, path: Path) -> None:
    write_problem(path, SMALL)
    path.write_bytes(path.read_bytes()[:length])
    _refused(path, "is no .npz archive" if length in (0, 1) else "is damaged or cut off")


@pytest.mark.parametrize("content", [b"halo", b"\x93NUMPY\x01\x00", b"{}", b"PKPK" * 99, b"\x80\x04\x95"])
def test_something_else_than_an_archive_is_refused(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    _refused(path, "is damaged or cut off" if content[:2] == b"PK" else "is no .npz archive")


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_a_wrong_byte_is_refused_or_says_the_same(seed: int, path: Path) -> None:
    write_problem(path, SMALL)
    data, draw = bytearray(path.read_bytes()), np.random.default_rng(seed)
    data[int(draw.integers(len(data)))] ^= int(draw.integers(1, 256))
    path.write_bytes(bytes(data))
    assert _read(path) in ("the same", "refused in one line"), f"seed {seed}"


def _read(path: Path) -> str:
    try:
        same = read_problem(path).problem.digest() == SMALL.problem.digest()
    except FileError as error:
        return "refused in one line" if str(error).isprintable() else "refused in many"
    return "the same" if same else "another"


def _npy(header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    return b"\x93NUMPY" + version + len(header).to_bytes(2, "little") + header.encode() + data


def _plain(shape: str, descr: str = "<i8") -> str:
    return f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"


HOSTILE = [
    (_npy(_plain("(1000000000000,)"), bytes(48)), "its length does not fit its shape"),
    (_npy(_plain("(6,)"), bytes(47)), "its length does not fit its shape"),
    (_npy(_plain("(6,)", "z9"), bytes(48)), "numpy knows no z9"),
    (_npy(_plain("(6,)", "|O"), b"\x80\x04N." * 12), "Python objects are never read"),
    (_npy("{'descr': [('a', '<i8')], 'fortran_order': False, 'shape': (6,)}", bytes(48)), "no plain numbers"),
    (_npy("__import__('os').abort()"), "no plain numbers"),
    (_npy(" " * 20_000), "its header is too long"),
    (_npy(_plain("(6,)"), bytes(48), b"\x09\x00"), "no .npy header"),
    (b"", "no .npy header"),
]


@pytest.mark.parametrize(("member", "sentence"), HOSTILE, ids=[sentence for _, sentence in HOSTILE])
def test_a_hostile_array_is_refused_before_anything_is_made_of_it(member: bytes, sentence: str, path: Path) -> None:
    _zip(path, {"orders.pieces.npy": member})
    _refused(path, sentence)


def test_a_bomb_is_refused_by_its_size_before_it_is_unpacked(path: Path) -> None:
    zeros = _npy(_plain("(1000000,)"), bytes(8_000_000))
    _zip(path, {"orders.pieces.npy": zeros})
    assert path.stat().st_size < 40_000
    with pytest.raises(FileError, match="at most 7000000 are read"):
        read_problem(path, most_bytes=7_000_000)


def test_two_columns_of_one_name_are_refused(path: Path) -> None:
    write_problem(path, SMALL)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("orders.pieces.npy", b"")
    _refused(path, "orders.pieces stands twice")


def test_another_way_of_packing_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("orders.pieces.npy", _npy(_plain("(6,)"), bytes(48)))
    _refused(path, "is encrypted or packed in another way")


def test_a_file_that_is_not_there_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.npz", tmp_path):
        with pytest.raises(FileUnreadable, match="cannot be read"):
            read_problem(path)


def test_weights_that_could_not_be_read_again_are_not_written(path: Path) -> None:
    with pytest.raises(FileError, match=r"header\.params\.cushion_days"):
        write_problem(path, replace(SMALL, params=Params(cushion_days=1_000)))
    assert not path.exists()


def test_a_writing_that_fails_leaves_what_was_there(path: Path) -> None:
    write_problem(path, SMALL)
    before = path.read_bytes()
    path.with_name("folder").mkdir()
    for wrong in (path / "inside.npz", path.with_name("nowhere") / "P.npz", path.with_name("folder")):
        with pytest.raises(FileUnreadable, match="cannot be written"):
            write_problem(wrong, SMALL)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["P.npz", "folder"]


def test_every_weight_with_a_bound_of_its_own_is_a_weight() -> None:
    assert set(HIGHEST) <= {one.name for one in fields(Params)}


def _columns() -> Arrays:
    return {name: getattr(getattr(SMALL.problem, name.split(".")[0]), name.split(".")[1]) for name in COLUMNS}


def _zip(path: Path, members: dict[str, bytes]) -> None:
    """A file of good columns in which some members are others."""
    write_problem(path, SMALL)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as good:
        kept = {name: good.read(name) for name in good.namelist()} | members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            archive.writestr(name, data)


def _refused(path: Path, sentence: str) -> None:
    with pytest.raises(FileError, match=re.escape(sentence)) as refused:
        read_problem(path)
    assert refused.value.file == "P.npz"
    for line in (refused.value.indonesian, str(refused.value)):
        assert line.isprintable()
