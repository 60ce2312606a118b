"""Values that break programs, and where in a body, a query or a header they can stand."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Document = dict[str, Any]
Pointer = tuple[str | int, ...]

TEXTS = (
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202egnirts",
    "a\u200db",
    "a\r\nSet-Cookie: x=1",
    "x" * 200_000,
    "{{7*7}}${7*7}",
    "=cmd()|'/C calc'!A1",
    "../../etc/passwd",
    "*)(uid=*",
    "'; DROP TABLE orders; --",
    "<script>alert(1)</script>",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "1e400",
    "٣",
    "",
    " ",
)
NUMBERS = (
    -1,
    0,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    2**53 + 1,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    10**400,
    1.5,
    1e308,
    float("nan"),
    float("inf"),
    float("-inf"),
)
OTHERS: tuple[Any, ...] = (None, True, [], {}, [[]], {"\ud800": "\x00"}, "text", 7)
VALUES: tuple[Any, ...] = (*TEXTS, *NUMBERS, *OTHERS)

BODIES: dict[str, tuple[bytes, bytes]] = {
    "nothing": (b"application/json", b""),
    "null": (b"application/json", b"null"),
    "a list": (b"application/json", b"[]"),
    "a text": (b"application/json", b'"text"'),
    "not a number": (b"application/json", b"NaN"),
    "half an object": (b"application/json", b'{"a":'),
    "invalid UTF-8": (b"application/json", b'{"\xff\xfe": "\xc3\x28"}'),
    "UTF-16": (b"application/json", '{"a": 1}'.encode("utf-16")),
    "a byte order mark": (b"application/json", b"\xef\xbb\xbf{}"),
    "deep nesting": (b"application/json", b"[" * 100_000 + b"]" * 100_000),
    "deep objects": (b"application/json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "ten thousand digits": (b"application/json", b'{"a": ' + b"9" * 10_000 + b"}"),
    "twice the same key": (b"application/json", b'{"name": "a", "name": "b"}'),
    "an unknown key without a form": (b"application/json", b'{"\\ud800": 1, "\\u0000": 2}'),
    "a form": (b"application/x-www-form-urlencoded", b"a=1&a=2"),
    "parts": (b"multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"),
    "another type": (b"text/plain", b"{}"),
    "an odd type": (b"application/json; charset=\xff", b"{}"),
}
HEADERS_READ = (b"idempotency-key", b"authorization", b"accept-language", b"request-id", b"content-type", b"cookie")
HEADERS = (b"\xff\xfe", b"\x00", b"a\tb", b"x" * 60_000, "é".encode(), b"", b"%00", b"' OR 1=1 --")


def fields(schema: Document, components: Document, at: Pointer = ()) -> Iterator[Pointer]:
    """Where a text or a number stands in a body of this schema; of a list its first element."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rsplit("/", 1)[-1]]
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from fields(choice, components, at)
    if schema.get("type") in ("string", "integer", "number") or "const" in schema or "enum" in schema:
        yield at
    for name, one in schema.get("properties", {}).items():
        yield from fields(one, components, (*at, name))
    if "items" in schema:
        yield from fields(schema["items"], components, (*at, 0))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from fields(schema["additionalProperties"], components, (*at, "kunci\x00"))


def put(body: Any, at: Pointer, value: Any) -> Any:
    """A copy of a body with a value at a place; what is missing on the way is made."""
    if not at:
        return value
    made = deepcopy(body)
    if isinstance(at[0], int):
        made = made if isinstance(made, list) and made else [None]
    elif not isinstance(made, dict):
        made = {}
    inner = made[at[0]] if isinstance(at[0], int) else made.get(at[0])
    made[at[0]] = put(inner, at[1:], value)
    return made


def written(at: Pointer) -> str:
    """The JSON pointer of a place."""
    return "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in at)
