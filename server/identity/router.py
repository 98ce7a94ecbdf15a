"""Signing in with the one-time link."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse

from server.dependencies import RuntimeDep
from server.identity.dependencies import COOKIE, signer
from server.identity.schemas import Session, SignIn
from server.identity.sessions import SESSION_SECONDS, Signer, sign_in
from storage.sign_in_links import SignInLinkRepository

router = APIRouter(tags=["identity"])
HOME = "/agent/playground/"

SignerDep = Annotated[Signer, Depends(signer)]


@router.get("/sign-in", status_code=303, response_class=RedirectResponse)
async def open_link(
    request: Request, runtime: RuntimeDep, signer: SignerDep, token: Annotated[str, Query()]
) -> RedirectResponse:
    """Open the one-time link in a browser: sets the session cookie and goes to the playground."""
    session = await sign_in(signer, SignInLinkRepository(runtime.database), token)
    response = RedirectResponse(HOME, status_code=303)
    response.set_cookie(
        COOKIE,
        session,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/sign-in")
async def trade_link(runtime: RuntimeDep, signer: SignerDep, body: SignIn) -> Session:
    """Trade the link's token for a bearer token, for scripts."""
    links = SignInLinkRepository(runtime.database)
    return Session(access_token=await sign_in(signer, links, body.token))
