"""Small trees with one fault each, and small trees that look like a fault and are none."""

from dataclasses import dataclass
from pathlib import Path

from tests.architecture.rules import Rule, doors, engine, habits, shape


@dataclass(frozen=True)
class Planted:
    """Files of a package called `clothingline`, and the rule that has to speak, or to be silent, about them."""

    rule: Rule
    says: str
    files: dict[str, str]

    def plant(self, folder: Path) -> Path:
        root = folder / "clothingline"
        for name, text in self.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return root


def _long_function(lines: int) -> str:
    return "def _place() -> None:\n" + "    pass\n" * lines


FAULTS = (
    Planted(shape.files_are_short, "orders/models.py: 301 lines", {"orders/models.py": "pass\n" * 301}),
    Planted(shape.functions_are_short, "median 7", {"orders/service.py": _long_function(7)}),
    Planted(shape.functions_are_short, "p90 26", {"orders/service.py": _long_function(1) * 3 + _long_function(26)}),
    Planted(shape.modules_are_named_after_the_trade, "orders/utils.py", {"orders/utils.py": ""}),
    Planted(shape.modules_are_named_after_the_trade, "common/money.py", {"common/money.py": ""}),
    Planted(
        shape.services_are_functions,
        "service.py:1 class OrderService",
        {"orders/service.py": "class OrderService:\n    pass\n"},
    ),
    Planted(
        shape.public_things_are_documented,
        "service.py:1 place",
        {"orders/service.py": "async def place() -> None: ...\n"},
    ),
    Planted(shape.public_things_are_documented, "models.py:1 Order", {"orders/models.py": "class Order:\n    pass\n"}),
    Planted(
        doors.private_names_stay_at_home,
        "orders/service.py:1 takes the private clothingline.brands.queries._rows",
        {"orders/service.py": "from clothingline.brands.queries import _rows\n"},
    ),
    Planted(
        doors.private_names_stay_at_home,
        "orders/service.py:2 takes the private clothingline.brands.queries._rows",
        {"orders/service.py": "from clothingline.brands import queries\nqueries._rows()\n"},
    ),
    Planted(
        doors.edges_are_opened_by_the_edge,
        "payments/service.py:1 opens clothingline.orders.routes",
        {"payments/service.py": "from clothingline.orders import routes\n"},
    ),
    Planted(
        doors.edges_are_opened_by_the_edge,
        "payments/tasks.py:1 opens clothingline.orders.tasks.route",
        {"payments/tasks.py": "from clothingline.orders.tasks import route\n"},
    ),
    Planted(engine.the_engine_imports_arrays_only, "quote.py:1 imports scipy", {"matching/quote.py": "import scipy\n"}),
    Planted(
        engine.the_engine_imports_arrays_only,
        "imports pathlib.Path",
        {"matching/quote.py": "from pathlib import Path\n"},
    ),
    Planted(
        engine.kernels_import_arrays_only,
        "imports clothingline.matching.problem.Problem",
        {"matching/kernels/cost.py": "from clothingline.matching.problem import Problem\n"},
    ),
    Planted(
        engine.kernels_are_small,
        "seats.py:1 put: 9 arguments and 1 lines",
        {"matching/kernels/seats.py": "def put(a, b, c, d, e, f, g, h, i): ...\n"},
    ),
    Planted(
        engine.kernels_are_small,
        "seats.py:1 _place: 0 arguments and 61 lines",
        {"matching/kernels/seats.py": _long_function(60)},
    ),
    Planted(engine.the_engine_does_no_input_or_output, "quote.py:1 calls print", {"matching/quote.py": "print(1)\n"}),
    Planted(
        engine.chance_has_a_seed,
        "draws without a seed",
        {"matching/q.py": "from numpy.random import default_rng\ndefault_rng()\n"},
    ),
    Planted(
        engine.chance_has_a_seed,
        "numpy.random.randint",
        {"matching/q.py": "import numpy as np\nnp.random.randint(3)\n"},
    ),
    Planted(habits.only_kit_commits, "service.py:1 says commit", {"orders/service.py": "await session.commit()\n"}),
    Planted(habits.only_kit_commits, "cli/db.py:1 says rollback", {"cli/db.py": "undo = connection.rollback\n"}),
    Planted(
        habits.only_the_clock_reads_the_clock,
        "reads datetime.datetime.now",
        {"orders/service.py": "import datetime as dt\nnow = dt.datetime.now(dt.UTC)\n"},
    ),
    Planted(
        habits.only_the_clock_reads_the_clock, "reads time.time", {"kit/ids.py": "from time import time\ntime()\n"}
    ),
    Planted(
        habits.only_the_clock_reads_the_clock, "time.monotonic", {"orders/tasks.py": "import time\ntime.monotonic()\n"}
    ),
    Planted(
        habits.only_the_clock_reads_the_clock,
        "datetime.date.today",
        {"a/b.py": "from datetime import date\nd = date.today\n"},
    ),
    Planted(
        habits.sql_is_never_built_from_strings, "queries.py:1", {"orders/queries.py": "text(f'SELECT {column}')\n"}
    ),
    Planted(
        habits.sql_is_never_built_from_strings, "queries.py:1", {"orders/queries.py": "s.execute('SELECT ' + column)\n"}
    ),
    Planted(
        habits.sql_is_never_built_from_strings,
        "queries.py:1",
        {"orders/queries.py": "s.execute('SELECT %s' % column)\n"},
    ),
    Planted(
        habits.sql_is_never_built_from_strings,
        "queries.py:1",
        {"orders/queries.py": "text('SELECT {}'.format(column))\n"},
    ),
    Planted(
        habits.sql_is_never_built_from_strings, "queries.py:2", {"orders/queries.py": "q = f'SELECT {c}'\nsa.text(q)\n"}
    ),
    Planted(habits.money_knows_no_float, "ledger.py:1", {"payments/ledger.py": "fee = 0.05\n"}),
    Planted(habits.money_knows_no_float, "ledger.py:1", {"payments/ledger.py": "fee = float(total)\n"}),
    Planted(habits.money_knows_no_float, "money.py:1", {"kit/money.py": "half = total / 2\n"}),
    Planted(habits.money_knows_no_float, "amounts.py:1", {"kit/http/amounts.py": "Amount = float\n"}),
    Planted(habits.money_knows_no_float, "pricing.py:1", {"orders/service/pricing.py": "deposit = price * 0.5\n"}),
    Planted(habits.money_knows_no_float, "book.py:1", {"ledger/book.py": "mean: float = 0\n"}),
    Planted(habits.money_knows_no_float, "split.py:1", {"earnings/split.py": "part = price / makers\n"}),
    Planted(habits.money_knows_no_float, "service.py:1", {"taxes/service.py": "tax = 1.1e1 * base\n"}),
    Planted(habits.money_knows_no_float, "batch.py:2", {"payouts/batch.py": "net = 0\nnet /= 2\n"}),
    Planted(habits.money_knows_no_float, "run.py:1", {"reconciliation/run.py": "off = float(theirs) - ours\n"}),
    Planted(habits.exceptions_say_why, "a.py:1", {"orders/a.py": "import x  # noqa: F401\n"}),
    Planted(habits.exceptions_say_why, "a.py:1", {"orders/a.py": "x = y()  # type: ignore[no-any-return]\n"}),
)

INNOCENT = (
    Planted(engine.kernels_are_small, "", {"matching/kernels/seats.py": _long_function(59)}),
    Planted(shape.files_are_short, "", {"orders/models.py": "pass\n" * 300}),
    Planted(
        shape.functions_are_short, "", {"orders/service.py": '"""."""\n' + _long_function(6) * 9 + _long_function(25)}
    ),
    Planted(
        shape.functions_are_short,
        "",
        {"orders/models.py": 'def pay() -> None:\n    """' + "why\n" * 40 + '    """\n    return\n'},
    ),
    Planted(shape.public_things_are_documented, "", {"orders/models.py": "def _row() -> None: ...\n"}),
    Planted(
        doors.private_names_stay_at_home, "", {"orders/service.py": "from clothingline.orders.models import _Row\n"}
    ),
    Planted(doors.private_names_stay_at_home, "", {"cli/show.py": "from clothingline import __version__\n"}),
    Planted(doors.edges_are_opened_by_the_edge, "", {"reactions.py": "from clothingline.routing import tasks\n"}),
    Planted(doors.edges_are_opened_by_the_edge, "", {"app.py": "from clothingline.orders import routes\n"}),
    Planted(
        engine.the_engine_imports_arrays_only,
        "",
        {"matching/a.py": "import numpy as np\nfrom clothingline.matching import b\n"},
    ),
    Planted(
        engine.chance_has_a_seed, "", {"matching/q.py": "import numpy as np\nnp.random.default_rng(7).integers(3)\n"}
    ),
    Planted(habits.only_kit_commits, "", {"kit/db/session.py": "await session.commit()\n"}),
    Planted(habits.only_the_clock_reads_the_clock, "", {"kit/clock.py": "import time\nnow = time.time()\n"}),
    Planted(habits.only_the_clock_reads_the_clock, "", {"kit/trace.py": "import time\ntime.perf_counter()\n"}),
    Planted(
        habits.sql_is_never_built_from_strings, "", {"a/q.py": "execute(SQL('SELECT {}').format(Identifier(name)))\n"}
    ),
    Planted(habits.sql_is_never_built_from_strings, "", {"a/q.py": "execute(text('SELECT :a'), {'a': f'{b}'})\n"}),
    Planted(
        habits.money_knows_no_float,
        "",
        {
            "payments/ledger.py": "fee = total * 5 // 100\n",
            "web/a.py": "share = 0.5\n",
            "papers/a.py": "file = folder / name\n",
            "kit/money_of_others.py": "share = 0.5\n",
        },
    ),
    Planted(habits.exceptions_say_why, "", {"a/b.py": "import x  # noqa: F401 - the import registers the tables\n"}),
)
