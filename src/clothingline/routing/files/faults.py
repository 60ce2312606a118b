"""What can be wrong with a file that somebody hands in: one sentence in Indonesian, one in English."""

from collections.abc import Collection
from difflib import get_close_matches

LONGEST = 80


class FileError(ValueError):
    """A file cannot be used; the text names the file, the place in it, and what to do."""

    def __init__(self, file: str, indonesian: str, english: str) -> None:
        super().__init__(f"{file}: {english}")
        self.file, self.indonesian, self.english = file, indonesian, english


class FileUnreadable(FileError):
    """There is no such file or folder, or it may not be used."""


class AnotherProblem(FileError):
    """A matching does not belong to the problem beside it."""


def unreadable(file: str, error: OSError) -> FileUnreadable:
    """The operating system does not hand the file over."""
    why = printable(error.strerror or type(error).__name__)
    return FileUnreadable(file, f"tidak terbaca ({why}); periksa namanya.", f"cannot be read ({why}); check its name.")


def unwritable(file: str, error: OSError) -> FileUnreadable:
    """The operating system does not take the file."""
    why = printable(error.strerror or type(error).__name__)
    return FileUnreadable(file, f"tidak dapat ditulis ({why}).", f"cannot be written ({why}).")


def missing(file: str, place: str, page: str) -> FileError:
    """Something that must be there is not."""
    return FileError(file, f"{place} tidak ada; tambahkan, lihat {page}.", f"{place} is missing; add it, see {page}.")


def unknown(file: str, place: str, known: Collection[str], page: str) -> FileError:
    """Something is there that nobody knows; the nearest known name is given."""
    name = printable(place)
    nearest = get_close_matches(name, known, 1, 0)
    return FileError(
        file,
        f"{name} tidak dikenal; mungkin maksudnya {nearest[0]}, kalau tidak, hapus. Lihat {page}.",
        f"{name} is not known; perhaps {nearest[0]} is meant, else take it out. See {page}.",
    )


def printable(text: str) -> str:
    """A name out of a strange file, fit for one line of a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:LONGEST])
