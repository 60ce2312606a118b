"""Ids: what is written is read again, what is older sorts first, and what is not one of ours is refused."""

from typing import Annotated
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from clothingline.kit import clock, ids

PREFIXES = st.from_regex(r"[a-z]{3}", fullmatch=True)
ANY_UUID = st.integers(0, (1 << 128) - 1).map(lambda number: UUID(int=number))
NOT_LETTERS = st.characters(min_codepoint=1, max_codepoint=0x7F).filter(lambda letter: letter not in ids.ALPHABET)
ORDER = UUID("01980000-0000-7000-8000-00000000002a")


@settings(derandomize=True, deadline=None)
@given(PREFIXES, ANY_UUID)
def test_every_uuid_is_read_from_what_was_written(prefix: str, value: UUID) -> None:
    assert ids.read(prefix, ids.show(prefix, value)) == value


@settings(derandomize=True, deadline=None)
@given(ANY_UUID, ANY_UUID)
def test_ids_sort_as_text_as_they_sort_as_numbers(one: UUID, other: UUID) -> None:
    assert (ids.show("ord", one) < ids.show("ord", other)) == (one < other)


def test_an_id_is_written_as_the_specification_of_typeid_writes_it() -> None:
    assert ids.show("prefix", UUID("01890a5d-ac96-774b-bcce-b302099a8057")) == "prefix_01h455vb4pex5vsknk084sn02q"


def test_later_ids_sort_later(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1_000_000, 1_000_100))
    monkeypatch.setattr(clock, "milliseconds", lambda: next(moments))
    made = [ids.new_id() for _ in range(100)]
    assert made == sorted(made)


def test_an_id_is_a_uuid_of_version_7_that_holds_its_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "milliseconds", lambda: 1_795_000_000_123)
    made = ids.new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == 1_795_000_000_123
    assert made != ids.new_id()


@settings(derandomize=True, deadline=None)
@given(ANY_UUID, st.integers(0, 25), NOT_LETTERS)
def test_a_letter_outside_of_the_alphabet_is_refused(value: UUID, place: int, letter: str) -> None:
    written = list(ids.show("ord", value))
    written[len("ord_") + place] = letter
    with pytest.raises(ValueError, match="Isi id yang diawali ord_"):
        ids.read("ord", "".join(written))


@pytest.mark.parametrize(
    "text",
    [
        ids.show("off", ORDER),
        ids.show("ORD", ORDER),
        ids.show("x_ord", ORDER),
        str(ORDER),
        "ord_",
        "",
        "ord_8zzzzzzzzzzzzzzzzzzzzzzzzz",
        ids.show("ord", ORDER).upper(),
        ids.show("ord", ORDER)[:-1],
        ids.show("ord", ORDER) + "0",
        ids.show("ord", ORDER) + "\n",
    ],
)
def test_a_wrong_prefix_length_or_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Isi id yang diawali ord_"):
        ids.read("ord", text)


def test_a_field_takes_an_id_of_its_own_kind_only_and_writes_it_back() -> None:
    order_id = TypeAdapter(Annotated[UUID, ids.typed("ord")])
    written = ids.show("ord", ORDER)
    assert order_id.validate_python(written) == order_id.validate_python(ORDER) == ORDER
    assert order_id.dump_python(ORDER, mode="json") == written
    with pytest.raises(ValidationError, match="starts with ord_"):
        order_id.validate_python(ids.show("off", ORDER))
