"""Cloth for one piece: figures of the file by hand."""

import pytest

from clothingline.garments.configuring import with_waste
from clothingline.garments.consumption import find_piece_cm
from clothingline.reference import facts


@pytest.mark.parametrize(
    ("garment", "width", "variant", "size", "expected"),
    [
        ("kemeja", 112, "formal, lengan panjang", None, 210),  # an exact row
        ("kemeja", 150, "satuan", "XL", 225),  # an exact row of one size
        ("kemeja", 150, None, None, 160),  # the reference row
        ("kemeja", 112, None, None, 215),  # 160 × 150 / 112 = 214.3
        ("kemeja", 115, "satuan", "XL", 210),  # no such row: 160 × 150 / 115 = 208.7
        ("kemeja", 300, None, None, 80),
        ("rok", 127, None, None, 137),  # an exact row without a variant
        ("rok", 115, None, None, 155),  # 116 × 150 / 115 = 151.3
        ("celana", 90, "panjang penuh", None, 297),
        ("gamis", 115, None, None, 395),  # 300 × 150 / 115 = 391.3
        ("sepatu_kulit", 150, None, None, None),
    ],
)
def test_an_exact_row_goes_first_and_else_the_figure_is_scaled_by_width(
    garment: str, width: int, variant: str | None, size: str | None, expected: int | None
) -> None:
    assert find_piece_cm(garment, width_cm=width, variant=variant, size=size) == expected


def test_every_garment_type_but_shoes_has_a_figure_at_every_width_on_sale() -> None:
    for slug, kind in facts.garment_types().items():
        for _, width in facts.CLOTH_WIDTHS_CM:
            assert (find_piece_cm(slug, width_cm=width) is None) == (kind.family == "footwear")


def test_a_width_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="above zero"):
        find_piece_cm("kemeja", width_cm=0)


@pytest.mark.parametrize(
    ("cm", "permille", "expected"), [(160, 90, 175), (160, 50, 170), (100, 50, 105), (100, 0, 100), (1, 0, 5)]
)
def test_cloth_with_its_waste_is_rounded_up_to_five_centimetres(cm: int, permille: int, expected: int) -> None:
    assert with_waste(cm, permille=permille) == expected
