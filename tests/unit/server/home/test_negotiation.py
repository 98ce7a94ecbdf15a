"""Browsers get a page, everything else gets JSON."""

import pytest

from server.home.negotiation import prefers_html

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "is_html"),
    [
        (FIREFOX, True),
        ("text/html", True),
        ("TEXT/HTML ; q=0.9", True),
        ("application/json, text/html;q=0.9", False),
        ("application/json;q=0.5, text/html", True),
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/html;q=0", False),
        ("text/html;q=x", False),
        (",;,", False),
    ],
)
def test_accept_header_decides(accept, is_html):
    assert prefers_html(accept) is is_html
