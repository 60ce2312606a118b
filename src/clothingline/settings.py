"""One `Settings`, nested by concern, read from `CLOTHINGLINE_…` variables on first use."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class DatabaseSettings(BaseModel):
    """Where the rows are. Without a URL the package starts its own PostgreSQL under `home`."""

    url: str = Field("", description="postgresql+psycopg://…; empty = embedded server")
    app_role: str = Field("clothingline_app", description="Role of the running service; it owns nothing")
    pool_size: int = 10
    pool_timeout_seconds: int = 10
    statement_timeout: str = "5s"
    idle_timeout: str = "15s"


class OfferSettings(BaseModel):
    """Clocks of offers (product 3.3)."""

    tailor_hours: int = 24
    brand_hours: int = 24
    supplier_hours: int = 24
    undo_minutes: int = 10
    extension_hours: int = 4
    extensions: int = 10
    max_rounds: int = Field(6, description="Re-routings of one order before a person is asked")


class OrderSettings(BaseModel):
    """Clocks and limits of orders (product 3.1)."""

    quote_hours_single: int = 24
    quote_days_run: int = 7
    payment_minutes: int = 15
    deposit_from_idr: int = 2_000_000
    deposit_permille: int = 500
    acceptance_days: int = 14
    largest_run: int = 5_000
    single_waste_permille: int = Field(90, description="Extra cloth of a single piece; domain 5, 8–10 %")
    series_waste_permille: int = Field(50, description="Extra cloth in series; domain 5, 5 %")
    single_minutes_permille: int = Field(2500, description="Standard time of a single piece against a line; assumed")


class SignInSettings(BaseModel):
    """One-time codes and sessions."""

    code_minutes: int = 10
    guesses: int = 5
    codes_per_hour: int = 10
    session_days: int = 90


class PaymentSettings(BaseModel):
    """What we share with the payment provider."""

    notice_secret: SecretStr = Field(SecretStr(""), description="Signs its notices, whsec_…; required in production")


class MessagingSettings(BaseModel):
    """The gateway of short messages; without one they are printed, which production refuses."""

    url: str = Field("", description="Takes POST of {to, text}; required in production")
    token: SecretStr = Field(SecretStr(""), description="Bearer token of the gateway")


class JobSettings(BaseModel):
    """The clock of the worker."""

    stalled_seconds: int = Field(30, description="A worker silent for so long is dead, and its jobs are put back", ge=1)


class Settings(BaseSettings):
    """Everything that may differ between two installations."""

    model_config = SettingsConfigDict(env_prefix="CLOTHINGLINE_", env_nested_delimiter="__")

    environment: Literal["development", "test", "production"] = "development"
    home: Path = Field(Path(".local"), description="Folder of the embedded server, files and development secrets")
    secret: SecretStr = Field(SecretStr(""), description="Root secret; required in production")
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    files: str = Field("", description="Object store URL (s3://…); empty = folder under home")
    log_level: str = "INFO"
    metrics_token: SecretStr = Field(SecretStr(""), description="Bearer token of /metrics; empty = this machine only")
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    offers: OfferSettings = Field(default_factory=OfferSettings)
    orders: OrderSettings = Field(default_factory=OrderSettings)
    sign_in: SignInSettings = Field(default_factory=SignInSettings)
    payments: PaymentSettings = Field(default_factory=PaymentSettings)
    jobs: JobSettings = Field(default_factory=JobSettings)
    messaging: MessagingSettings = Field(default_factory=MessagingSettings)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
