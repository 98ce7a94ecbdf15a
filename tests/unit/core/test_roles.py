"""The docs show the table of roles that the code has."""

from pathlib import Path

from core.principal import Permission
from core.roles import ROLES, Role, as_markdown

PAGE = Path(__file__).parents[3] / "docs" / "permissions.md"


def test_the_page_shows_the_table():
    assert "\n".join(as_markdown()) in PAGE.read_text(encoding="utf-8")


def test_each_role_may_do_more_than_the_next():
    assert ROLES[Role.ADMIN] == frozenset(Permission)
    assert ROLES[Role.ADMIN] > ROLES[Role.ANALYST] > ROLES[Role.VIEWER]
