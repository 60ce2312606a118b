"""Connects a process with the outside: log lines, messages, payments, files."""

from clothingline.accounts.secrets import root_secret
from clothingline.cli import logs
from clothingline.integrations import messaging, payments, push
from clothingline.integrations.payments.fake import FakeProvider, post_to
from clothingline.kit import storage
from clothingline.settings import PaymentSettings, Settings, reaches_private
from clothingline.web import assets

PAY_PAGES = "/bayar"
NOTICES = "/v1/payment-notices"


def connect(chosen: Settings, *, address: str) -> FakeProvider | None:
    """Choose the messenger, the files and the payment provider of this process; `address` is where people reach it.

    Answers the provider that ships if it is chosen: it has pages to be served. Raises `FakeInProduction`.
    """
    logs.configure(chosen)
    messaging.use(_messenger(chosen))
    push.use(push.WebPusher(root_secret(), subject=address, private=reaches_private()))
    storage.use(storage.Files(chosen.files or chosen.home / "files"))
    if chosen.payments.provider == "stripe":
        payments.use(_stripe(chosen.payments, back_url=address))
        return None
    style = assets.path(assets.STYLE)
    provider = FakeProvider(post_to(address + NOTICES), pages_url=address + PAY_PAGES, style=style)
    payments.use(provider)
    return provider


def _stripe(chosen: PaymentSettings, *, back_url: str) -> payments.PaymentProvider:
    from clothingline.integrations.payments.stripe.provider import StripeProvider

    signing = (chosen.stripe_notice_secret, chosen.stripe_connect_notice_secret)
    return StripeProvider(
        chosen.stripe_key.get_secret_value(),
        notice_secrets=[secret.get_secret_value() for secret in signing],
        country=chosen.stripe_country,
        back_url=back_url,
    )


def _messenger(chosen: Settings) -> messaging.Messenger:
    if chosen.messaging.url:
        return messaging.GatewayMessenger(chosen.messaging.url, chosen.messaging.token.get_secret_value())
    return messaging.ConsoleMessenger()
