"""Orders are tested on the street of routing."""

from tests.routing.conftest import provider, street

__all__ = ["provider", "street"]
