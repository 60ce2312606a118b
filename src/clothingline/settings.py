"""One `Settings`, nested by concern, read from `CLOTHINGLINE_…` variables on first use."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Address = Annotated[str, AfterValidator(lambda said: said.rstrip("/"))]


class DatabaseSettings(BaseModel):
    """Where the rows are. Without a URL the package starts its own PostgreSQL under `home`."""

    url: str = Field("", description="postgresql+psycopg://…; empty = embedded server")
    app_role: str = Field("clothingline_app", description="Role of the running service; it owns nothing")
    pool_size: int = Field(10, description="Connections of one process")
    pool_timeout_seconds: int = Field(10, description="How long a request waits for a connection before the 503")
    statement_timeout: str = Field("5s", description="The longest statement; a PostgreSQL duration")
    idle_timeout: str = Field("15s", description="The longest idle transaction; a PostgreSQL duration")


class OfferSettings(BaseModel):
    """Clocks of offers."""

    tailor_hours: int = Field(24, description="How long a tailor may think about an offer")
    brand_hours: int = Field(24, description="How long a brand may think")
    supplier_hours: int = Field(24, description="How long a supplier may think")
    undo_minutes: int = Field(10, description="How long an acceptance may be taken back")
    extension_hours: int = Field(4, description="What one extension adds")
    extensions: int = Field(10, description="How often one offer may be extended")
    offline_hours: int = Field(
        2, description="So much after its deadline a yes counts that a phone had taken down in time"
    )
    max_rounds: int = Field(6, description="Re-routings of one order before a person is asked")


class OrderSettings(BaseModel):
    """Clocks and limits of orders."""

    quote_hours_single: int = Field(24, description="How long the quote of a single piece stands")
    quote_days_run: int = Field(7, description="How long the quote of a run stands")
    draft_days: int = Field(30, description="How long a draft is kept after its last answer", ge=1)
    payment_minutes: int = Field(15, description="How long a checkout waits for its first instalment")
    deposit_from_idr: int = Field(2_000_000, description="From this price on a deposit is enough to begin")
    deposit_permille: int = Field(500, description="The deposit in thousandths of the price")
    acceptance_days: int = Field(14, description="After so many days a delivered order counts as accepted")
    largest_run: int = Field(5_000, description="Pieces of the largest order")
    single_waste_permille: int = Field(90, description="Extra cloth of a single piece; 8–10 % is usual")
    series_waste_permille: int = Field(50, description="Extra cloth in series; 5 % is usual")
    platform_fee_permille: int = Field(30, description="The platform's fee, out of the brand's margin; assumed", ge=0)
    single_minutes_permille: int = Field(2500, description="Standard time of a single piece against a line; assumed")


class SignInSettings(BaseModel):
    """One-time codes and sessions."""

    code_minutes: int = Field(10, description="How long a one-time code holds")
    guesses: int = Field(5, description="Guesses at one code")
    codes_per_hour: int = Field(10, description="Codes that one number may ask for in an hour", ge=1)
    session_days: int = Field(90, description="How long a device stays signed in")


class PaceSettings(BaseModel):
    """How much may be asked for in an hour from one address, by whoever is not signed in; many phones share one."""

    codes: int = Field(60, description="One-time codes", ge=1)
    codes_of_all: int = Field(3_000, description="One-time codes from all addresses together: each is paid for", ge=1)
    proofs: int = Field(120, description="Tries to sign in by a password or a key", ge=1)
    passwords: int = Field(30, description="Tries of a password for one number, from all addresses together", ge=1)
    drafts: int = Field(120, description="Drafts that are begun", ge=1)
    sketches: int = Field(240, description="Questions to the engine for the plans of a draft", ge=1)
    order_guesses: int = Field(60, description="Tries to find an order by its code and a number", ge=1)


class PaymentSettings(BaseModel):
    """What we share with the payment provider."""

    notice_secret: SecretStr = Field(SecretStr(""), description="Signs the notices of the provider that ships, whsec_…")
    provider: Literal["fake", "stripe"] = Field(
        "fake", description="Who moves the money; the one that ships moves none, and production refuses it"
    )
    stripe_key: SecretStr = Field(SecretStr(""), description="Secret key, sk_…; required for stripe")
    stripe_notice_secret: SecretStr = Field(
        SecretStr(""), description="Signs Stripe's notices, whsec_…; required for stripe"
    )
    stripe_connect_notice_secret: SecretStr = Field(
        SecretStr(""), description="Signs the notices of Stripe's endpoint for connected accounts, if it is another one"
    )
    stripe_country: str = Field("ID", description="Country of those who are paid, as Stripe writes it")
    qris_most_idr: int = Field(10_000_000, description="The most that one QRIS payment may carry; more comes in parts")
    capture: Literal["automatic", "manual"] = Field(
        "automatic", description="manual: money is held first, and taken when the order still waits for it"
    )
    refund_officer_from_idr: int = Field(500_000, description="From here on a person approves a refund of the system's")
    refund_two_people_from_idr: int = Field(5_000_000, description="From here on two people approve a refund")


class EarningSettings(BaseModel):
    """When what is earned may be paid, and what is taken from it."""

    labour_days: int = Field(2, description="Working days after passing quality until a maker may be paid", ge=0)
    recover_permille: int = Field(
        100, description="The most of a maker's earning that pays back a decided debt, in thousandths", ge=0, le=1000
    )
    hold_days: int = Field(60, description="How long a chargeback may keep a share back", ge=1, le=60)


class MessagingSettings(BaseModel):
    """The gateway of short messages; without one they are printed, which production refuses."""

    url: str = Field("", description="Takes POST of {to, text}; required in production")
    token: SecretStr = Field(SecretStr(""), description="Bearer token of the gateway")


class JoiningSettings(BaseModel):
    """What is assumed of a new workshop until its own work is measured."""

    efficiency_permille: int = Field(550, description="Speed against standard time, in thousandths")
    defect_ppm: int = Field(30_000, description="Defects per million pieces")
    reach_m: int = Field(30_000, description="Farthest brand, in metres")


class NoticeSettings(BaseModel):
    """Webhooks of partners."""

    reach_private: bool = Field(False, description="Deliver to http and private addresses too; refused in production")


class JobSettings(BaseModel):
    """The clock of the worker."""

    stalled_seconds: int = Field(30, description="A worker silent for so long is dead, and its jobs are put back", ge=1)


class TaxSettings(BaseModel):
    """What the tax office has made the platform's duty."""

    withhold_from: date | None = Field(
        None, description="First day on which PPh 22 is withheld from sellers; empty = the platform is not appointed"
    )


class PayoutSettings(BaseModel):
    """When money leaves for those who have earned it."""

    two_people_from_idr: int = Field(10_000_000, description="From this amount on two people approve a payout")
    minimum_idr: int = Field(1, description="The smallest payout that is worth its way", ge=1)
    rest_hours_after_change: int = Field(24, description="No money leaves so soon after a change of the bank account")
    doubt_minutes: int = Field(15, description="What the provider does not know after so long is asked for once more")
    draft_working_days: int = Field(1, description="A payout that is not approved by then goes back to its earnings")
    take_back_days: int = Field(
        3, description="So long earnings of a payout that ended otherwise wait until its money is taken back", ge=0
    )


PILOT_HELP: Final = "+6281200009001"
"""The officer of `pilot.cast`, who answers nobody: it is not used in production."""


class Settings(BaseSettings):
    """Everything that may differ between two installations."""

    model_config = SettingsConfigDict(env_prefix="CLOTHINGLINE_", env_nested_delimiter="__")

    environment: Literal["development", "test", "production"] = Field(
        "development", description="`production` demands its secrets and gateways, and fixes business time"
    )
    home: Path = Field(Path(".local"), description="Folder of the embedded server, files and development secrets")
    secret: SecretStr = Field(SecretStr(""), description="Root secret; required in production")
    host: str = Field("127.0.0.1", description="Address that the service listens on")
    port: int = Field(8000, description="Port that the service listens on")
    public_url: Address = Field(
        "http://127.0.0.1:8000",
        description="The address that people type, https://…; required in production, where cookies, keys, links and "
        "the host that is served hang on it",
    )
    proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses of proxies that are believed when they say from whom and how a request came; * = all",
    )
    help_whatsapp: str = Field("", description="Number of those who help, on WhatsApp, +62…; empty = not shown")
    files: str = Field("", description="Object store URL (s3://…); empty = folder under home")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    metrics_token: SecretStr = Field(SecretStr(""), description="Bearer token of /metrics; empty = this machine only")
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    offers: OfferSettings = Field(default_factory=OfferSettings)
    orders: OrderSettings = Field(default_factory=OrderSettings)
    sign_in: SignInSettings = Field(default_factory=SignInSettings)
    paces: PaceSettings = Field(default_factory=PaceSettings)
    payments: PaymentSettings = Field(default_factory=PaymentSettings)
    earnings: EarningSettings = Field(default_factory=EarningSettings)
    jobs: JobSettings = Field(default_factory=JobSettings)
    messaging: MessagingSettings = Field(default_factory=MessagingSettings)
    joining: JoiningSettings = Field(default_factory=JoiningSettings)
    notices: NoticeSettings = Field(default_factory=NoticeSettings)
    taxes: TaxSettings = Field(default_factory=TaxSettings)
    payouts: PayoutSettings = Field(default_factory=PayoutSettings)

    @property
    def help_number(self) -> str:
        """Number of those who help, +62…; of the pilot's officer where nothing is real; empty when nobody is named."""
        return self.help_whatsapp or ("" if self.environment == "production" else PILOT_HELP)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def reaches_private() -> bool:
    """Whether webhooks may go to addresses of this machine and its network; never in production."""
    return settings().notices.reach_private and settings().environment != "production"
