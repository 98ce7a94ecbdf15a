"""Signing in, with the one-time link or at an identity provider, and out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from core.errors import NotFoundError, UnauthenticatedError
from server.dependencies import RuntimeDep
from server.home.negotiation import prefers_html
from server.home.page import home_page
from server.identity.dependencies import COOKIE, AuthenticationDep, SignedIn, signer
from server.identity.oidc.browser import AGAIN, PENDING_SECONDS, BrowserSignIn
from server.identity.schemas import ProviderAnswer, Session, SignIn
from server.identity.sessions import PROVIDER_SESSION_SECONDS, SESSION_SECONDS, Signer, sign_in
from storage.sign_in_links import SignInLinkRepository

router = APIRouter(tags=["identity"])
HOME = "/"
PENDING_COOKIE = "copilot_sign_in"
CALLBACK = "/sign-in/oidc/callback"
# A strict cookie isn't sent on a way that another site began, so this page begins a new one.
GO_ON = f'''<!doctype html><meta charset="utf-8"><title>Signed in</title>
<meta http-equiv="refresh" content="0; url={HOME}"><p>Signed in. <a href="{HOME}">Go on</a></p>
'''

SignerDep = Annotated[Signer, Depends(signer)]


def _browser(authentication: AuthenticationDep) -> BrowserSignIn:
    """Raises: NotFoundError: no provider is set."""
    if authentication.browser is None:
        raise NotFoundError("No identity provider is set up: see COPILOT_OIDC_ISSUER.")
    return authentication.browser


BrowserDep = Annotated[BrowserSignIn, Depends(_browser)]


@router.get("/sign-in", status_code=303, response_class=RedirectResponse)
async def open_link(
    request: Request, runtime: RuntimeDep, signer: SignerDep, token: Annotated[str, Query()]
) -> Response:
    """Open the one-time link in a browser: sets the session cookie and goes to `/`."""
    try:
        session = await sign_in(signer, SignInLinkRepository(runtime.database), token)
    except UnauthenticatedError:
        if prefers_html(request.headers.get("accept", "")):
            return home_page(status_code=401)  # it says why, and how to sign in
        raise
    response = RedirectResponse(HOME, status_code=303)
    _keep(response, request, session, SESSION_SECONDS)
    return response


@router.post("/sign-in")
async def trade_link(runtime: RuntimeDep, signer: SignerDep, body: SignIn) -> Session:
    """Trade the link's token for a bearer token, for scripts."""
    links = SignInLinkRepository(runtime.database)
    return Session(access_token=await sign_in(signer, links, body.token))


@router.get("/sign-in/oidc", status_code=303, response_class=RedirectResponse)
async def go_to_provider(request: Request, browser: BrowserDep) -> RedirectResponse:
    """Sign in at your organization's identity provider."""
    url, pending = await browser.begin(_public_url(request) + CALLBACK)
    response = RedirectResponse(url, status_code=303)
    response.set_cookie(
        PENDING_COOKIE,
        pending,
        max_age=PENDING_SECONDS,
        path=CALLBACK,
        httponly=True,
        samesite="lax",  # it has to come along from the provider's page
        secure=_is_https(request),
    )
    return response


@router.get(CALLBACK, response_class=HTMLResponse)
async def come_from_provider(
    request: Request,
    runtime: RuntimeDep,
    authentication: AuthenticationDep,
    browser: BrowserDep,
    answer: Annotated[ProviderAnswer, Query()],
) -> HTMLResponse:
    """Where the identity provider sends the browser back to: sets the session cookie."""
    if not answer.code:
        raise UnauthenticatedError(f"The identity provider signed nobody in. {AGAIN}")
    claims = await browser.end(request.cookies.get(PENDING_COOKIE), answer.state, answer.code)
    session = await authentication.signed_in(runtime.database, claims)
    response = HTMLResponse(GO_ON)
    response.delete_cookie(PENDING_COOKIE, path=CALLBACK)
    _keep(response, request, session, PROVIDER_SESSION_SECONDS)
    return response


@router.post("/sign-out", status_code=204)
async def sign_out(
    runtime: RuntimeDep,
    authentication: AuthenticationDep,
    principal: SignedIn,
    response: Response,
) -> None:
    """End all of your sessions, on every machine."""
    if not principal.is_machine:
        user_id = UUID(principal.subject.removeprefix("user:"))
        people = authentication.people(runtime.database)
        await people.sign_out(principal.organization_id, user_id)
    response.delete_cookie(COOKIE)


def _keep(response: Response, request: Request, session: str, seconds: int) -> None:
    response.set_cookie(
        COOKIE,
        session,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
    )


def _is_https(request: Request) -> bool:
    return _public_url(request).startswith("https:")


def _public_url(request: Request) -> str:
    """Where the browser is, as far as we know without being told."""
    told: str | None = request.app.state.public_url
    return (told or str(request.base_url)).rstrip("/")
