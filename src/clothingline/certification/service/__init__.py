"""What is done with certificates: shown by photo, claimed in words, decided by a person."""

from clothingline.certification.service.claiming import (
    claim_certificate,
    refuse_certificate,
    revoke_certificate,
    verify_certificate,
)
from clothingline.certification.service.showing import ask_for_photo, read_shown, refuse_shown, show_certificate

__all__ = [
    "ask_for_photo",
    "claim_certificate",
    "read_shown",
    "refuse_certificate",
    "refuse_shown",
    "revoke_certificate",
    "show_certificate",
    "verify_certificate",
]
