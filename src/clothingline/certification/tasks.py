"""What certification tidies by the clock."""

from clothingline.certification.models import CertificatePhoto
from clothingline.certification.photos import FOLDER
from clothingline.kit import db, heartbeats, strays

STRAYS = "certification.strays"


async def drop_strays() -> int:
    """Forget the photos of certificates that nobody has shown in the end; returns how many."""
    async with db.transaction() as session:
        if not await heartbeats.due(session, STRAYS, every=strays.EVERY):
            return 0
    return await strays.delete(FOLDER, CertificatePhoto.path)
