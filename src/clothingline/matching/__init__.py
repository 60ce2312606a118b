"""The matching engine: chooses brand, cloth lot and makers together, with a bound, a certificate and reasons.

Pure: arrays in, plans out; no I/O, no clock, no database. Whole numbers only, seeded.
"""

from .params import Params
from .problem import Brands, Lots, Makers, Orders, Problem
from .quote import quote
from .result import CostParts, Matching, Plan, Share
from .route import route
from .stop import Iterations

__all__ = [
    "Brands",
    "CostParts",
    "Iterations",
    "Lots",
    "Makers",
    "Matching",
    "Orders",
    "Params",
    "Plan",
    "Problem",
    "Share",
    "quote",
    "route",
]
