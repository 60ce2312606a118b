"""The OpenAPI document of the API, made complete: who may, which key, which problems, examples, readable names.

`clothingline api openapi`, the reference pages and the tests all take it from `app.openapi()`.
"""

from clothingline.kit.http.openapi.completing import Document, complete, install
from clothingline.kit.http.openapi.yaml_text import as_yaml

__all__ = ["Document", "as_yaml", "complete", "install"]
