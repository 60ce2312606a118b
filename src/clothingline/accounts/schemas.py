"""What goes into accounts and comes out of them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from clothingline.kit.access import Role
from clothingline.kit.http.plain import Input, Line
from clothingline.kit.ids import typed

AccountId = Annotated[UUID, typed("acc")]
OrganisationId = Annotated[UUID, typed("org")]
PasskeyId = Annotated[UUID, typed("psk")]
SessionId = Annotated[UUID, typed("ses")]
TokenId = Annotated[UUID, typed("tok")]
ConsentId = Annotated[UUID, typed("cns")]
ShortLine = Annotated[Line, Field(max_length=80)]


Purpose = Literal["measurements", "order_contact", "credit_evidence"]


class CodeRequest(Input):
    """Where the one-time code goes."""

    phone: str = Field(min_length=5, max_length=32, description="Phone number.", examples=["0812-3456-7801"])


class CodeRequested(BaseModel):
    """A code is on its way."""

    expires_at: datetime = Field(description="The code works until then.", examples=["2026-06-02T08:00:00+07:00"])


class SignIn(Input):
    """Phone with a one-time code, or with a password."""

    phone: str = Field(min_length=5, max_length=32, description="Phone number.", examples=["0812-3456-7801"])
    code: str | None = Field(None, pattern=r"^\d{6}$", description="The code of the message.", examples=["482913"])
    password: str | None = Field(None, min_length=8, max_length=200, description="Instead of a code.", examples=[None])
    device: ShortLine = Field(description="Name of this device.", examples=["HP Ibu Siti"])
    name: Line | None = Field(None, description="For a first visit.", examples=["Siti"])

    @model_validator(mode="after")
    def _one_proof(self) -> "SignIn":
        if (self.code is None) == (self.password is None):
            raise ValueError("Isi kode atau kata sandi, salah satu. (Give either the code or the password.)")
        return self


class SessionOpened(BaseModel):
    """The token of this device; it is shown this once."""

    id: SessionId
    token: str = Field(description="Send as `Authorization: Bearer …`.", examples=["clk_ses_…"])
    account: AccountId
    expires_at: datetime = Field(description="Sign in again after that.", examples=["2026-09-01T08:00:00+07:00"])


class SessionOut(BaseModel):
    """A signed-in device."""

    id: SessionId
    device: str = Field(description="Its name.", examples=["HP Ibu Siti"])
    created_at: datetime = Field(description="Signed in at.", examples=["2026-06-02T08:00:00+07:00"])
    expires_at: datetime = Field(description="Ends at.", examples=["2026-09-01T08:00:00+07:00"])
    current: bool = Field(description="Whether this request came from it.", examples=[True])


class RoleOut(BaseModel):
    """A role, and the organisation in which it is held."""

    role: Role = Field(description="The role.", examples=["tailor"])
    organisation: OrganisationId | None = Field(description="Null for consumers and staff.", examples=[None])


class AccountOut(BaseModel):
    """An account with its roles."""

    id: AccountId
    phone: str = Field(description="E.164.", examples=["+6281234567801"])
    name: str = Field(description="How to address the person.", examples=["Siti Rahayu"])
    language: Literal["id", "en"] = Field(description="Language of messages.", examples=["id"])
    has_password: bool = Field(description="Whether a password is set.", examples=[False])
    roles: list[RoleOut] = Field(description="What the account may act as.")


class AccountUpdate(Input):
    """Leave out what stays."""

    name: Line | None = Field(None, description="New name.", examples=["Siti Rahayu"])
    language: Literal["id", "en"] | None = Field(None, description="New language.", examples=["id"])
    password: str | None = Field(None, min_length=8, max_length=200, description="New password.", examples=[None])


class RoleIn(Input):
    """A role to give."""

    role: Role = Field(description="The role.", examples=["field_officer"])
    organisation: OrganisationId | None = Field(None, description="For parties.", examples=[None])


class AccountCreate(Input):
    """An account made by the programme."""

    phone: str = Field(min_length=5, max_length=32, description="Phone number.", examples=["0812-3456-7999"])
    name: Line = Field(description="Name.", examples=["Dewi Lestari"])
    roles: list[RoleIn] = Field(min_length=1, max_length=10, description="At least one role.")


class ApiTokenCreate(Input):
    """A token for a program."""

    name: ShortLine = Field(description="What it is for.", examples=["kasir toko"])
    days: int = Field(90, ge=1, le=365, strict=True, description="Valid for so many days.", examples=[90])


class ApiTokenOut(BaseModel):
    """A token for a program, without its secret."""

    id: TokenId
    name: str = Field(description="What it is for.", examples=["kasir toko"])
    created_at: datetime = Field(description="Issued at.", examples=["2026-06-02T08:00:00+07:00"])
    expires_at: datetime = Field(description="Ends at.", examples=["2026-09-01T08:00:00+07:00"])


class ApiTokenIssued(ApiTokenOut):
    """A new token; the secret is shown this once."""

    token: str = Field(description="Send as `Authorization: Bearer …`.", examples=["clk_test_…"])


class ConsentCreate(Input):
    """Consent to one purpose."""

    purpose: Purpose = Field(description="What for.", examples=["measurements"])
    version: str = Field(pattern=r"^\d{4}-\d{2}$", description="Version of the text.", examples=["2026-06"])


class ConsentOut(BaseModel):
    """One consent and its end."""

    id: ConsentId
    purpose: str = Field(description="What for.", examples=["measurements"])
    version: str = Field(description="Version of the text.", examples=["2026-06"])
    given_at: datetime = Field(description="Given at.", examples=["2026-06-02T08:00:00+07:00"])
    withdrawn_at: datetime | None = Field(description="Null while in force.", examples=[None])
