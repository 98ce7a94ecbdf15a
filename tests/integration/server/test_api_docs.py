"""/docs and /redoc in a browser that reaches no other host."""

import re

import pytest
from integration.server.browser import CHROMIUM, browse, console

from server.api_docs.router import REDOC_POLICY, STATIC, SWAGGER_POLICY

pytestmark = pytest.mark.xdist_group("service")


@pytest.mark.parametrize(("path", "policy"), [("/docs", SWAGGER_POLICY), ("/redoc", REDOC_POLICY)])
def test_page_names_only_files_of_the_service(service, path, policy):
    with service.client() as client:
        page = client.get(path)
        assert page.headers["content-security-policy"] == policy
        assert "http" not in policy
        named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert named
        for each in named:
            assert each.startswith("/")
            assert client.get(each).status_code == 200, each


def test_vendored_files_have_their_licences():
    for folder in ("swagger-ui", "redoc"):
        names = {path.name for path in (STATIC / folder).iterdir()}
        assert "LICENSE" in names
        scripts = {name for name in names if name.endswith(".js")}
        assert {f"{name}.LICENSE.txt" for name in scripts} <= names


@pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/docs", ['id="operations-asking-ask"', 'class="btn authorize']),
        ("/redoc", ["tag/asking/operation/ask", "X-API-Key"]),
    ],
)
def test_page_shows_every_operation_and_asks_no_other_host(service, tmp_path, path, shown):
    opened = browse(service.url + path, tmp_path / "profile", "--dump-dom")
    for each in shown:
        assert each in opened.stdout
    assert console(opened.stderr) == []
