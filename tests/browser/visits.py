"""Every page of the web with everybody who may see it: from the routes, their policy and the table of examples."""

import re
from dataclasses import dataclass

from clothingline import pages
from clothingline.kit.access import Relation, Role
from clothingline.web.route import PageRoute
from tests.browser import examples

VALUE = re.compile(r"\{(\w+)(?::\w+)?\}")
"""A value in the path of a route; what follows a colon is its kind."""


@dataclass(frozen=True)
class Visit:
    """Somebody of a role (None: nobody who is signed in) looks at the page of a route."""

    route: str
    role: Role | None

    def __str__(self) -> str:
        return f"{self.route} {self.role or 'anybody'}"


def of_pages() -> list[Visit]:
    """One visit per page and role."""
    shown = {path: page for path, page in pages.readable().items() if path not in examples.NO_PAGES}
    found = [Visit(path, role) for path, page in shown.items() for role in roles_of(page)]
    return found + [Visit(*one) for one in examples.BESIDES]


def once_each() -> list[Visit]:
    """One visit per page, by the first role that may see it."""
    return list({visit.route: visit for visit in reversed(of_pages())}.values())[::-1]


def roles_of(page: PageRoute) -> list[Role | None]:
    """Who may look: everybody together where nobody needs to sign in."""
    if Relation.PUBLIC in page.grants.values():
        return [None]
    return [role for role in page.grants if role not in examples.ELSEWHERE.get(page.path, ())]


def without_example() -> list[str]:
    """Values in paths for which no example stands."""
    return [
        f"{{{name}}} of {visit.route}"
        for visit in of_pages()
        for name in names_in(visit.route)
        if examples.of(visit.route, name) is None
    ]


def names_in(route: str) -> list[str]:
    """The names of the values in a path."""
    return VALUE.findall(route)
