"""Cloth for one piece without a pattern (domain 5). Pure."""

from collections.abc import Iterator

from clothingline.reference import facts
from clothingline.reference.facts import FabricConsumption

REFERENCE_WIDTH_CM = 150
STEP_CM = 5
REFERENCE = "acuan"


def find_piece_cm(
    garment_type: str, *, width_cm: int, variant: str | None = None, size: str | None = None
) -> int | None:
    """Centimetres at a cloth width, without waste: an exact row first, else consumption at 150 cm × 150 / width.

    The scaled figure is rounded up to 5 cm. A row is exact when garment, width, and the variant and size that are asked
    agree; without a variant only the reference row is. None where the garment type has no figure (shoes). Raises
    `UnknownFact` for an unknown type.
    """
    if width_cm <= 0:
        raise ValueError(f"a cloth width is above zero, not {width_cm}")
    kind = facts.garment_types()[garment_type]
    for row in _rows(garment_type, width_cm):
        if _fits(row, variant, size):
            return row.consumption_cm
    at_reference = kind.consumption_at_150_cm
    return None if at_reference is None else -(-at_reference * REFERENCE_WIDTH_CM // (width_cm * STEP_CM)) * STEP_CM


def _rows(garment_type: str, width_cm: int) -> Iterator[FabricConsumption]:
    for row in facts.fabric_consumption().values():
        if row.garment_slug == garment_type and row.fabric_width_cm == width_cm:
            yield row


def _fits(row: FabricConsumption, variant: str | None, size: str | None) -> bool:
    if variant is None:
        return row.variant is None or row.variant.startswith(REFERENCE)
    return row.variant == variant and size in (None, row.size)
