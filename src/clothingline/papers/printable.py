"""Text of people as a paper can carry it: PDF/A refuses a sign that no font has, and no name may hold up its paper."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from unicodedata import category, normalize

STANDARD: Final = "a-2b"
MISSING: Final = "□"
LATIN_ENDS: Final = 0x250  # everything before it is in the font
UNSEEN: Final = ("Cc", "Cf", "Cn", "Co", "Cs")  # controls, turns of direction, and what is no sign at all
MARKS: Final = ("Mc", "Me", "Mn")
WORD: Final = re.compile(r"\S+")
LONGEST: Final = 40
BREAK_AFTER: Final = 20


def printable(told: Any) -> Any:
    """The same JSON with every text printable: □ for what no font has, nothing for what nobody sees."""
    if isinstance(told, str):
        seen = "".join(sign for sign in normalize("NFC", told) if category(sign) not in UNSEEN)
        return WORD.sub(lambda word: _parted(_word(word.group())), seen)
    if isinstance(told, Mapping):
        return {name: printable(value) for name, value in told.items()}
    if isinstance(told, Sequence):
        return [printable(value) for value in told]
    return told


def _parted(word: str) -> str:
    """A long word with places where its line may end."""
    if len(word) <= LONGEST:
        return word
    return "\u200b".join(word[at : at + BREAK_AFTER] for at in range(0, len(word), BREAK_AFTER))


def _word(word: str) -> str:
    """As it is if it can be printed; else without the signs that cannot; at last with none but Latin ones."""
    if _is_printed(word):
        return word
    some = "".join(sign if _is_printed(sign) else MISSING for sign in word if category(sign) not in MARKS)
    return some if _is_printed(some) else "".join(sign if ord(sign) < LATIN_ENDS else MISSING for sign in word)


@lru_cache(maxsize=4096)
def _is_printed(word: str) -> bool:
    """Whether the fonts of typst have all of it, as it stands together: beyond Latin it is tried, thin and thick."""
    if all(ord(sign) < LATIN_ENDS for sign in word):
        return True
    import typst  # noqa: PLC0415  # as in `rendering`

    tried, said = b"#sys.inputs.word #strong(sys.inputs.word) #text(weight: 600, sys.inputs.word)", {"word": word}
    try:
        typst.compile(tried, sys_inputs=said, ignore_system_fonts=True, pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True
