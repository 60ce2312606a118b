"""What people send: payloads without unknown fields, text without control characters, no longer than its column."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")
]


class Input(BaseModel):
    """Payloads refuse what they do not know, and take no truth for a number."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _tell_truth_from_numbers(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {
            name: str(value) if isinstance(value, bool) and cls._counts(name) else value
            for name, value in given.items()
        }

    @classmethod
    def _counts(cls, name: str) -> bool:
        """Whether a field takes a number and no truth: Python's own `False` is a 0, JSON's is not."""
        field = cls.model_fields.get(name)
        kinds = set(_kinds(field.annotation)) if field else set()
        return int in kinds and bool not in kinds


def _kinds(annotation: Any) -> Iterator[Any]:
    parts = get_args(annotation)
    yield from (kind for part in parts for kind in _kinds(part)) if parts else (annotation,)
