"""What to search for next, in the words of a filing."""

from collections.abc import Sequence

from graphs.models.extractive.formulas import METRIC, Need
from graphs.models.extractive.question import Question
from graphs.models.extractive.topics import queries_of
from knowledge.statements import Statement

Part = tuple[str, str]
_PARTS: dict[Statement | None, Part] = {
    Statement.INCOME: (
        (
            "Consolidated Statements of Income operations earnings in thousands millions "
            "except per share data net sales revenues net revenue cost of sales cost of revenue "
            "gross profit"
        ),
        (
            "Total operating expenses Operating income (loss) Interest expense Income (loss) "
            "before income taxes Provision for income taxes Net income (loss) per share: "
            "Basic Diluted"
        ),
    ),
    Statement.BALANCE: (
        (
            "Consolidated Balance Sheets in thousands millions Current assets: cash and cash "
            "equivalents accounts receivable inventories total current assets property, net"
        ),
        (
            "Goodwill Total assets Current liabilities: Accounts payable Accrued liabilities Total "
            "current liabilities Long-term debt Total liabilities and stockholders' equity"
        ),
    ),
    Statement.CASH: (
        (
            "Consolidated Statements of Cash Flows in thousands millions Cash flows from operating "
            "activities: Net income Depreciation Changes in operating assets and liabilities"
        ),
        (
            "Net cash provided by (used in) operating activities Cash flows from investing "
            "activities: Purchases of property, plant and equipment Cash flows from "
            "financing activities: Dividends paid Net increase in cash"
        ),
    ),
    None: (
        "Income Taxes Reconciliation of Tax Rates",
        (
            "Reconciliation of Tax Rates Statutory federal rate State taxes, net of federal "
            "benefit Effective tax rate"
        ),
    ),
}
"""How statements open, and how they go on: a page is found in parts."""
STATEMENT_TITLES = {
    Statement.INCOME: "consolidated statements of operations income earnings",
    Statement.BALANCE: "consolidated balance sheets statements of financial position",
    Statement.CASH: "consolidated statements of cash flows",
}


def statement_queries(wanted: Sequence[Need], question: Question, room: int) -> list[str]:
    """Both parts of a statement where there is room, else the part that holds the row."""
    statements = list(dict.fromkeys(need.metric.statement for need in wanted))
    queries = []
    for statement in statements:
        opening, closing = _PARTS[statement]
        first = f"{_company(question)} {opening} {_periods(wanted)}".strip()
        if len(statements) * 2 <= room:
            queries += [closing, first]
        elif any(_is_in(closing, need) for need in wanted if need.metric.statement == statement):
            queries.append(closing)
        else:
            queries.append(first)
    return queries


def row_query(need: Need, question: Question) -> str:
    """The row by name, with its statement and period."""
    title = STATEMENT_TITLES[need.metric.statement] if need.metric.statement else ""
    company = need.company or _company(question)
    words = f"{company} {title} {need.metric.rows[0]} {need.period.name}"
    return words.strip()


def prose_queries(question: Question) -> list[str]:
    """The filing's own words for the topics of a question, then the question's with them."""
    company = _company(question)
    queries = queries_of(question.lower)
    if not queries:
        return [f"{company} {question.text}".strip()]
    metrics = " ".join(METRIC.findall(question.lower))
    return [*queries[:1], " ".join(f"{company} {metrics} {queries[-1]}".split())]


def _is_in(part: str, need: Need) -> bool:
    text = part.lower().replace(",", "")
    return any(row in text for row in need.metric.rows)


def _company(question: Question) -> str:
    return question.names[0] if question.names else ""


def _periods(needs: Sequence[Need]) -> str:
    names = dict.fromkeys(need.period.name for need in needs)
    ended = "" if any(need.period.month for need in needs) else "Year Ended "
    return ended + " ".join(sorted(names, reverse=True))
