"""What people do with body measures."""

from clothingline.measurements.service.knowing import add_person, erase_person, label_of
from clothingline.measurements.service.measuring import (
    PURPOSE,
    Taken,
    confirm_measure,
    open_values,
    read_set,
    store_set,
)

__all__ = [
    "PURPOSE",
    "Taken",
    "add_person",
    "confirm_measure",
    "erase_person",
    "label_of",
    "open_values",
    "read_set",
    "store_set",
]
