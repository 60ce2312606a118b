"""What tracking refuses."""

from clothingline.kit.errors import Invalid, NotFound, Refusal


class LinkUnknown(NotFound):
    """Tautan ini tidak berlaku lagi. Minta tautan baru kepada yang memesan, atau lacak dengan kode dan nomor HP.

    en: This link does not work any more. Ask whoever ordered for a new one, or track by code and phone number.
    """


class TooManyGuesses(Refusal):
    """Kode atau nomor ini terlalu sering dicoba. Coba lagi satu jam lagi, atau masuk dengan nomor HP.

    en: This code or number was tried too often. Try again in an hour, or sign in with your phone number.
    """

    status = 429
    retryable = True


def no_such_order() -> Invalid:
    """The same for an unknown code and for a number that is not the one of the order."""
    return Invalid(
        "/code",
        "Kode dan nomor HP ini tidak cocok. Periksa keduanya; kodenya ada di kuitansi.",
        "This code and phone number do not match. Check both; the code is on the receipt.",
        code="no_such_order",
    )
