"""What answers in reviews are called."""

from typing import Any, Final

from clothingline.aftersales.zones import NAMES
from clothingline.web.words import later

FITS: Final = {"tight": later("Sempit"), "right": later("Pas"), "loose": later("Longgar")}
NEATNESS: Final = {
    1: later("Tidak rapi"),
    2: later("Kurang rapi"),
    3: later("Cukup rapi"),
    4: later("Rapi"),
    5: later("Sangat rapi"),
}
RATINGS: Final = {
    1: later("Sulit"),
    2: later("Kurang lancar"),
    3: later("Cukup"),
    4: later("Lancar"),
    5: later("Sangat lancar"),
}
KNOWN: Final[dict[str, Any]] = {"zones": NAMES, "fits": FITS, "neatness": NEATNESS, "ratings": RATINGS}
"""What the templates of reviews are given."""
