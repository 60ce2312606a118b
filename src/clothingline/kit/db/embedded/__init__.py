"""The PostgreSQL that comes with the package: `with acquire(root) as lease: connect(lease.server.dsn())`.

One directory is one server. Every process that uses it holds a lease; the first one starts the server, the last one
stops it.
"""

from clothingline.kit.db.embedded.errors import EmbeddedServerError
from clothingline.kit.db.embedded.lease import Lease, acquire
from clothingline.kit.db.embedded.server import Server

__all__ = ["EmbeddedServerError", "Lease", "Server", "acquire"]
