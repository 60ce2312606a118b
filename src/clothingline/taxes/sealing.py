"""Ciphertext of tax numbers and of the addresses that go with them, under a key of the installation for this purpose.

The associated data names the organisation, so that a number that was moved to another seller's row does not open.
"""

from uuid import UUID

from clothingline.accounts.secrets import root_secret
from clothingline.kit.sealing import derived_key, seal, unseal
from clothingline.taxes.errors import TaxProfileUnreadable


def seal_taxpayer(organisation_id: UUID, number: str) -> bytes:
    """NPWP or NIK of a seller."""
    return seal(_key(), number.encode(), b"taxpayer" + organisation_id.bytes)


def open_taxpayer(organisation_id: UUID, sealed: bytes) -> str:
    """The number. Raises `TaxProfileUnreadable`."""
    return _open(sealed, b"taxpayer" + organisation_id.bytes)


def seal_address(organisation_id: UUID, address: str) -> bytes:
    """Where the seller is registered."""
    return seal(_key(), address.encode(), b"address" + organisation_id.bytes)


def open_address(organisation_id: UUID, sealed: bytes) -> str:
    """The address. Raises `TaxProfileUnreadable`."""
    return _open(sealed, b"address" + organisation_id.bytes)


def _open(sealed: bytes, about: bytes) -> str:
    try:
        return unseal(_key(), sealed, about).decode()
    except ValueError as error:
        raise TaxProfileUnreadable from error


def _key() -> bytes:
    return derived_key(root_secret(), b"taxes/taxpayer/1")
