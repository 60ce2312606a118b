"""The database: declarative base, engine, and the one transaction of a request."""

from clothingline.kit.db.locking import Kind, LockOrder, locked
from clothingline.kit.db.session import (
    Database,
    Limits,
    current,
    flush,
    libpq,
    raw_connection,
    transaction,
    use,
    with_commit,
)
from clothingline.kit.db.tables import Base, Followed, Identified, Rupiah, Stamped
from clothingline.kit.db.trip import Listing, Prebuilt, Sent, Trip, trip

__all__ = [
    "Base",
    "Database",
    "Followed",
    "Identified",
    "Kind",
    "Limits",
    "Listing",
    "LockOrder",
    "Prebuilt",
    "Rupiah",
    "Sent",
    "Stamped",
    "Trip",
    "current",
    "flush",
    "libpq",
    "locked",
    "raw_connection",
    "transaction",
    "trip",
    "use",
    "with_commit",
]
