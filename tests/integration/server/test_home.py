"""What `/` shows: a page for browsers, an index for programs."""

import re

import httpx
import pytest
from integration.server.browser import CHROMIUM, browse, console

from server.home.page import POLICY
from server.home.router import LINKS

pytestmark = pytest.mark.xdist_group("service")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def link(service):
    return re.search(r"http://\S+", service.command("sign-in", COPILOT_PORT=port(service)).stdout)[
        0
    ]


def port(service):
    return service.url.rpartition(":")[2]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html;q=0.5, application/json"])
def test_program_gets_an_index_whose_links_exist(service, accept):
    with service.client() as client:
        answer = client.get("/", headers={"accept": accept})
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["vary"] == "Accept"
        assert answer.json()["links"] == LINKS
        assert answer.json()["sign_in"] == {"link": "/sign-in"}
        paths = client.get("/openapi.json").json()["paths"]
    undocumented = ("/agent", "/openapi.json", "/docs", "/redoc")
    for path in LINKS.values():
        assert path in paths or path.startswith(undocumented), path


def test_browser_gets_a_page_that_may_load_nothing_but_its_own_files(service):
    answer = httpx.get(service.url, headers={"accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    named = re.findall(r'(?:src|href)="([^"#]+)"', answer.text)
    assert all(each.startswith("/") and not each.startswith("//") for each in named)
    for path in named:
        if path.startswith("/home/"):
            assert httpx.get(service.url + path).status_code == 200, path
    assert not re.search(r"<script(?![^>]*src=)|<style|style=|\son\w+=", answer.text)


def test_head_of_the_page_is_answered(service):
    assert httpx.head(service.url).status_code == 200


def test_sign_in_link_leads_to_the_page(service, link):
    opened = httpx.get(link, headers={"accept": BROWSER})
    assert (opened.status_code, opened.headers["location"]) == (303, "/")


@pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")
def test_signed_out_page_asks_to_sign_in(service, tmp_path):
    opened = browse(service.url, tmp_path / "profile", "--dump-dom")
    assert hidden(opened.stdout) == {"sign-in": False, "work": True, "provider": True}
    refused = [line for line in console(opened.stderr) if "401" not in line]
    assert refused == []


@pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")
def test_signed_in_page_lists_documents(service, link, tmp_path):
    opened = browse(link, tmp_path / "profile", "--dump-dom")
    assert hidden(opened.stdout) == {"sign-in": True, "work": False, "provider": True}
    assert re.search(r"<li>HALVORSEN_2024Q2_10Q.pdf \(\d+ pages, ready\)</li>", opened.stdout)
    assert console(opened.stderr) == []


@pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")
def test_refused_link_is_explained_in_words(service, tmp_path):
    url = f"{service.url}/sign-in?token=forged"
    assert httpx.get(url, headers={"accept": BROWSER}).status_code == 401
    opened = browse(url, tmp_path / "profile", "--dump-dom")
    assert hidden(opened.stdout)["sign-in"] is False
    assert "This sign-in link is not valid any more." in opened.stdout


def hidden(page):
    """Whether a part of the page is hidden."""
    tags = {
        name: re.search(rf'<[^>]*id="{name}"[^>]*>', page)[0]
        for name in ("sign-in", "work", "provider")
    }
    return {name: " hidden" in tag for name, tag in tags.items()}
