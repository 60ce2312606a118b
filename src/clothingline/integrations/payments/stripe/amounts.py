"""The only place that knows that Stripe counts rupiah in hundredths."""

from clothingline.integrations.payments.faults import NotWholeRupiah

HUNDREDTHS = 100


def hundredths_of(amount_idr: int) -> int:
    """Whole rupiah as Stripe counts them."""
    return amount_idr * HUNDREDTHS


def rupiah_in(hundredths: int) -> int:
    """What Stripe has counted, in whole rupiah. Raises `NotWholeRupiah`: nothing is rounded."""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    if rest:
        raise NotWholeRupiah(f"{hundredths} / {HUNDREDTHS}")
    return whole
