"""The import contracts of pyproject.toml, run on a small street: kept as it stands, broken by each planted fault."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]

STREET = {
    "__init__.py": "",
    "cli/__init__.py": "from clothingline import app, matching\n",
    "app.py": "from fastapi import FastAPI\nfrom clothingline.orders import routes\n",
    "worker.py": "from clothingline import reactions\n",
    "reactions.py": "from clothingline.routing import tasks\n",
    "payments/__init__.py": "",
    "payments/service.py": "from clothingline.orders import queries\n",
    "routing/__init__.py": "",
    "routing/tasks.py": "from clothingline import matching\n",
    "orders/__init__.py": "",
    "orders/models.py": "import sqlalchemy\nfrom clothingline.kit import errors\n",
    "orders/queries.py": "from clothingline.orders import models\n",
    "orders/service/__init__.py": "from clothingline.orders.service import placing\n",
    "orders/service/placing.py": "from clothingline.orders import queries\n",
    "orders/routes.py": "from fastapi import APIRouter\nfrom clothingline.orders import service\n",
    "brands/__init__.py": "",
    "tailors/__init__.py": "",
    "matching/__init__.py": "from clothingline.matching import quote\n",
    "matching/quote.py": "import numpy\n",
    "settings.py": "",
    "kit/__init__.py": "",
    "kit/errors.py": "",
    "kit/http.py": "import starlette\nfrom clothingline.kit import errors\n",
}

FAULTS = [
    pytest.param("street", "orders/models.py", "import clothingline.payments.service\n", id="an import uphill"),
    pytest.param("street", "kit/errors.py", "import clothingline.orders.models\n", id="kit knows a house"),
    pytest.param("street", "tailors/models.py", "import clothingline.brands\n", id="siblings know each other"),
    pytest.param("street", "worker.py", "import clothingline.app\n", id="worker and app know each other"),
    pytest.param("street", "misplaced.py", "", id="a package without a place"),
    pytest.param("rooms", "orders/models.py", "import fastapi\n", id="a model imports fastapi"),
    pytest.param("rooms", "orders/queries.py", "import starlette\n", id="a query imports starlette"),
    pytest.param(
        "rooms", "payments/service.py", "import clothingline.kit.http\n", id="a service reaches HTTP through kit"
    ),
    pytest.param("rooms", "orders/service/placing.py", "import fastapi\n", id="a split service imports fastapi"),
    pytest.param(
        "wall", "payments/service.py", "import clothingline.matching.quote\n", id="another house opens the engine"
    ),
    pytest.param("wall", "reactions.py", "import clothingline.matching\n", id="reactions open the engine"),
    pytest.param("engine", "matching/quote.py", "import sqlalchemy\n", id="the engine imports a database"),
    pytest.param("engine", "matching/quote.py", "import clothingline.kit.errors\n", id="the engine imports kit"),
    pytest.param("engine", "matching/quote.py", "import random\n", id="the engine draws by chance"),
    pytest.param("knots", "orders/models.py", "import clothingline.orders.queries\n", id="a knot inside a house"),
]


def test_the_small_street_keeps_every_contract(tmp_path: Path) -> None:
    result = _lint(_build(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "5 kept, 0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "file", "fault"), FAULTS)
def test_the_contract_is_broken_by_the_planted_fault(contract: str, file: str, fault: str, tmp_path: Path) -> None:
    planted = _build(tmp_path) / "clothingline" / file
    planted.write_text((planted.read_text() if planted.exists() else "") + fault)
    result = _lint(tmp_path, contract)
    assert result.returncode == 1, result.stderr
    assert "0 kept, 1 broken" in result.stdout


def _build(folder: Path) -> Path:
    for name, text in STREET.items():
        file = folder / "clothingline" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    shutil.copy(TOP / "pyproject.toml", folder)
    return folder


def _lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """The package in `folder` stands before the installed one, because lint-imports puts its own folder first."""
    chosen = [argument for contract in contracts for argument in ("--contract", contract)]
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo", *chosen]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
