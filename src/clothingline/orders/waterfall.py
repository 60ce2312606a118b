"""How the price of an order is divided, to the last rupiah. Pure: rows are written by `service.pricing`.

In this order: couriers, cloth, makers, machines, the tax of the sale, the platform's fee with its own tax, and the rest
is the brand's. Rates are used once, when the price is frozen; whatever changes later is a difference of amounts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.money import share, split_among
from clothingline.orders.errors import SplitExceedsPrice
from clothingline.reference.taxes import Rate

CODES = ("transport", "cloth", "labour", "machine", "brand_margin", "platform_fee", "ppn_fee", "ppn")
FEES = ("platform_fee", "ppn_fee")


@dataclass(frozen=True)
class Claim:
    """One purpose of a price: what for, whose, and for which thing. Couriers, the platform and the state have no id."""

    code: str
    payee_id: UUID | None = None
    source_type: str | None = None
    source_id: UUID | None = None


@dataclass(frozen=True)
class Part:
    """What one party is to get for one thing, in whole rupiah: a share of the sewing, a lot of cloth, a machine."""

    payee: UUID
    source_type: str
    source_id: UUID
    amount_idr: int


@dataclass(frozen=True)
class Rates:
    """What is taken on the day on which the price is frozen."""

    fee_permille: int
    ppn: Rate


@dataclass(frozen=True)
class Agreed:
    """What stands before anybody takes a part of the margin. `ppn_idr` was added on top by a taxable brand."""

    price_idr: int
    transport_idr: int
    cloth: Sequence[Part]
    labour: Sequence[Part]
    brand: UUID
    machine: Sequence[Part] = ()
    ppn_idr: int = 0

    def margin(self) -> int:
        """What is left for platform and brand (≥ 0). Raises `SplitExceedsPrice`."""
        others = sum(part.amount_idr for part in (*self.cloth, *self.labour, *self.machine))
        left = self.price_idr - self.transport_idr - self.ppn_idr - others
        if left < 0:
            raise SplitExceedsPrice(short_idr=-left)
        return left


Lines = Mapping[Claim, int]


def waterfall(agreed: Agreed, rates: Rates) -> Lines:
    """Rupiah by claim, none of them 0; they add up to the price exactly. Raises `SplitExceedsPrice`."""
    margin = agreed.margin()
    wished = share(agreed.price_idr - agreed.transport_idr - agreed.ppn_idr, permille=rates.fee_permille)
    fee = min(wished, most_with_tax(margin, rates.ppn))
    return _lines(agreed, fee, rates.ppn.of(fee).tax_idr, margin)


def most_with_tax(amount_idr: int, rate: Rate) -> int:
    """The largest fee that fits into an amount together with its tax."""
    whole = rate.den * rate.base_den
    fee = amount_idr * whole // (whole + rate.num * rate.base_num)
    # The tax is rounded down, so one rupiah more may fit; two never do.
    return fee + (fee + 1 + rate.of(fee + 1).tax_idr <= amount_idr)


def replaced(present: Lines, agreed: Agreed) -> Lines:
    """The lines when parties were replaced at the same price: the brand bears the difference, then the platform.

    The fee stays what it was, and shrinks only when nothing else is left. No rate is read. Raises `SplitExceedsPrice`.
    """
    margin, frozen = agreed.margin(), by_code(present)
    fees = {code: frozen[code] for code in FEES}
    if sum(fees.values()) > margin:
        fees = split_among(margin, fees)
    return _lines(agreed, fees["platform_fee"], fees["ppn_fee"], margin)


def reduced(present: Lines, amount_idr: int, bearers: Iterable[str]) -> Lines:
    """The lines when the price falls and the bearing codes lose in proportion. Raises `SplitExceedsPrice`."""
    codes = set(bearers)
    weights = {_key(claim): amount for claim, amount in present.items() if claim.code in codes and amount > 0}
    if amount_idr > sum(weights.values()):
        raise SplitExceedsPrice(short_idr=amount_idr - sum(weights.values()))
    lost = split_among(amount_idr, weights) if weights else {}
    return {claim: amount - lost.get(_key(claim), 0) for claim, amount in present.items()}


def difference(present: Lines, wanted: Lines) -> Lines:
    """What has to be added to the present lines, claim by claim, to make them the wanted ones."""
    deltas = {claim: wanted.get(claim, 0) - present.get(claim, 0) for claim in {*present, *wanted}}
    return {claim: deltas[claim] for claim in sorted(deltas, key=_key) if deltas[claim]}


def by_code(lines: Lines) -> Counter[str]:
    """Rupiah by code."""
    sums = Counter[str]()
    for claim, amount in lines.items():
        sums[claim.code] += amount
    return sums


def _lines(agreed: Agreed, fee: int, tax_of_fee: int, margin: int) -> Lines:
    lines = Counter[Claim]()
    lines[Claim("transport")] = agreed.transport_idr
    for code, parts in (("cloth", agreed.cloth), ("labour", agreed.labour), ("machine", agreed.machine)):
        for part in parts:
            lines[Claim(code, part.payee, part.source_type, part.source_id)] += part.amount_idr
    lines[Claim("brand_margin", agreed.brand)] = margin - fee - tax_of_fee
    lines[Claim("platform_fee")], lines[Claim("ppn_fee")] = fee, tax_of_fee
    lines[Claim("ppn")] = agreed.ppn_idr
    return {claim: amount for claim, amount in lines.items() if amount}


def _key(claim: Claim) -> tuple[str, ...]:
    # Ids that are missing sort before those that are there.
    return (claim.code, str(claim.payee_id or ""), claim.source_type or "", str(claim.source_id or ""))
