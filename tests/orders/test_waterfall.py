"""A price is divided to the last rupiah: couriers, cloth, makers, the platform with its tax, the rest to the brand."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clothingline.kit.money import share
from clothingline.orders.errors import SplitExceedsPrice
from clothingline.orders.waterfall import (
    Agreed,
    Claim,
    Part,
    Rates,
    by_code,
    difference,
    most_with_tax,
    reduced,
    replaced,
    waterfall,
)
from clothingline.reference.taxes import Rate, rate_of

PPN = rate_of("ppn", date(2026, 11, 30))
BRAND, SUPPLIER, SITI, LINA = (UUID(int=number) for number in range(1, 5))
SEED = 20_261_130
ALL = ("brand_margin", "platform_fee", "ppn_fee")


def part(payee: UUID, kind: str, number: int, amount: int) -> Part:
    return Part(payee, kind, UUID(int=number), amount)


SHARES = [part(SITI, "share", 10, 400_000), part(LINA, "share", 11, 150_000)]
ORDER = Agreed(1_131_400, 27_000, [part(SUPPLIER, "lot", 20, 290_363)], SHARES, BRAND)


def test_the_fee_and_its_tax_come_out_of_the_margin_and_the_rest_is_the_brands() -> None:
    lines = waterfall(ORDER, Rates(30, PPN))
    assert by_code(lines) == {
        "transport": 27_000,
        "cloth": 290_363,
        "labour": 550_000,
        "platform_fee": 33_132,  # 30 permille of 1,104,400
        "ppn_fee": 3_644,  # 11 % of it, rounded down
        "brand_margin": 227_261,
    }
    assert lines[Claim("labour", SITI, "share", UUID(int=10))] == 400_000
    assert sum(lines.values()) == 1_131_400


def test_the_tax_that_a_taxable_brand_added_pays_no_fee() -> None:
    lines = waterfall(replace(ORDER, price_idr=1_131_400 + 124_454, ppn_idr=124_454), Rates(30, PPN))
    assert (by_code(lines)["ppn"], by_code(lines)["platform_fee"]) == (124_454, 33_132)


def test_a_small_margin_gives_the_largest_fee_that_fits_with_its_tax_and_no_margin_gives_none() -> None:
    for margin in (0, 1, 9, 10, 11, 100, 1_109, 1_110, 1_111):
        lines = waterfall(replace(ORDER, price_idr=867_363 + margin), Rates(999, PPN))
        fee, tax, left = (by_code(lines)[code] for code in ("platform_fee", "ppn_fee", "brand_margin"))
        assert (fee + tax + left, tax) == (margin, PPN.of(fee).tax_idr)
        assert fee + 1 + PPN.of(fee + 1).tax_idr > margin


def test_shares_above_the_price_are_refused() -> None:
    with pytest.raises(SplitExceedsPrice):
        waterfall(replace(ORDER, price_idr=867_362), Rates(30, PPN))


def test_a_dearer_maker_costs_the_brand_alone_and_then_the_platform() -> None:
    before = waterfall(ORDER, Rates(30, PPN))
    other = replace(ORDER, labour=[SHARES[0], part(SITI, "share", 12, 170_000)])
    assert difference(before, replaced(before, other)) == {
        Claim("brand_margin", BRAND): -20_000,
        Claim("labour", LINA, "share", UUID(int=11)): -150_000,
        Claim("labour", SITI, "share", UUID(int=12)): 170_000,
    }
    dearest = replace(ORDER, labour=[SHARES[0], part(SITI, "share", 12, 150_000 + 227_261 + 10_000)])
    after = by_code(replaced(before, dearest))
    assert ("brand_margin" in after, after["platform_fee"], after["ppn_fee"]) == (False, 24_123, 2_653)
    with pytest.raises(SplitExceedsPrice):
        replaced(before, replace(ORDER, labour=[part(SITI, "share", 12, 814_038)]))


def test_a_smaller_price_is_borne_in_proportion_and_only_by_those_who_bear_it() -> None:
    before = waterfall(ORDER, Rates(30, PPN))
    lost = by_code(difference(before, reduced(before, 100_000, ALL)))
    assert lost == {"brand_margin": -86_072, "platform_fee": -12_548, "ppn_fee": -1_380}
    assert by_code(difference(before, reduced(before, 5, ["brand_margin"]))) == {"brand_margin": -5}
    with pytest.raises(SplitExceedsPrice):
        reduced(before, 227_262, ["brand_margin"])


def test_a_hundred_thousand_prices_are_divided_exactly_and_no_order_of_the_parts_counts() -> None:
    print("seed", SEED)
    drawn = random.Random(SEED)
    for _ in range(100_000):
        agreed, rates = _any(drawn), Rates(drawn.choice((0, 1, 30, 100, 999)), PPN)
        lines = waterfall(agreed, rates)
        assert sum(lines.values()) == agreed.price_idr, agreed
        assert min(lines.values()) > 0, agreed
        fee, taxed = by_code(lines)["platform_fee"], agreed.price_idr - agreed.transport_idr - agreed.ppn_idr
        assert fee <= share(taxed, permille=rates.fee_permille), agreed
        turned = replace(agreed, cloth=agreed.cloth[::-1], labour=agreed.labour[::-1])
        assert waterfall(turned, rates) == lines, agreed


def _any(drawn: random.Random) -> Agreed:
    cloth = _parts(drawn, "lot", drawn.randint(0, 2))
    labour = _parts(drawn, "share", drawn.randint(1, 6))
    transport, ppn = drawn.randint(0, 10**6), drawn.choice((0, drawn.randint(0, 10**6)))
    others = sum(one.amount_idr for one in (*cloth, *labour)) + transport + ppn
    return Agreed(others + drawn.choice((0, 1, drawn.randint(0, 10**8))), transport, cloth, labour, BRAND, (), ppn)


def _parts(drawn: random.Random, kind: str, count: int) -> Sequence[Part]:
    payees = (SITI, LINA, SUPPLIER)
    return [part(drawn.choice(payees), kind, drawn.randint(1, 4), drawn.randint(1, 10**7)) for _ in range(count)]


def test_the_largest_fee_with_its_tax_is_found_at_any_rate() -> None:
    print("seed", SEED)
    drawn = random.Random(SEED)
    for _ in range(20_000):
        rate = Rate(drawn.randint(0, 20), 100, drawn.randint(1, 12), 12)
        amount = drawn.choice((drawn.randint(0, 50), drawn.randint(0, 10**12)))
        fee = most_with_tax(amount, rate)
        assert fee + rate.of(fee).tax_idr <= amount < fee + 1 + rate.of(fee + 1).tax_idr, (amount, rate)
