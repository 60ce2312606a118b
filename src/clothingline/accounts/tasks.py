"""What accounts do when something was asked for."""

from typing import Final
from uuid import UUID

from clothingline.accounts.models import SignInCode
from clothingline.accounts.secrets import one_time_code
from clothingline.integrations import messaging
from clothingline.kit import db
from clothingline.kit.failpoints import failpoint
from clothingline.kit.jobs import task

MESSAGES: Final = {
    "id": "{code} adalah kode masuk clothingline Anda. Jangan berikan kepada siapa pun.",
    "en": "{code} is your clothingline sign-in code. Do not give it to anybody.",
}


@task
async def send_code(*, code_id: str) -> None:
    """Send the one-time code. A repeat sends the same code again, which harms nobody."""
    async with db.transaction() as session:
        asked = await session.get(SignInCode, UUID(code_id))
    await failpoint("accounts.send_code:read")
    if asked is None or asked.used_at is not None:
        return
    await messaging.current().send(asked.phone, MESSAGES[asked.language].format(code=one_time_code(asked.id)))
    await failpoint("accounts.send_code:sent")
