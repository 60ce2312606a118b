"""The HTTP edge of the ledger, for staff."""

from clothingline.ledger.routes import corrections, exporting, reading
from clothingline.ledger.routes.street import router

__all__ = ["corrections", "exporting", "reading", "router"]
