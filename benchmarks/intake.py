"""Order intake over HTTP: the service and its floors in turn, so that what else the machine does falls on all."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from benchmarks import processes
from benchmarks.ground import HOME, Ground
from benchmarks.load import Request, Seen, Task, send
from benchmarks.processes import Running
from benchmarks.wishes import kind_of, written_by

CONNECTIONS, WARM_UP, COUNTED = 16, 40, 240
ROUNDS, FEWEST_ROUNDS, PATIENCE_SECONDS = 4, 2, 16


@dataclass
class Side:
    """One of those that are compared, and what was seen of it in each round."""

    name: str
    running: Running
    rounds: list[Seen] = field(default_factory=list)
    processor_ms: list[float] = field(default_factory=list)

    def take(self, requests: list[Request]) -> None:
        """One round."""
        before = self.running.processor_seconds()
        seen = send(Task(self.running.ports, CONNECTIONS, WARM_UP, requests))
        spent = self.running.processor_seconds() - before
        assert seen.statuses == {"201": len(requests) - WARM_UP}, f"{self.name}: {seen.statuses}"
        self.rounds.append(seen)
        self.processor_ms.append(spent * 1000 / len(requests))


@dataclass(frozen=True)
class Figures:
    """Medians over the rounds with the lowest and the highest; latencies in milliseconds."""

    per_second: tuple[float, float, float]
    p50: tuple[float, float, float]
    p99: tuple[float, float, float]
    processor_ms: tuple[float, float, float]

    @classmethod
    def of(cls, side: Side) -> "Figures":
        """The figures of a side."""
        return cls(
            _spread([seen.per_second for seen in side.rounds]),
            _spread([quantile(seen.milliseconds, 50) for seen in side.rounds]),
            _spread([quantile(seen.milliseconds, 99) for seen in side.rounds]),
            _spread(side.processor_ms),
        )


@dataclass(frozen=True)
class Compared:
    """The service beside its floors; a share is the median over the rounds of one throughput over the other."""

    service: Figures
    floors: dict[str, Figures]
    shares: dict[str, tuple[float, float, float]]
    rounds: int


def quantile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent of the values lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), max(values)


def measure(ground: Ground, app: Running, wishes: list[dict[str, Any]]) -> dict[str, Compared]:
    """Both comparisons: as it is, and with the notification of open streams switched off for all."""
    told = _tell(ground, app, wishes)
    with processes.floor(told, "fastapi") as endpoint, processes.floor(told, "asgi") as bare:
        floors = {"bare FastAPI endpoint": endpoint, "plain ASGI": bare}
        for floor in floors.values():
            _check_same_rows(ground, app, floor, wishes)
        found = {"as it is": _compare(ground, app, floors, wishes)}
        with _without_notification(ground):
            found["without notification"] = _compare(ground, app, floors, wishes)
    return found


def _tell(ground: Ground, app: Running, wishes: list[dict[str, Any]]) -> Path:
    """Write down what the floor may not find out: one order of each kind is placed, and its rows are read."""
    kinds = {kind_of(wish): wish for wish in wishes}
    send(Task(app.ports, 1, 0, [_request(ground, 0, wish) for wish in kinds.values()]))
    file = HOME / "floor.json"
    accounts = {one.token: str(one.account) for one in ground.consumers}
    bodies = {one.body: _uuid(ground, one.account) for one in ground.consumers}
    file.write_text(json.dumps({"accounts": accounts, "bodies": bodies, "kinds": _kinds(ground)}, default=str))
    return file


def _uuid(ground: Ground, account: Any) -> Any:
    query = "SELECT measurement_set.id FROM measurement_set JOIN person ON person.id = person_id WHERE account_id = %s"
    with ground.connect() as connection:
        return connection.execute(query, (account,)).fetchone()[0]  # type: ignore[index]  # every consumer is measured


def _kinds(ground: Ground) -> dict[str, Any]:
    query = """
        SELECT slug || CASE WHEN measurement_set_id IS NULL THEN ' run' ELSE ' single' END AS kind,
               to_jsonb(order_line) AS line, convert_from(body, 'UTF8')::jsonb AS answer
          FROM order_line JOIN design ON design.id = design_id JOIN orders ON orders.id = order_id
          JOIN idempotency_key ON convert_from(body, 'UTF8')::jsonb ->> 'code' = orders.code
    """
    with ground.connect() as connection:
        return {kind: {"line": line, "answer": answer} for kind, line, answer in connection.execute(query)}


def _request(ground: Ground, number: int, wish: dict[str, Any]) -> Request:
    one = ground.consumers[number % len(ground.consumers)]
    return Request(one.token, "/v1/orders", written_by(one.body, wish).decode())


def _check_same_rows(ground: Ground, app: Running, floor: Running, wishes: list[dict[str, Any]]) -> None:
    """One order of each kind at both: every column that is neither an id, a code nor a time must be the same."""
    kinds = list({kind_of(wish): wish for wish in wishes}.values())
    asked = [_request(ground, 1, wish) for wish in kinds]
    service, bare = [_written(ground, side, asked) for side in (app, floor)]
    assert service == bare, f"the floor writes other rows:\n{service}\n{bare}"


def _written(ground: Ground, side: Running, asked: list[Request]) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Rows added by table, and the newest orders with all that was written beside them."""
    with ground.connect() as connection:
        before = _counts(connection)
        send(Task(side.ports, 1, 0, asked))
        added = {table: count - before[table] for table, count in _counts(connection).items()}
        return added, _newest(connection, len(asked))


def _counts(connection: psycopg.Connection) -> dict[str, int]:
    query = """
        SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM order_line) AS order_line,
               (SELECT count(*) FROM event) AS event, (SELECT count(*) FROM procrastinate_jobs) AS jobs,
               (SELECT count(*) FROM idempotency_key) AS idempotency_key
    """
    return connection.cursor(row_factory=dict_row).execute(query).fetchone() or {}


def _newest(connection: psycopg.Connection, count: int) -> list[dict[str, Any]]:
    query = """
        SELECT to_jsonb(orders) - ARRAY['id', 'code', 'created_at', 'state_at'] AS orders,
               to_jsonb(order_line) - ARRAY['id', 'order_id'] AS order_line,
               to_jsonb(event) - ARRAY['id', 'seq', 'at', 'request', 'facts'] AS event,
               ARRAY(SELECT jsonb_object_keys(event.facts)) AS facts,
               to_jsonb(kept) - ARRAY['key', 'created_at', 'body'] AS kept, length(kept.body) AS answer
          FROM orders JOIN order_line ON order_id = orders.id
          JOIN event ON event.facts ->> 'order_id' = orders.id::text
          JOIN idempotency_key AS kept ON convert_from(kept.body, 'UTF8')::jsonb ->> 'code' = orders.code
         ORDER BY orders.id DESC LIMIT %s
    """
    return connection.cursor(row_factory=dict_row).execute(query, (count,)).fetchall()


def _compare(ground: Ground, app: Running, floors: dict[str, Running], wishes: list[dict[str, Any]]) -> Compared:
    service, *bare = sides = [Side(name, running) for name, running in {"service": app, **floors}.items()]
    requests = [_request(ground, number, wish) for number, wish in enumerate(wishes[: WARM_UP + COUNTED])]
    until = time.monotonic() + PATIENCE_SECONDS
    for turn in range(ROUNDS):
        if turn >= FEWEST_ROUNDS and time.monotonic() > until:
            break  # a busy machine gets fewer rounds; the report says how many
        for side in sides if turn % 2 == 0 else reversed(sides):
            side.take(requests)
    figures, shares = {one.name: Figures.of(one) for one in bare}, {one.name: _share(service, one) for one in bare}
    return Compared(Figures.of(service), figures, shares, len(service.rounds))


def _share(service: Side, floor: Side) -> tuple[float, float, float]:
    return _spread([one.per_second / other.per_second for one, other in zip(service.rounds, floor.rounds, strict=True)])


@contextmanager
def _without_notification(ground: Ground) -> Iterator[None]:
    """Transactions that notify commit one at a time in PostgreSQL; this shows what each side can do apart from that."""
    with ground.connect() as connection:
        connection.execute("ALTER TABLE event DISABLE TRIGGER tell_of_event")
        yield
        connection.execute("ALTER TABLE event ENABLE TRIGGER tell_of_event")
