"""The six filings and what is asked of them, built once: they take two seconds."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

import pytest

from evals.filings.companies import COMPANIES
from evals.filings.questions.amounts import SIZES
from evals.filings.questions.catalogue import ask
from evals.filings.questions.question import Question
from evals.filings.report import Report
from evals.filings.sheet import Sheet, build_sheet
from tools.calculate import Input, Output, calculate


@pytest.fixture(scope="session")
def sheets() -> Mapping[str, Sheet]:
    reports = [Report(company, *filing) for company in COMPANIES for filing in company.filings]
    return {report.doc_name: build_sheet(report) for report in reports}


@pytest.fixture(scope="session")
def asked(sheets: Mapping[str, Sheet]) -> list[Question]:
    return list(ask(list(sheets.values())))


@pytest.fixture(scope="session")
def pages_of(sheets: Mapping[str, Sheet]) -> Callable[[Question], list[str]]:
    """The texts of a question's evidence pages."""

    def texts(question: Question) -> list[str]:
        return [sheets[each.doc_name].page_text(each.page) for each in question.evidence]

    return texts


@pytest.fixture(scope="session")
def sizes_of() -> Callable[[Question], set[Decimal]]:
    """What a calculation's figures may count in: companies together are brought to millions."""

    def sizes(question: Question) -> set[Decimal]:
        found = {SIZES[report.company.scale] for report in question.reports}
        several = len({report.company.code for report in question.reports}) > 1
        return found | {SIZES["millions"]} if several else found

    return sizes


@pytest.fixture(scope="session")
def results_of() -> Callable[[Question], object]:
    """What the real calculator makes of a question's reference calculations."""

    async def outputs(question: Question) -> list[Output]:
        expressions: Iterable[str] = (
            call.arguments["expression"] for call in question.tool_calls if call.tool == "calculate"
        )
        return [await calculate(Input(expression=each)) for each in expressions]

    return outputs
