"""The primary statements, drawn from the books."""

from collections.abc import Callable
from decimal import Decimal

from evals.filings.books import NIL, Balance, Flows
from evals.filings.report import Report, Span, long_date
from evals.filings.tables import Column, Row, RowStyle, Table, without_nil_lines

FlowLine = tuple[str, RowStyle, Callable[[Flows], Decimal] | None]
BalanceLine = tuple[str, RowStyle, Callable[[Balance], Decimal] | None]

INCOME_LINES: tuple[FlowLine, ...] = (
    ("Net revenue", "line", lambda f: f.revenue),
    ("Cost of revenue", "line", lambda f: f.cost),
    ("Gross profit", "subtotal", lambda f: f.gross_profit),
    ("Operating expenses:", "heading", None),
    ("Selling, general and administrative", "line", lambda f: f.selling),
    ("Research and development", "line", lambda f: f.research),
    ("Amortization of intangible assets", "line", lambda f: f.amortization),
    ("Restructuring charges", "line", lambda f: f.restructuring),
    ("Total operating expenses", "subtotal", lambda f: f.operating_expenses),
    ("Operating income (loss)", "subtotal", lambda f: f.operating_income),
    ("Interest expense", "line", lambda f: -f.interest),
    ("Interest and other income, net", "line", lambda f: f.other_income),
    ("Income (loss) before income taxes", "subtotal", lambda f: f.pretax),
    ("Provision for income taxes", "line", lambda f: f.tax),
    ("Net income (loss)", "total", lambda f: f.net_income),
)
ASSET_LINES: tuple[BalanceLine, ...] = (
    ("Current assets:", "heading", None),
    ("Cash and cash equivalents", "line", lambda b: b.cash),
    ("Accounts receivable, net", "line", lambda b: b.receivables),
    ("Inventories", "line", lambda b: b.inventory),
    ("Prepaid expenses and other current assets", "line", lambda b: b.prepaid),
    ("Total current assets", "subtotal", lambda b: b.current_assets),
    ("Property, plant and equipment, net", "line", lambda b: b.property_net),
    ("Operating lease right-of-use assets", "line", lambda b: b.lease_assets),
    ("Goodwill", "line", lambda b: b.goodwill),
    ("Intangible assets, net", "line", lambda b: b.intangibles),
    ("Other assets", "line", lambda b: b.other_assets),
    ("Total assets", "total", lambda b: b.assets),
)
CLAIM_LINES: tuple[BalanceLine, ...] = (
    ("Current liabilities:", "heading", None),
    ("Accounts payable", "line", lambda b: b.payables),
    ("Accrued liabilities", "line", lambda b: b.accrued),
    ("Deferred revenue", "line", lambda b: b.deferred_revenue),
    ("Current portion of long-term debt", "line", lambda b: b.current_debt),
    ("Current operating lease liabilities", "line", lambda b: b.lease_current),
    ("Total current liabilities", "subtotal", lambda b: b.current_liabilities),
    ("Long-term debt, less current portion", "line", lambda b: b.long_debt),
    ("Non-current operating lease liabilities", "line", lambda b: b.lease_long),
    ("Deferred income taxes", "line", lambda b: b.deferred_tax),
    ("Other long-term liabilities", "line", lambda b: b.other_liabilities),
    ("Total liabilities", "subtotal", lambda b: b.liabilities),
    ("Stockholders' equity:", "heading", None),
    ("Common stock and additional paid-in capital", "line", lambda b: b.paid_in_capital),
    ("Retained earnings (accumulated deficit)", "line", lambda b: b.retained),
    ("Treasury stock, at cost", "line", lambda b: b.treasury),
    ("Accumulated other comprehensive loss", "line", lambda b: b.other_comprehensive),
    ("Total stockholders' equity", "subtotal", lambda b: b.equity),
    ("Total liabilities and stockholders' equity", "total", lambda b: b.liabilities + b.equity),
)
CASH_LINES: tuple[FlowLine, ...] = (
    ("Cash flows from operating activities:", "heading", None),
    ("Net income (loss)", "line", lambda f: f.net_income),
    ("Depreciation", "line", lambda f: f.depreciation),
    ("Amortization of intangible assets", "line", lambda f: f.amortization),
    ("Stock-based compensation", "line", lambda f: f.stock_compensation),
    ("Deferred income taxes", "line", lambda f: f.tax_deferred),
    ("Changes in operating assets and liabilities:", "heading", None),
    ("Accounts receivable", "line", lambda f: f.change_receivables),
    ("Inventories", "line", lambda f: f.change_inventory),
    ("Prepaid expenses and other", "line", lambda f: f.change_prepaid),
    ("Accounts payable", "line", lambda f: f.change_payables),
    ("Accrued liabilities", "line", lambda f: f.change_accrued),
    ("Deferred revenue", "line", lambda f: f.change_deferred_revenue),
    ("Net cash provided by (used in) operating activities", "subtotal", lambda f: f.operating_cash),
    ("Cash flows from investing activities:", "heading", None),
    ("Purchases of property, plant and equipment", "line", lambda f: -f.capex),
    ("Acquisition of business, net of cash acquired", "line", lambda f: -f.acquisition),
    ("Net cash used in investing activities", "subtotal", lambda f: f.investing_cash),
    ("Cash flows from financing activities:", "heading", None),
    ("Proceeds from long-term debt", "line", lambda f: f.debt_issued),
    ("Repayments of long-term debt", "line", lambda f: -f.debt_repaid),
    ("Dividends paid", "line", lambda f: -f.dividends),
    ("Repurchases of common stock", "line", lambda f: -f.repurchases),
    ("Proceeds from employee stock plans", "line", lambda f: f.stock_issued),
    ("Net cash provided by (used in) financing activities", "subtotal", lambda f: f.financing_cash),
    ("Effect of exchange rates on cash", "line", lambda f: f.translation),
    ("Net increase (decrease) in cash", "subtotal", lambda f: f.change_in_cash),
)


def income_statement(report: Report) -> Table:
    spans = report.income_spans
    rows = _flow_rows(INCOME_LINES, spans)
    rows += [
        Row("Net income (loss) per share:", style="heading"),
        _per_share("Basic", tuple(s.per_share(lambda q: q.shares) for s in spans)),
        _per_share("Diluted", tuple(s.per_share(lambda q: q.diluted_shares) for s in spans)),
        Row("Weighted-average shares:", style="heading"),
        _shares("Basic shares", tuple(s.average(lambda q: q.shares) for s in spans)),
        _shares("Diluted shares", tuple(s.average(lambda q: q.diluted_shares) for s in spans)),
    ]
    return Table(
        f"Consolidated Statements of {report_income_name(report)}",
        f"(in {report.company.scale}, except per share data)",
        tuple(span.column for span in spans),
        without_nil_lines(rows),
        report.company.scale,
        report.group,
        _restated_note(report),
    )


def report_income_name(report: Report) -> str:
    return "Operations" if report.income_spans[0].flows.net_income < 0 else "Income"


def _per_share(label: str, values: tuple[Decimal, ...]) -> Row:
    return Row(label, values, unit="USD/share", places=2, dollar=True)


def _shares(label: str, values: tuple[Decimal, ...]) -> Row:
    return Row(label, values, unit="shares")


def _flow_rows(lines: tuple[FlowLine, ...], spans: tuple[Span, ...]) -> list[Row]:
    return [
        Row(label, tuple(of(s.flows) for s in spans), style, dollar=style == "total" or not at)
        if of
        else Row(label, style=style)
        for at, (label, style, of) in enumerate(lines)
    ]


def _restated_note(report: Report) -> tuple[str, ...]:
    if not report.restates:
        return ()
    return ("As restated; see Note 2, Restatement of Previously Issued Financial Statements.",)


def balance_sheet(report: Report) -> Table:
    rows = [
        Row(label, tuple(of(i.balance) for i in report.instants), style, dollar=style == "total")
        if of
        else Row(label, style=style)
        for label, style, of in (*ASSET_LINES, *CLAIM_LINES)
    ]
    return Table(
        "Consolidated Balance Sheets",
        report.scale_note,
        tuple(instant.column for instant in report.instants),
        without_nil_lines(rows),
        report.company.scale,
        footnotes=_restated_note(report),
    )


def cash_flow_statement(report: Report) -> Table:
    spans = report.cash_spans
    rows = _flow_rows(CASH_LINES, spans)
    rows += [
        Row("Cash, beginning of period", tuple(s.opening.cash for s in spans)),
        Row("Cash, end of period", tuple(s.closing.cash for s in spans), "total", dollar=True),
    ]
    return Table(
        "Consolidated Statements of Cash Flows",
        report.scale_note,
        tuple(span.column for span in spans),
        without_nil_lines(rows),
        report.company.scale,
        report.group.rpartition("|")[2],
        _restated_note(report),
    )


EQUITY_COLUMNS = ("Paid-in capital", "Retained earnings", "Treasury stock", "AOCL", "Total")


def equity_statement(report: Report) -> Table:
    """Components across, movements down; each row has its own period."""
    spans = tuple(reversed(report.cash_spans if not report.quarter else report.cash_spans[:1]))
    start = report.company.period_end(spans[0].quarters[0].fiscal_year - 1)
    rows = [_equity_balance(spans[0].opening, start.isoformat(), long_date(start))]
    for span in spans:
        end = report.company.period_end(span.quarters[-1].fiscal_year, span.quarters[-1].number)
        rows += _equity_movements(span)
        rows.append(_equity_balance(span.closing, end.isoformat(), long_date(end)))
    return Table(
        "Consolidated Statements of Stockholders' Equity",
        report.scale_note,
        tuple(Column(header, "") for header in EQUITY_COLUMNS),
        without_nil_lines(rows),
        report.company.scale,
        footnotes=_restated_note(report),
        repeat_header=False,
    )


def _equity_balance(balance: Balance, period: str, day: str) -> Row:
    parts = (
        balance.paid_in_capital,
        balance.retained,
        balance.treasury,
        balance.other_comprehensive,
    )
    return Row(f"Balance, {day}", (*parts, balance.equity), "subtotal", dollar=True, period=period)


def _equity_movements(span: Span) -> list[Row]:
    flows, period = span.flows, span.column.period
    moves = (
        ("Net income (loss)", 1, flows.net_income),
        ("Cash dividends", 1, -flows.dividends),
        ("Stock-based compensation", 0, flows.stock_compensation),
        ("Shares issued under employee plans", 0, flows.stock_issued),
        ("Repurchases of common stock", 2, -flows.repurchases),
        ("Foreign currency translation", 3, flows.translation),
    )
    rows = []
    for label, place, amount in moves:
        cells = [amount if at == place else NIL for at in range(len(EQUITY_COLUMNS) - 1)]
        rows.append(Row(label, (*cells, amount), period=period))
    return rows


def primary_statements(report: Report) -> tuple[Table, ...]:
    return (
        income_statement(report),
        balance_sheet(report),
        cash_flow_statement(report),
        equity_statement(report),
    )
