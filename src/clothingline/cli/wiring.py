"""Connects a process with the outside: log lines, messages, payments, files."""

from clothingline.cli import logs
from clothingline.integrations import messaging, payments
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import storage
from clothingline.settings import Settings

PAY_PAGES = "/bayar"
NOTICES = "/v1/payment-notices"


def connect(chosen: Settings, *, address: str) -> FakeProvider | None:
    """Choose the messenger, the files and the payment provider of this process; `address` is where people reach it.

    Answers the provider that ships, which has pay pages to be served; there is none in production.
    """
    logs.configure(chosen)
    messaging.use(_messenger(chosen))
    storage.use(storage.Files(chosen.files or chosen.home / "files"))
    if chosen.environment == "production":
        return None
    provider = FakeProvider(post_to(address + NOTICES), pages_url=address + PAY_PAGES)
    payments.use(provider)
    return provider


def _messenger(chosen: Settings) -> messaging.Messenger:
    if chosen.messaging.url:
        return messaging.GatewayMessenger(chosen.messaging.url, chosen.messaging.token.get_secret_value())
    return messaging.ConsoleMessenger()
