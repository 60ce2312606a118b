"""Words of links, and what opens the ciphertext of a wearer.

The words are derived from the root secret and the row's id, so that a link can be shown again to whoever may see it;
the rows keep only their SHA-256. Names and measures are sealed as those of people are (`measurements.sealing`).
"""

import base64
import hmac
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from clothingline.accounts.secrets import root_secret
from clothingline.kit.sealing import derived_key
from clothingline.measurements import sealing
from clothingline.wearers.models import Wearer

WORD_BYTES = 16
VERSION = 1
"""Measures of a wearer are changed in place: there is one version of them."""


def word_of(row_id: UUID) -> str:
    """The word in the link of a roster or a wearer: 128 bits, 22 letters."""
    digest = hmac.digest(derived_key(root_secret(), b"wearers/link/1"), row_id.bytes, "sha256")
    return base64.urlsafe_b64encode(digest[:WORD_BYTES]).rstrip(b"=").decode()


def hash_of(word: str) -> bytes:
    """What is kept of the word in a link."""
    return sha256(word.encode()).digest()


def put_name(wearer: Wearer, name: str) -> None:
    """Seal a name under the wearer's key; a new wearer gets one."""
    wearer.key = wearer.key or sealing.new_key(wearer.id)
    wearer.name = sealing.seal_label(wearer.key, wearer.id, name)


def name_of(wearer: Wearer) -> str | None:
    """The name; None once it is erased. Raises `SealBroken`."""
    return None if wearer.key is None else sealing.open_label(wearer.key, wearer.id, wearer.name)


def put_measures(wearer: Wearer, values: Mapping[str, int]) -> None:
    """Seal the measures by code in their stored unit; none at all leaves no ciphertext."""
    if wearer.key is None:
        raise ValueError("an erased wearer has no key")
    wearer.measured = list(values)
    wearer.measures = sealing.seal_values(wearer.key, wearer.id, VERSION, values) if values else None


def measures_of(wearer: Wearer) -> dict[str, int]:
    """The measures by code in their stored unit; none once they are erased. Raises `SealBroken`."""
    if wearer.key is None or wearer.measures is None:
        return {}
    return sealing.open_values(wearer.key, wearer.id, VERSION, wearer.measures)


def shred(wearer: Wearer) -> None:
    """Forget for good what was said of a person: without the key nothing opens, and no link leads here any more."""
    wearer.key, wearer.name, wearer.figure, wearer.measures, wearer.measured = None, b"", None, None, []
