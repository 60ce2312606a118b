"""The closed word lists of the trade: machines, families, fabric classes, each labelled in Indonesian and English."""

from dataclasses import dataclass
from typing import Final

from clothingline.reference.facts.rows import Facts


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a closed list with its labels."""

    slug: str
    name_id: str
    name_en: str


def _words(subject: str, *entries: tuple[str, str, str]) -> Facts[str, Word]:
    return Facts(subject, {slug: Word(slug, name_id, name_en) for slug, name_id, name_en in entries})


# The order is the bit order of a machine set: a word may be added at the end, never moved.
MACHINE_WORDS: Final = _words(
    "machine",
    ("lockstitch", "jarum satu", "lockstitch"),
    ("overlock", "obras", "overlock"),
    ("coverstitch", "kamkut", "coverstitch"),
    ("buttonhole", "lubang kancing", "buttonhole"),
    ("button_attach", "pasang kancing", "button attaching"),
    ("blindstitch", "sum mesin", "blindstitch"),
    ("bartack", "bartack", "bartack"),
    ("embroidery", "bordir", "embroidery"),
    ("fusing_press", "pres perekat", "fusing press"),
    ("steam_iron", "setrika uap", "steam iron"),
    ("post_bed", "jahit tiang", "post bed"),
    ("skiving", "seset", "skiving"),
    ("lasting", "tarik upper", "lasting"),
    ("sole_press", "pres sol", "sole press"),
)
MACHINES: Final = tuple(MACHINE_WORDS)

FAMILY_WORDS: Final = _words(
    "family",
    ("top", "atasan", "top"),
    ("bottom", "bawahan", "bottom"),
    ("dress", "gaun", "dress"),
    ("set", "setelan", "set"),
    ("outerwear", "luaran", "outerwear"),
    ("headwear", "penutup kepala", "headwear"),
    ("footwear", "alas kaki", "footwear"),
)
FAMILIES: Final = tuple(FAMILY_WORDS)

FABRIC_CLASS_WORDS: Final = _words(
    "fabric class",
    ("woven_sheer", "tenun tipis menerawang", "sheer woven"),
    ("woven_light", "tenun ringan", "light woven"),
    ("woven_medium", "tenun sedang", "medium woven"),
    ("woven_heavy", "tenun tebal", "heavy woven"),
    ("knit_light", "rajut ringan", "light knit"),
    ("batik", "batik", "batik"),
    ("lace", "brokat dan renda", "lace"),
    ("suiting", "kain jas", "suiting"),
    ("leather", "kulit", "leather"),
)
FABRIC_CLASSES: Final = tuple(FABRIC_CLASS_WORDS)

# Widths on sale, (narrowest, widest) in centimetres.
CLOTH_WIDTHS_CM: Final = ((90, 90), (110, 115), (140, 142), (150, 152))
