"""Every page of the web with everybody who may see it: from the routes and the table of examples."""

import re
from dataclasses import dataclass

from starlette.routing import BaseRoute, Route

from clothingline import pages
from clothingline.kit.access import Role
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
    found = [Visit(route.path, role) for route in routes() for role in roles_of(route)]
    return found + [Visit(*one) for one in examples.BESIDES]


def routes() -> list[Route]:
    """The routes that answer with a page."""
    return [one for one in pages.routes() if is_page(one)]  # type: ignore[misc]  # `is_page` says so


def is_page(route: BaseRoute) -> bool:
    """Whether a browser is shown this."""
    return (
        isinstance(route, Route)
        and "GET" in (route.methods or ())
        and not any(route.path.startswith(path) for path in examples.NO_PAGES)
    )


def roles_of(route: Route) -> tuple[Role | None, ...]:
    """Who may look: as the page itself declares, else as the table of examples says."""
    return examples.LOOKED_AT_BY.get(route.path, (None,))


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
