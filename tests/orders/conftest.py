"""Orders are tested on the street of routing."""

from tests.routing.conftest import owner, provider, street

__all__ = ["owner", "provider", "street"]
