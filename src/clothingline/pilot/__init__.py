"""The pilot: 20 IKM brands, 30 certified tailors, 8 suppliers and the sentra of the data, for the demo.

It uses every house and is used by the edge alone. Persons and firms are invented; see `data/README.md`.
"""

from clothingline.pilot.seeding import seed

__all__ = ["seed"]
