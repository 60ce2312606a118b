"""The matching engine: chooses brand, cloth lot and makers together, with a bound, a certificate and reasons.

Pure: arrays in, plans out; no I/O, no clock, no database. Whole numbers only, seeded.
"""

from . import (
    compiled,  # noqa: F401 — before any kernel is loaded
    fairness,
)
from .certificate import Certificate, certificate, verify
from .explain import Counterfactual, Explanation, Refusal, explain, refuse
from .index import TooLarge
from .loosen import Loosening, Step
from .openings import Opened, Opening, openings
from .params import Params
from .problem import Brands, Lots, Makers, Orders, Problem
from .result import PAID, CostParts, Matching, Plan, Prices, Share
from .route import route
from .seeking import quote
from .stop import Iterations
from .whynot import WhyNot
from .wide import best

__all__ = [
    "PAID",
    "Brands",
    "Certificate",
    "CostParts",
    "Counterfactual",
    "Explanation",
    "Iterations",
    "Loosening",
    "Lots",
    "Makers",
    "Matching",
    "Opened",
    "Opening",
    "Orders",
    "Params",
    "Plan",
    "Prices",
    "Problem",
    "Refusal",
    "Share",
    "Step",
    "TooLarge",
    "WhyNot",
    "best",
    "certificate",
    "explain",
    "fairness",
    "openings",
    "quote",
    "refuse",
    "route",
    "verify",
]
