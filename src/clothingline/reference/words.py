"""Words of the trade's closed lists as Pydantic types, for the schemas of every house."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from clothingline.reference import facts


def word_of(known: Iterable[str]) -> Any:
    """A Pydantic type that takes these words only; the OpenAPI document lists them."""
    words = tuple(known)

    def check(value: str) -> str:
        if value not in words:
            raise PydanticCustomError("literal_error", "Choose one of: {expected}", {"expected": ", ".join(words)})
        return value

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(words)})]


FamilyWord: Any = word_of(facts.FAMILIES)
MachineWord: Any = word_of(facts.MACHINES)
SkillWord: Any = word_of(facts.skills())
SchemeWord: Any = word_of(facts.skkni_schemes())
