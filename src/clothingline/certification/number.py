"""What can be told from a certificate's number and dates alone. Pure; a warning is for the verifying person."""

from datetime import date
from typing import Final

from clothingline.certification.models import Certificate
from clothingline.reference import facts

NUMBER_FORM: Final = r"^\d{5} \d{4}( \d)? \d{7} \d{4}$"
# Assumed: the number of somebody who makes clothes begins with the KBLI code of konveksi or of tailoring.
EXPECTED_PREFIXES: Final = ("14111", "14120")
USUAL_YEARS: Final = 3


def warnings(certificate: Certificate) -> list[str]:
    """`unexpected_prefix`, `unusual_validity`: never a reason to refuse by themselves."""
    found = {
        "unexpected_prefix": not certificate.number.startswith(EXPECTED_PREFIXES),
        "unusual_validity": certificate.valid_until > _usual_end(certificate),
    }
    return [name for name, holds in found.items() if holds]


def _usual_end(certificate: Certificate) -> date:
    """Certificates hold three years (domain 2) unless the scheme says otherwise; 29 February ends on 1 March."""
    years = facts.skkni_schemes()[certificate.scheme_id].validity_years or USUAL_YEARS
    issued = certificate.issued_on
    if (issued.month, issued.day) == (2, 29):
        return date(issued.year + years, 3, 1)
    return issued.replace(year=issued.year + years)
