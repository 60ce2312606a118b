"""Ids: UUIDv7 in the database, TypeID on the wire (`ord_01kt08…`), told apart by their prefix."""

import secrets
from typing import Any
from uuid import UUID

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from clothingline.kit import clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_SUFFIX_LENGTH = 26
_EXPECTED = "Isi id yang diawali {0}_, dari daftarnya. (Give an id that starts with {0}_, from its list.)"


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, 74 random bits; later ids sort later."""
    stamp = clock.milliseconds() << 80
    noise = secrets.randbits(74)
    return UUID(int=stamp | 0x7 << 76 | (noise >> 62) << 64 | 0b10 << 62 | noise & ((1 << 62) - 1))


def show(prefix: str, value: UUID) -> str:
    """TypeID of a UUID: prefix, underscore, 26 letters of Crockford's base 32."""
    letters = [ALPHABET[(value.int >> shift) & 31] for shift in range(125, -1, -5)]
    return f"{prefix}_{''.join(letters)}"


def read(prefix: str, text: str) -> UUID:
    """The UUID of a TypeID; `ValueError` when the prefix or a letter is not the expected one."""
    head, _, letters = text.rpartition("_")
    if head != prefix or len(letters) != _SUFFIX_LENGTH or letters[0] > "7":
        raise ValueError(_EXPECTED.format(prefix))
    return UUID(int=_number(letters, prefix))


def _number(letters: str, prefix: str) -> int:
    total = 0
    for letter in letters:
        if letter not in _VALUE:
            raise ValueError(_EXPECTED.format(prefix))
        total = total << 5 | _VALUE[letter]
    return total


class typed:  # noqa: N801  # reads as a word in `Annotated[UUID, typed("ord")]`
    """Marks a UUID that is written `prefix_…` on the wire: `OrderId = Annotated[UUID, typed("ord")]`."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read a TypeID into a UUID (a UUID passes), and write it back."""
        written = core_schema.plain_serializer_function_ser_schema(self._write, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(self._parse, serialization=written)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A string with the pattern of this prefix."""
        return {
            "type": "string",
            "pattern": f"^{self.prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$",
            "description": f"An id that starts with `{self.prefix}_`.",
            "examples": [f"{self.prefix}_01kt08000000000000000000aa"],
        }

    def _parse(self, value: object) -> UUID:
        return value if isinstance(value, UUID) else read(self.prefix, str(value))

    def _write(self, value: UUID) -> str:
        return show(self.prefix, value)
