"""What anybody may see of a paper who holds it: enough to compare, nothing about a person."""

from clothingline.kit.clock import local_date
from clothingline.papers.kinds import sheet_of
from clothingline.papers.models import Document
from clothingline.papers.words import amount, day, in_words

DIGITS = 16


def shown(document: Document) -> dict[str, str]:
    """Kind, number, day, big number and the first digits of the digest of a made paper."""
    sheet = sheet_of(document.kind, document.facts)
    return {
        "kind": sheet.title.id,
        "kind_en": sheet.title.en,
        "number": document.number,
        "day": day(local_date(document.created_at)),
        "total_label": sheet.total.id,
        "total_label_en": sheet.total.en,
        "total": amount(sheet.total_idr),
        "in_words": in_words(sheet.total_idr),
        "digest": (document.sha256 or b"").hex()[:DIGITS],
    }
