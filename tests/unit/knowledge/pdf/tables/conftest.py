"""Reads tables that tests draw."""

import pytest
from unit.knowledge.pdf.tables import drawing


@pytest.fixture
def table_of(pages_of, draw):
    """Reads the first table of a page with some titles above rows."""

    def table_of(*rows, columns, titles=(), cover=()):
        page = [*drawing.titles(*titles), *drawing.lines(*rows, columns=columns)]
        first = [drawing.titles(*cover)] if cover else []
        return pages_of(draw(*first, page))[-1].tables[0]

    return table_of
