"""Signing in with a browser at a real OpenID Connect provider, and out."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from core.principal import LOCAL_ORGANIZATION_ID, local_principal

PROVIDER = Path(__file__).parents[2] / "oidc_provider"
BASE = "http://127.0.0.1:8123"
pytestmark = pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm and Node.js")


@pytest.fixture(scope="module")
def provider_folder():
    """oidc-provider, installed."""
    with tempfile.TemporaryDirectory(prefix="copilot-oidc-") as folder:
        copied = shutil.copytree(PROVIDER, Path(folder) / "provider")
        install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run(install, cwd=copied, check=True, timeout=120)
        yield copied


@pytest.fixture(scope="module")
def provider(provider_folder):
    """Its address."""
    command = ["node", "server.mjs", f"{BASE}/sign-in/oidc/callback", str(LOCAL_ORGANIZATION_ID)]
    with subprocess.Popen(
        command,
        cwd=provider_folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def signed_up(settings, provider):
    """Not on loopback, so that links are off."""
    return settings.model_copy(
        update={
            "host": "0.0.0.0",  # noqa: S104  # never bound
            "oidc_issuer": provider,
            "oidc_client_id": "copilot",
            "oidc_client_secret": SecretStr("not-a-secret"),
        }
    )


async def at_the_provider(url: str) -> httpx.URL:
    """Signs in and consents as a person would. Returns: where the browser is sent then."""
    async with httpx.AsyncClient() as browser:
        page = await browser.get(url)
        while True:
            if page.is_redirect:
                onward = urljoin(str(page.url), page.headers["location"])
                if onward.startswith(BASE):
                    return httpx.URL(onward)
                page = await browser.get(onward)
                continue
            action = re.search(r'<form[^>]*action="([^"]+)"', page.text)[1]
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
            fields |= {"login": "jo", "password": "x"} if 'name="login"' in page.text else {}
            page = await browser.post(urljoin(str(page.url), action), data=fields)


async def begin(client) -> str:
    answer = await client.get("/sign-in/oidc")
    assert answer.status_code == 303, answer.text
    kept = answer.headers["set-cookie"].lower()
    assert all(word in kept for word in ("httponly", "samesite=lax", "path=/sign-in/oidc/callback"))
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked.keys() >= {"state", "nonce", "code_challenge"}
    return answer.headers["location"]


async def test_in_and_out(running, signed_up):
    async with running(signed_up, BASE) as client:
        back = await at_the_provider(await begin(client))
        answer = await client.get(back)
        assert (answer.status_code, 'href="/"' in answer.text) == (200, True)
        (session,) = (
            each.lower()
            for each in answer.headers.get_list("set-cookie")
            if each.startswith("copilot_session=")
        )
        assert all(word in session for word in ("httponly", "samesite=strict", "max-age=28800"))
        assert (await client.get("/documents")).status_code == 200
        assert (await client.get("/audit")).status_code == 403  # an analyst
        cookies = dict(client.cookies)
        assert (await client.post("/sign-out")).status_code == 204
        assert (await client.get("/documents")).status_code == 401
        kept = {"cookie": f"copilot_session={cookies['copilot_session']}"}
        assert (await client.get("/documents", headers=kept)).status_code == 401
        again = await at_the_provider(await begin(client))
        assert (await client.get(again)).status_code == 200
        assert (await client.get("/documents")).status_code == 200


async def test_an_answer_counts_once_and_in_the_browser_that_asked(running, signed_up):
    async with running(signed_up, BASE) as client:
        back = await at_the_provider(await begin(client))
        stolen = httpx.AsyncClient(transport=client._transport, base_url=BASE)
        elsewhere = await stolen.get(back)
        assert (elsewhere.status_code, "begun by this browser" in elsewhere.text) == (401, True)
        await begin(client)  # another sign-in of this browser
        other = await client.get(back)
        assert (other.status_code, "another sign-in" in other.text) == (401, True)
        back = await at_the_provider(await begin(client))
        kept = dict(client.cookies)
        assert (await client.get(back)).status_code == 200
        client.cookies.update(kept)
        repeated = await client.get(back)
        assert (repeated.status_code, "refused" in repeated.text) == (401, True)


async def test_a_refusal_of_the_provider(running, signed_up):
    async with running(signed_up, BASE) as client:
        await begin(client)
        refused = {"error": "access_denied", "error_description": "<script>x</script>"}
        answer = await client.get("/sign-in/oidc/callback", params=refused)
        assert answer.status_code == 401
        assert "<script>" not in answer.text
        assert (await client.get("/sign-in/oidc/callback?code=x")).status_code == 401


async def test_links_stay_off(running, signed_up):
    async with running(signed_up, BASE) as client:
        signer = client.app.state.authentication.signer
        local = {"authorization": f"Bearer {signer.new_session(local_principal())}"}
        assert (await client.get("/documents", headers=local)).status_code == 401
        token = signer.new_link_token()
        assert (await client.get("/sign-in", params={"token": token})).status_code == 401


async def test_without_a_provider_there_is_nowhere_to_go(running, settings):
    async with running(settings) as client:
        answer = await client.get("/sign-in/oidc")
    assert (answer.status_code, "COPILOT_OIDC_ISSUER" in answer.text) == (404, True)


async def test_a_session_of_the_laptop_ends_everywhere(running, settings):
    async with running(settings) as client:
        signer = client.app.state.authentication.signer
        mine = {"authorization": f"Bearer {signer.new_session(local_principal())}"}
        assert (await client.get("/documents", headers=mine)).status_code == 200
        assert (await client.post("/sign-out", headers=mine)).status_code == 204
        assert (await client.get("/documents", headers=mine)).status_code == 401
        again = {"authorization": f"Bearer {signer.new_session(local_principal())}"}
        assert (await client.get("/documents", headers=again)).status_code == 200


async def test_behind_a_proxy_the_browser_is_told_the_public_address(running, signed_up):
    public = signed_up.model_copy(update={"public_url": "https://copilot.example/"})
    async with running(public, BASE) as client:
        answer = await client.get("/sign-in/oidc")
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["redirect_uri"] == ["https://copilot.example/sign-in/oidc/callback"]
    assert "secure" in answer.headers["set-cookie"].lower()
