"""Sign-in, devices, tokens, consent."""

import asyncio
from typing import Annotated, Any

from fastapi import Path, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import door, queries, schemas, secrets, service
from clothingline.accounts.models import Account, DeviceSession, RoleHeld
from clothingline.kit.access import Caller, Membership, Question, Reach, Role
from clothingline.kit.clock import business_now
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.problem import language
from clothingline.kit.http.route import CurrentCaller, Session, api_router, body_of, look_think, secret_answer
from clothingline.settings import settings

ConsentPurpose = Annotated[schemas.Purpose, Path(description="What the consent is for.", examples=["measurements"])]

router = api_router()


def identify(request: Request) -> Question:
    """Who asks: the holder of the token, or nobody, also for a token that no longer works.

    A program sends it as bearer; a browser has it in a cookie, which counts on pages only.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    given = token if kind.lower() == "bearer" else ""
    if not given and not request.url.path.startswith("/v1/"):
        given = request.cookies.get(door.cookie_of(request), "")
    return queries.who_holds(secrets.token_hash(given), otherwise=Caller(None, language=language(request)))


@router.post("/sign-in-codes", status_code=202, tags=["sign_in_codes"], name="create")
async def request_code(body: schemas.CodeRequest, request: Request, session: Session) -> schemas.CodeRequested:
    """Ask for a one-time code by message. The answer is the same whether or not the number is known."""
    phone = secrets.phone_number(body.phone)
    code = await door.send_code(session, phone, request, language=language(request))
    return schemas.CodeRequested(expires_at=code.expires_at)


async def _look_at_proof(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    body = await body_of(request, schemas.SignIn)
    phone = secrets.phone_number(body.phone)
    if body.password is not None:
        await door.count_password(session, phone, request)
        account = await queries.find_account(session, phone)
        return body.password, account.password_hash if account else None
    return await door.count_guess(session, phone)


async def _weigh_proof(seen: Any) -> Any:
    return await asyncio.to_thread(secrets.password_fits, *seen) if isinstance(seen, tuple) else seen


@router.post("/sessions", status_code=201, tags=["sessions"], name="create")
@secret_answer
@look_think(_look_at_proof, _weigh_proof)
async def open_session(body: schemas.SignIn, request: Request, session: Session) -> schemas.SessionOpened:
    """Sign this device in. A first visit opens a consumer's account."""
    now = await business_now(session)
    account = await _proven(session, body, request.state.thought)
    row, token = await service.open_session(
        session, account=account, device=body.device, now=now, days=settings().sign_in.session_days
    )
    return schemas.SessionOpened(id=row.id, token=token, account=account.id, expires_at=row.expires_at)


async def _proven(session: AsyncSession, body: schemas.SignIn, thought: Any) -> Account:
    phone = secrets.phone_number(body.phone)
    if body.code is None:
        return await service.check_password(session, phone=phone, fits=thought is True)
    return await service.use_code(session, phone=phone, code_id=thought, given=body.code, name=body.name)


@router.get("/sessions", tags=["sessions"], name="list")
async def list_sessions(session: Session, caller: CurrentCaller, asked: Asked) -> Listing[schemas.SessionOut]:
    """Your signed-in devices."""
    page = await queries.list_sessions(session, caller.person, asked=asked)
    return Listing(**page.listing([_session_out(row, caller) for row in page.rows]))


def _session_out(row: DeviceSession, caller: Caller) -> schemas.SessionOut:
    current = row.id == caller.session
    return schemas.SessionOut(
        id=row.id, device=row.device, created_at=row.created_at, expires_at=row.expires_at, current=current
    )


@router.delete("/sessions/{session_id}", status_code=204, tags=["sessions"], name="revoke")
async def revoke_session(session_id: schemas.SessionId, session: Session, caller: CurrentCaller) -> Response:
    """Sign a device out; its token ends at once."""
    now = await business_now(session)
    await service.revoke_session(session, session_id=session_id, account_id=caller.person, now=now)
    return Response(status_code=204)


@router.get("/me", tags=["me"], name="show")
async def show_me(session: Session, caller: CurrentCaller) -> schemas.AccountOut:
    """Your account and its roles."""
    account = await queries.get_account(session, caller.person)
    return await _account_out(session, account)


async def _account_out(session: AsyncSession, account: Account) -> schemas.AccountOut:
    roles = await queries.roles_of(session, [account.id])
    return account_out(account, roles[account.id])


def account_out(account: Account, roles: list[RoleHeld]) -> schemas.AccountOut:
    """Wire form of an account."""
    return schemas.AccountOut(
        id=account.id,
        phone=account.phone,
        name=account.name,
        language="en" if account.language == "en" else "id",
        has_password=account.password_hash is not None,
        roles=[schemas.RoleOut(role=Role(one.role), organisation=one.organisation_id) for one in roles],
    )


async def _look_at_password(session: AsyncSession, request: Request, caller: Caller, reach: Reach) -> Any:
    return (await body_of(request, schemas.AccountUpdate)).password


async def _hash(password: Any) -> Any:
    return await asyncio.to_thread(secrets.hash_password, password) if password else None


@router.patch("/me", tags=["me"], name="update")
@look_think(_look_at_password, _hash)
async def update_me(
    body: schemas.AccountUpdate, request: Request, session: Session, caller: CurrentCaller
) -> schemas.AccountOut:
    """Change name, language or password."""
    account = await service.rename(session, account_id=caller.person, name=body.name, language=body.language)
    if request.state.thought:
        await service.set_password(session, account_id=account.id, password_hash=request.state.thought)
    return await _account_out(session, account)


@router.post("/api-tokens", status_code=201, tags=["api_tokens"], name="create")
@secret_answer
async def issue_api_token(
    body: schemas.ApiTokenCreate, session: Session, caller: CurrentCaller
) -> schemas.ApiTokenIssued:
    """A token for a program of yours; it is shown this once."""
    now = await business_now(session)
    prefix = "clk_live_" if settings().environment == "production" else "clk_test_"
    row, token = await service.issue_api_token(
        session, account_id=caller.person, name=body.name, days=body.days, prefix=prefix, now=now
    )
    return schemas.ApiTokenIssued(
        id=row.id, name=row.name, created_at=row.created_at, expires_at=row.expires_at, token=token
    )


@router.get("/api-tokens", tags=["api_tokens"], name="list")
async def list_api_tokens(session: Session, caller: CurrentCaller, asked: Asked) -> Listing[schemas.ApiTokenOut]:
    """Tokens of your programs, without their secrets."""
    page = await queries.list_api_tokens(session, caller.person, asked=asked)
    return Listing(**page.listing([schemas.ApiTokenOut.model_validate(row, from_attributes=True) for row in page.rows]))


@router.delete("/api-tokens/{token_id}", status_code=204, tags=["api_tokens"], name="revoke")
async def revoke_api_token(token_id: schemas.TokenId, session: Session, caller: CurrentCaller) -> Response:
    """End a program's token at once."""
    now = await business_now(session)
    await service.revoke_api_token(session, token_id=token_id, account_id=caller.person, now=now)
    return Response(status_code=204)


@router.get("/consents", tags=["consents"], name="list")
async def list_consents(session: Session, caller: CurrentCaller, asked: Asked) -> Listing[schemas.ConsentOut]:
    """Everything you have consented to, and when it ended."""
    page = await queries.list_consents(session, caller.person, asked=asked)
    return Listing(**page.listing([schemas.ConsentOut.model_validate(row, from_attributes=True) for row in page.rows]))


@router.post("/consents", status_code=201, tags=["consents"], name="give")
async def give_consent(body: schemas.ConsentCreate, session: Session, caller: CurrentCaller) -> schemas.ConsentOut:
    """Consent to one purpose; nothing is done for a purpose without it."""
    now = await business_now(session)
    row = await service.give_consent(
        session, account_id=caller.person, purpose=body.purpose, version=body.version, now=now
    )
    return schemas.ConsentOut.model_validate(row, from_attributes=True)


@router.delete("/consents/{purpose}", status_code=204, tags=["consents"], name="withdraw")
async def withdraw_consent(purpose: ConsentPurpose, session: Session, caller: CurrentCaller) -> Response:
    """Take consent back."""
    now = await business_now(session)
    await service.withdraw_consent(session, account_id=caller.person, purpose=purpose, now=now)
    return Response(status_code=204)


@router.post("/accounts", status_code=201, tags=["accounts"], name="create")
async def create_account(body: schemas.AccountCreate, session: Session, caller: CurrentCaller) -> schemas.AccountOut:
    """Open an account for somebody and give it roles."""
    account = await service.open_account(
        session,
        phone=secrets.phone_number(body.phone),
        name=body.name,
        memberships=[Membership(one.role, one.organisation) for one in body.roles],
        by=caller.account,
    )
    return await _account_out(session, account)


@router.get("/accounts", tags=["accounts"], name="list")
async def list_accounts(session: Session, asked: Asked) -> Listing[schemas.AccountOut]:
    """All accounts, newest first."""
    page = await queries.list_accounts(session, asked=asked)
    roles = await queries.roles_of(session, [row.id for row in page.rows])
    return Listing(**page.listing([account_out(row, roles[row.id]) for row in page.rows]))
