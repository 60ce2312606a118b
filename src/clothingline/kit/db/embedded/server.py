"""Where a running server can be reached."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from psycopg.conninfo import make_conninfo

SUPERUSER = "postgres"
PORT = 5432  # no TCP: it only names the socket file


@dataclass(frozen=True)
class Server:
    """The address of a server on a unix socket; `superuser` is trusted, the socket's directory is 0700."""

    data_dir: Path
    socket_dir: Path
    port: int = PORT
    superuser: str = SUPERUSER

    def url(self, database: str, user: str | None = None) -> str:
        """The SQLAlchemy address, e.g. `postgresql+psycopg://postgres@/shop?host=/run/x&port=5432`."""
        where = urlencode({"host": str(self.socket_dir), "port": self.port}, safe="/", quote_via=quote)
        return f"postgresql+psycopg://{quote(user or self.superuser, safe='')}@/{quote(database, safe='')}?{where}"

    def dsn(self, database: str = "postgres", user: str | None = None) -> str:
        """The libpq connection string."""
        return make_conninfo(host=str(self.socket_dir), port=self.port, dbname=database, user=user or self.superuser)
