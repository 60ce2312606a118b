"""Problems and matchings as files that anybody can write and read: docs/formats/."""

from clothingline.routing.files.faults import AnotherProblem, FileError, FileUnreadable
from clothingline.routing.files.matchings import Claim, findings, read_matching, write_matching
from clothingline.routing.files.problems import Instance, pack, read_problem, unpack, write_problem

__all__ = [
    "AnotherProblem",
    "Claim",
    "FileError",
    "FileUnreadable",
    "Instance",
    "findings",
    "pack",
    "read_matching",
    "read_problem",
    "unpack",
    "write_matching",
    "write_problem",
]
