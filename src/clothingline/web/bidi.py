"""Names that are written from right to left: each stands alone, so that the words around it keep their order."""

import re

# Letters of Hebrew, Arabic and their neighbours; a run goes on over blanks and marks between two of them, and ends at
# any other word, for whatever stands in a run is read from right to left.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_FOUND = re.compile(f"[{_LETTERS}]")
_RUN = re.compile(rf"[{_LETTERS}](?:[^<>&\w]*[{_LETTERS}])*")
# Marks that turn the order of whatever follows: nobody types them in a name, except to make it read as another.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Where only text may stand, or none is read; a drawing would not draw what it does not know.
_PLAIN = re.compile(
    r"<(textarea|title|option|script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)


def isolated(page: str) -> str:
    """A page in which every run of such letters in its text is isolated (`<bdi>`), and nothing turns the order."""
    if _TURNING.search(page):
        page = _TURNING.sub("", page)
    return _in_texts(page) if _FOUND.search(page) else page


def _in_texts(page: str) -> str:
    parts, at = [], 0
    for tag in _PLAIN.finditer(page):
        parts += [_RUN.sub(r"<bdi>\g<0></bdi>", page[at : tag.start()]), tag[0]]
        at = tag.end()
    return "".join([*parts, _RUN.sub(r"<bdi>\g<0></bdi>", page[at:])])
