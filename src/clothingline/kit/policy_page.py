"""The page in the documents that shows who may do what, made from the policy table."""

from clothingline.kit.access import Grants, Relation, Role
from clothingline.kit.policy import TABLE

HEAD = """# Who may do what

Made from `clothingline/kit/policy.py` by `clothingline api docs`; a test holds the two together.

`public` needs no sign-in · `self` rows of the caller's account · `own` rows of the caller's account or organisation ·
`assigned` rows whose work was given to the caller's organisation · `all` every row · `–` refused with 403.
Where a row is out of reach the answer is the 404 of a row that does not exist. Without a sign-in it is 401.
"""


def as_markdown() -> str:
    """The table with one line for each operation."""
    lines = [_line(["operation", *(role.value for role in Role)]), _line(["---"] * (len(Role) + 1))]
    lines += [_line([f"`{operation}`", *_cells(grants)]) for operation, grants in sorted(TABLE.items())]
    return HEAD + "\n" + "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(grants: Grants) -> list[str]:
    return [_word(grants.get(role)) for role in Role]


def _word(relation: Relation | None) -> str:
    return relation.value if relation else "–"
