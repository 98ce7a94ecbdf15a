from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from pydantic import ValidationError
from unit.ledger import Ledger, Report

from core.principal import Permission, Principal
from knowledge.figures.lookup import LookUp
from tools.look_up_figures import Input, look_up_figures

JO = Principal("jo", uuid4(), frozenset(Permission))
PAGE = """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                           {}
Net sales                                      ${}           $40
Income tax expense                               3             2
Net income                                       5             4
"""
NEW = Report(
    "ARDEN_2022_10K.pdf", (PAGE.format("   2022          2021", 50),), company="Arden Inc."
)
OLD = Report(
    "ARDEN_2021_10K.pdf",
    (PAGE.format("   2021          2020", 44),),
    company="Arden Inc.",
    year=2021,
    period_end=date(2021, 12, 31),
)


async def run(ledger, **arguments):
    return await look_up_figures(
        Input(**arguments), principal=JO, figures=ledger, document_ids=None, as_of=None
    )


async def test_the_caller_and_its_documents_come_from_outside_the_model():
    asked = {}

    class Figures:
        async def look_up(self, principal, item, **options):
            asked.update(principal=principal, item=item, **options)
            return LookUp((), (), (), ())

    only, then = (uuid4(),), datetime(2024, 3, 1, tzinfo=UTC)
    output = await look_up_figures(
        Input(item="net sales", company="Arden", periods=("FY2022", "Q3 2022")),
        principal=JO,
        figures=Figures(),
        document_ids=only,
        as_of=then,
    )
    assert (output.answers, output.passages) == ((), ())
    assert asked == {
        "principal": JO,
        "item": "net sales",
        "company": "Arden",
        "periods": ("FY2022", "Q3 2022"),
        "row": None,
        "document_ids": only,
        "as_of": then,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"item": ""},
        {"item": "x" * 1001},
        {"item": "x", "company": "x" * 201},
        {"item": "x", "periods": ["FY2022"] * 13},
        {"item": "x", "periods": "FY2022"},
        {"item": "x", "organization_id": str(uuid4())},
        {"item": "x", "document_ids": []},
        {"item": "x", "as_of": "2024-03-01"},
        {"item": "x", "limit": 10},
    ],
)
def test_the_model_can_not_ask_for_more(wrong):
    with pytest.raises(ValidationError):
        Input.model_validate(wrong)


async def test_figure_comes_with_company_period_and_passage():
    output = await run(Ledger(NEW), item="net sales", periods=("FY2022",))
    (answer,) = output.answers
    assert (answer.company, answer.period, answer.earlier) == ("Arden Inc.", "2022", None)
    (figure,) = answer.figures
    assert (figure.value, figure.scale, figure.unit) == (50, 10**6, "USD")
    assert [passage.page for passage in output.passages] == [1]
    assert output.nearest == ()


async def test_restated_figure_comes_with_the_earlier_one():
    output = await run(Ledger(OLD, NEW), item="net sales", periods=("FY2021",))
    (answer,) = output.answers
    assert [figure.value for figure in answer.figures] == [40]
    assert answer.earlier.value == 44
    assert len(output.passages) == 2


async def test_nothing_exact_comes_with_the_nearest_rows_and_what_was_searched():
    output = await run(Ledger(NEW), item="adjusted net sales", periods=("FY2022",))
    assert output.answers == output.passages == ()
    assert "Net sales" in output.nearest
    assert output.searched == ("Arden Inc. 10-K fiscal 2022 (ARDEN_2022_10K.pdf)",)


async def test_company_without_documents_has_no_figures():
    output = await run(Ledger(NEW), item="net sales", company="Brill", periods=("FY2022",))
    assert output.answers == ()
