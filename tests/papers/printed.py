"""Reading a paper as a reader of PDF does."""

import io
import re

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """All text of a PDF, spaces of every kind as one space."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def pages_of(content: bytes) -> int:
    """How many pages."""
    return len(PdfReader(io.BytesIO(content)).pages)


def standard_of(content: bytes) -> tuple[str, str]:
    """(part, conformance) that its XMP metadata state."""
    metadata = PdfReader(io.BytesIO(content)).xmp_metadata
    assert metadata is not None
    said = metadata.stream.get_data().decode()
    part = re.search(r"<pdfaid:part>(\w+)</pdfaid:part>", said)
    conformance = re.search(r"<pdfaid:conformance>(\w+)</pdfaid:conformance>", said)
    assert part is not None
    assert conformance is not None
    return part.group(1), conformance.group(1)
