"""Roles, callers, and how far a caller reaches in one operation.

Relations: `PUBLIC` needs no sign-in · `SELF` the caller's own account · `OWN` rows of the caller's account or
organisation · `ASSIGNED` rows whose work was given to the caller's organisation · `ALL` every row. What a relation
means in SQL is said by the queries of the house, which filter by the caller's `Reach`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from clothingline.kit.errors import NotAllowed, Refusal


class Role(StrEnum):
    """Roles of product section 1; one account may hold several."""

    CONSUMER = "consumer"
    TAILOR = "tailor"
    BRAND_OWNER = "brand_owner"
    BRAND_STAFF = "brand_staff"
    SUPPLIER = "supplier"
    SENTRA_MANAGER = "sentra_manager"
    FIELD_OFFICER = "field_officer"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Relation(StrEnum):
    """How far a role reaches in one operation."""

    PUBLIC = "public"
    SELF = "self"
    OWN = "own"
    ASSIGNED = "assigned"
    ALL = "all"


class SignInNeeded(Refusal):
    """Anda belum masuk. Masuk dengan nomor telepon, lalu ulangi.

    en: You are not signed in. Sign in with your phone number, then repeat.
    """

    status = 401


@dataclass(frozen=True)
class Membership:
    """A role, and the organisation in which it is held (None for consumers and programme staff)."""

    role: Role
    organisation: UUID | None = None


@dataclass(frozen=True)
class Caller:
    """Who asks: an account with its memberships; `account` None is an anonymous caller."""

    account: UUID | None
    memberships: tuple[Membership, ...] = ()
    session: UUID | None = None
    language: str = "en"
    name: str = ""

    @property
    def person(self) -> UUID:
        """The account of a signed-in caller. Raises `SignInNeeded`."""
        if self.account is None:
            raise SignInNeeded
        return self.account

    @property
    def roles(self) -> frozenset[Role]:
        """All roles of the account."""
        return frozenset(one.role for one in self.memberships)


@dataclass(frozen=True)
class Question:
    """What the database is asked about the sender of a request.

    `statement` with its `values` is psycopg's; where it finds somebody, it leaves their account in the setting
    `clothingline.account` of the transaction. `read` says what its row means, and None: nobody.
    """

    statement: str
    values: tuple[Any, ...]
    read: Callable[[tuple[Any, ...] | None], Caller]


@dataclass(frozen=True)
class Reach:
    """What a caller may touch in one operation: every row, or those of its account and organisations by role."""

    everything: bool = False
    account: UUID | None = None
    organisations: Mapping[Role, frozenset[UUID]] = field(default_factory=dict)

    def of(self, *roles: Role) -> frozenset[UUID]:
        """Organisations in which the caller holds one of these roles with a grant in this operation."""
        return frozenset().union(*(self.organisations.get(role, frozenset()) for role in roles))

    @property
    def brands(self) -> frozenset[UUID]:
        """Brands for which the caller may act."""
        return self.of(Role.BRAND_OWNER, Role.BRAND_STAFF)

    @property
    def tailors(self) -> frozenset[UUID]:
        """Workshops for which the caller may act."""
        return self.of(Role.TAILOR)

    @property
    def suppliers(self) -> frozenset[UUID]:
        """Suppliers for which the caller may act."""
        return self.of(Role.SUPPLIER)


def meant(named: UUID | None, own: frozenset[UUID]) -> UUID | None:
    """The organisation that is named, of one's own; unnamed the only one. None where it is neither."""
    if named is not None:
        return named if named in own else None
    return next(iter(own)) if len(own) == 1 else None


Grants = Mapping[Role, Relation]


def reach(grants: Grants, caller: Caller) -> Reach:
    """How far the grants let this caller reach. Raises `SignInNeeded` or `NotAllowed` when nowhere."""
    if Relation.PUBLIC in grants.values():
        return Reach(everything=True, account=caller.account, organisations=_organisations(grants, caller))
    if caller.account is None:
        raise SignInNeeded
    held = [one for one in caller.memberships if one.role in grants]
    if not held:
        raise NotAllowed
    everything = any(grants[one.role] is Relation.ALL for one in held)
    personal = any(one.organisation is None or grants[one.role] is Relation.SELF for one in held)
    return Reach(everything, caller.account if personal else None, _organisations(grants, caller))


def _organisations(grants: Grants, caller: Caller) -> dict[Role, frozenset[UUID]]:
    found: dict[Role, frozenset[UUID]] = {}
    for one in caller.memberships:
        if one.role in grants and one.organisation is not None:
            found[one.role] = found.get(one.role, frozenset()) | {one.organisation}
    return found
