"""The OpenAPI document as a client reads it: made once for all tests of a process."""

import json
from typing import Any

from clothingline.app import create_app
from clothingline.settings import Settings

DOCUMENT: dict[str, Any] = json.loads(json.dumps(create_app(Settings(environment="test")).openapi()))
