"""What a courier charges for: the larger of scale and volume, by the carrier's own rule (domain 12)."""

from clothingline.reference import facts
from clothingline.reference.facts import CourierRule

KILOGRAM = 1000


class VolumeRuleUnknown(ValueError):
    """The divisor of this service is not known, so the volume of a parcel says nothing about its price."""


def find_rule(carrier: str) -> CourierRule | None:
    """The rule of a carrier and service written together, as in `JNE REG`; letter case aside."""
    named = {f"{one.carrier} {one.service}".casefold(): one for one in facts.courier_rules().values()}
    return named.get(" ".join(carrier.split()).casefold())


def chargeable_g(rule: CourierRule, *, weight_g: int, size_cm: tuple[int, int, int] | None = None) -> int:
    """Grams that are charged for a parcel of `weight_g` and, if known, length × width × height.

    Volume in cm³ over the divisor is kilograms; the larger of volume and scale counts, at least the first weight.
    With a tolerance, a started kilogram counts only beyond it (JNE: 1.3 kg → 1, 1.31 kg → 2); without rounding, grams
    count as they are; where the rounding is not known, a started kilogram counts. Raises `VolumeRuleUnknown`.
    """
    heavier = max(weight_g, _volumetric_g(rule, size_cm) if size_cm else 0)
    return max(rule.min_charge_g, _rounded(rule, heavier))


def _volumetric_g(rule: CourierRule, size_cm: tuple[int, int, int]) -> int:
    if rule.volumetric_divisor is None:
        raise VolumeRuleUnknown(f"{rule.carrier} {rule.service}")
    length, width, height = size_cm
    return -(-length * width * height * KILOGRAM // rule.volumetric_divisor)


def _rounded(rule: CourierRule, grams: int) -> int:
    if rule.rounding == "none":
        return grams
    whole, rest = divmod(grams, KILOGRAM)
    return (whole + (rest > (rule.tolerance_g or 0))) * KILOGRAM
