"""The one table: event → what follows."""

from collections.abc import Mapping, Sequence

from clothingline.accounts import tasks as accounts
from clothingline.accounts.events import SignInCodeRequested
from clothingline.kit.events import Happening
from clothingline.kit.jobs import Job

TABLE: Mapping[type[Happening], Sequence[Job]] = {
    SignInCodeRequested: [accounts.send_code],
}
