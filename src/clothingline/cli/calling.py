"""Talks to the HTTP API with the token of `clothingline sign-in`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import uuid4

import typer

from clothingline.cli.exits import CONFLICT, FAILED, INFEASIBLE, NOT_FOUND, USAGE, Stop

if TYPE_CHECKING:
    import httpx

DEFAULT_API: Final = "http://127.0.0.1:8000"
SECONDS: Final = 30
PAGE: Final = 100
CODES: Final = {404: NOT_FOUND, 409: CONFLICT, 410: CONFLICT, 422: USAGE, 400: USAGE}
# Refusals that say that nothing fits, whatever their status.
INFEASIBLE_WORDS: Final = frozenset({"no_plan"})

TokenFile = Annotated[
    Path | None, typer.Option("--token-file", help="Berkas token. / File of the token.", show_default=False)
]


def default_token_file() -> Path:
    """Where `sign-in` puts the token when no file is named."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "clothingline" / "token"


def write_token(path: Path, token: str) -> None:
    """Store a token that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(token + "\n")


def read_token(path: Path | None) -> str:
    """The stored token. Raises `Stop` when there is none."""
    chosen = path or default_token_file()
    try:
        return chosen.read_text().strip()
    except OSError as error:
        raise Stop(
            f"token {chosen} tidak terbaca; masuk dengan `clothingline sign-in NOMOR`.",
            "the token cannot be read; sign in with `clothingline sign-in PHONE`.",
        ) from error


class Api:
    """One caller of the API at `CLOTHINGLINE_API`; `token` empty for an anonymous one."""

    def __init__(self, token: str = "") -> None:
        self.url = os.environ.get("CLOTHINGLINE_API", DEFAULT_API).rstrip("/")
        self.token = token

    def get(self, path: str, **asked: object) -> Any:
        """Read. Raises `Stop`."""
        return self._call("GET", path, params={name: value for name, value in asked.items() if value is not None})

    def do(self, method: str, path: str, body: object = None) -> Any:
        """Do, once. Raises `Stop`."""
        return self._call(method, path, json=body, headers={"idempotency-key": str(uuid4())})

    def every(self, path: str, *, limit: int, **asked: object) -> list[dict[str, Any]]:
        """The newest `limit` rows of a list, page by page."""
        rows: list[dict[str, Any]] = []
        cursor: str | None = None
        while len(rows) < limit:
            page = self.get(path, limit=min(PAGE, limit - len(rows)), starting_after=cursor, **asked)
            rows += page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        return rows

    def _call(self, method: str, path: str, *, headers: dict[str, str] | None = None, **rest: Any) -> Any:
        import httpx

        said = {"accept-language": "id", **({"authorization": f"Bearer {self.token}"} if self.token else {})}
        try:
            answer = httpx.request(method, self.url + path, headers=said | (headers or {}), timeout=SECONDS, **rest)
        except httpx.HTTPError as error:
            raise Stop(
                f"{self.url} tidak menjawab ({type(error).__name__}); periksa CLOTHINGLINE_API.",
                "the service does not answer; check CLOTHINGLINE_API.",
            ) from error
        return _content(answer)


def _content(answer: "httpx.Response") -> Any:
    if answer.is_success:
        return answer.json() if answer.content else None
    problem = _problem(answer)
    code = INFEASIBLE if problem.get("code") in INFEASIBLE_WORDS else CODES.get(answer.status_code, FAILED)
    raise Stop(_said(problem) or answer.reason_phrase, str(problem.get("code", answer.status_code)), code=code)


def _said(problem: dict[str, Any]) -> str:
    """What to correct or what happened, and what would help."""
    named = "; ".join(f"{one['pointer']}: {one['message']}" for one in problem.get("errors", ()))
    helps = " ".join(f"Yang membantu: {one['id']}" for one in problem.get("would_help", ()))
    return f"{named or problem.get('detail', '')} {helps}".strip()


def _problem(answer: "httpx.Response") -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def signed_in(token_file: Path | None) -> Api:
    """The API for who has signed in on this machine. Raises `Stop` without a token."""
    return Api(read_token(token_file))
