"""Who is who in the pilot: the people whom the demo, the docs and the tests call by name. Each signs in by phone."""

from dataclasses import dataclass
from typing import Final

from clothingline.kit.access import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the pilot; `brand`, `supplier` (slugs) say for whom a person acts."""

    name: str
    phone: str
    role: Role
    brand: str | None = None
    supplier: str | None = None


RINA: Final = Person("Rina Kartika", "0812-0000-4001", Role.CONSUMER)
"""Lives in Kota Bandung and wants a kebaya made to measure."""
COORDINATOR: Final = Person("Bayu Nugraha", "0812-0000-4002", Role.CONSUMER)
"""Orders batik shirts by size for an office."""
HURRIED: Final = Person("Maya Lestari", "0812-0000-4003", Role.CONSUMER)
"""Wants more jackets, and sooner, than anybody can make."""
ADMIN: Final = Person("Wahyu Admaja", "0812-0000-9001", Role.ADMIN)
SECOND_ADMIN: Final = Person("Sekar Ayuningtyas", "0812-0000-9002", Role.ADMIN)
FIELD_OFFICER: Final = Person("Dian Permatasari", "0812-0000-9003", Role.FIELD_OFFICER)
AUDITOR: Final = Person("Retno Auditiani", "0812-0000-9005", Role.AUDITOR)
SENTRA_MANAGER: Final = Person("Rahmat Hidayat", "0812-0000-9011", Role.SENTRA_MANAGER)
KEBAYA_OWNER: Final = Person("Ratna Kusumawati", "0812-0000-1001", Role.BRAND_OWNER, brand="kebaya-rengganis")
BATIK_OWNER: Final = Person("Hendra Gunawan", "0812-0000-1002", Role.BRAND_OWNER, brand="wastra-curug")
JACKET_OWNER: Final = Person("Rudi Hartono Wijaya", "0812-0000-1007", Role.BRAND_OWNER, brand="cikapundung-luar")
CLOTH_SELLER: Final = Person("Lim Hendra", "0812-0000-3001", Role.SUPPLIER, supplier="pasar-baru-makmur")
SITI: Final = Person("Siti Rahayu", "0812-0000-2001", Role.TAILOR)
UJANG: Final = Person("Ujang Sumarna", "0812-0000-2002", Role.TAILOR)
TATI: Final = Person("Tati Nurhayati", "0812-0000-2010", Role.TAILOR)
"""Her certificate of machine work ends 20 days after the seed."""
WAWAN: Final = Person("Wawan Setiawan", "0812-0000-2011", Role.TAILOR)
"""His certificate of machine work has ended."""
LILIS: Final = Person("Lilis Karlina", "0812-0000-2012", Role.TAILOR)
"""Her certificate of machine work waits for an officer."""

EVERYBODY: Final = (
    RINA,
    COORDINATOR,
    HURRIED,
    ADMIN,
    SECOND_ADMIN,
    FIELD_OFFICER,
    AUDITOR,
    SENTRA_MANAGER,
    KEBAYA_OWNER,
    BATIK_OWNER,
    JACKET_OWNER,
    CLOTH_SELLER,
    SITI,
    UJANG,
    TATI,
    WAWAN,
    LILIS,
)
