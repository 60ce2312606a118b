"""What people send: payloads without unknown fields, text without control characters, no longer than its column."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")
]


class Input(BaseModel):
    """Payloads refuse what they do not know."""

    model_config = ConfigDict(extra="forbid")
