"""The tables of the notes, each of which ties to the statements."""

from collections.abc import Callable
from decimal import Decimal

from evals.filings.books import NIL, Balance, SaleKey, split
from evals.filings.report import Report, Span, long_date, ratio
from evals.filings.tables import Column, Row, Table, without_nil_lines

CORPORATE_RATE = Decimal("0.03")
STATUTORY_RATE = Decimal("21.0")
MATURITY_WEIGHTS = (12, 12, 38, 10, 28)
LEASE_WEIGHTS = (24, 21, 18, 14, 9, 14)
PROPERTY_CLASSES = ("Land", "Buildings and improvements", "Machinery, fixtures and equipment",
                    "Capitalized software", "Construction in progress")  # fmt: skip
ACCRUED_CLASSES = ("Compensation and benefits", "Warranty, returns and customer credits",
                   "Taxes other than income", "Legal and professional", "Other")  # fmt: skip


def _flow_table(
    report: Report, name: str, rows: list[Row], spans: tuple[Span, ...], notes: tuple[str, ...] = ()
) -> Table:
    group = report.group if spans == report.income_spans else report.group.rpartition("|")[2]
    return Table(
        name,
        report.scale_note,
        tuple(span.column for span in spans),
        without_nil_lines(rows),
        report.company.scale,
        group,
        notes,
    )


def _balance_table(
    report: Report, name: str, rows: list[Row], notes: tuple[str, ...] = ()
) -> Table:
    columns = tuple(instant.column for instant in report.instants)
    return Table(
        name, report.scale_note, columns, without_nil_lines(rows), report.company.scale, "", notes
    )


def _sold(span: Span, chosen: Callable[[SaleKey], bool]) -> Decimal:
    sales = (q.sales.items() for q in span.quarters)
    return sum((amount for items in sales for key, amount in items if chosen(key)), NIL)


def _of_segment(name: str) -> Callable[[SaleKey], bool]:
    return lambda key: key[0] == name


def _sales_row(
    report: Report, label: str, chosen: Callable[[SaleKey], bool], *, total: bool = False
) -> Row:
    values = tuple(_sold(span, chosen) for span in report.income_spans)
    return Row(label, values, "total" if total else "line", dollar=total)


def revenue_by_product(report: Report) -> Table:
    """Long on purpose: it runs over a page and repeats its header."""
    rows: list[Row] = []
    for segment in report.company.segments:
        rows.append(Row(f"{segment.name}:", style="heading"))
        for product in segment.products:
            for region in report.company.regions:
                key = (segment.name, product, region)
                rows.append(_sales_row(report, f"{product}, {region}", key.__eq__))
        subtotal = _sales_row(report, f"Total {segment.name}", _of_segment(segment.name))
        rows.append(Row(subtotal.label, subtotal.values, "subtotal"))
    rows.append(_sales_row(report, "Net revenue", lambda _: True, total=True))
    return _flow_table(report, "Revenue by Product Line and Region", rows, report.income_spans)


def revenue_by_geography(report: Report) -> Table:
    def of(region: str) -> Row:
        return _sales_row(report, region, lambda key: key[2] == region)

    rows = [of(region) for region in report.company.regions]
    rows.append(_sales_row(report, "Total net revenue", lambda _: True, total=True))
    note = "(1) Attributed by the place of delivery. No other country exceeded 10% of revenue."
    return _flow_table(report, "Revenue by Geography (1)", rows, report.income_spans, (note,))


def segment_results(report: Report) -> Table:
    spans, names = report.income_spans, [each.name for each in report.company.segments]
    sold = {n: tuple(_sold(s, _of_segment(n)) for s in spans) for n in names}
    corporate = tuple(-(s.flows.revenue * CORPORATE_RATE).quantize(Decimal(1)) for s in spans)
    profits = [
        split(span.flows.operating_income - cost, [sold[name][at] for name in names])
        for at, (span, cost) in enumerate(zip(spans, corporate, strict=True))
    ]
    rows = [Row("Net revenue:", style="heading")]
    rows += [Row(name, sold[name]) for name in names]
    rows.append(
        Row("Total segment revenue", tuple(s.flows.revenue for s in spans), "total", dollar=True)
    )
    rows.append(Row("Segment operating income (loss):", style="heading"))
    rows += [
        Row(f"{name} operating income (loss)", tuple(profit[at] for profit in profits))
        for at, name in enumerate(names)
    ]
    rows.append(Row("Unallocated corporate expense", corporate))
    total = tuple(s.flows.operating_income for s in spans)
    rows.append(Row("Total operating income (loss)", total, "total", dollar=True))
    return _flow_table(report, "Segment Information", rows, spans)


def _parts(
    report: Report,
    labels: tuple[str, ...],
    weights: tuple[int, ...],
    of: Callable[[Balance], Decimal],
) -> list[Row]:
    """Lines that share out a balance, in both columns."""
    shares = [split(of(instant.balance), weights) for instant in report.instants]
    return [Row(label, tuple(s[at] for s in shares)) for at, label in enumerate(labels)]


def _balance_row(report: Report, label: str, of: Callable[[Balance], Decimal]) -> Row:
    return Row(label, tuple(of(i.balance) for i in report.instants), "total", dollar=True)


def inventories(report: Report) -> Table:
    labels = ("Raw materials and components", "Work in process", "Finished goods")
    if report.company.scale == "millions":
        labels = ("Merchandise in stores", "Merchandise in distribution centers", "Supplies")
    rows = _parts(report, labels, (34, 21, 45), lambda b: b.inventory)
    rows.append(_balance_row(report, "Total inventories", lambda b: b.inventory))
    return _balance_table(report, "Inventories", rows)


def property_and_equipment(report: Report) -> Table:
    rows = _parts(report, PROPERTY_CLASSES, (6, 31, 44, 12, 7), lambda b: b.property_gross)
    gross = _balance_row(report, "Gross property, plant and equipment", lambda b: b.property_gross)
    less = tuple(-i.balance.accumulated_depreciation for i in report.instants)
    rows += [
        Row(gross.label, gross.values, "subtotal"),
        Row("Less accumulated depreciation", less),
    ]
    rows.append(_balance_row(report, "Net property, plant and equipment", lambda b: b.property_net))
    return _balance_table(report, "Property, Plant and Equipment", rows)


def accrued_liabilities(report: Report) -> Table:
    rows = _parts(report, ACCRUED_CLASSES, (41, 22, 14, 9, 14), lambda b: b.accrued)
    rows.append(_balance_row(report, "Total accrued liabilities", lambda b: b.accrued))
    return _balance_table(report, "Accrued Liabilities", rows)


def debt(report: Report) -> Table:
    labels = ("Senior notes", "Term loan", "Revolving credit facility")
    weights = (62, 38, 0)
    rows = [
        *_parts(report, labels[:2], weights[:2], lambda b: b.debt),
        _balance_row(report, "Total debt", lambda b: b.debt),
        Row("Less current portion", tuple(-i.balance.current_debt for i in report.instants)),
        _balance_row(report, "Long-term portion", lambda b: b.long_debt),
    ]
    note = "(a) Nothing was drawn under the revolving credit facility at either date."
    return _balance_table(report, "Long-Term Debt (a)", rows, (note,))


def _single_column(report: Report, name: str, rows: list[Row], header: str = "Amount") -> Table:
    column = Column(header, report.end.isoformat())
    return Table(name, report.scale_note, (column,), tuple(rows), report.company.scale)


def _years_after(report: Report, count: int) -> list[str]:
    first = str(report.fiscal_year + 1)
    if report.quarter:
        first = f"{report.fiscal_year} (remaining six months)"
    start = report.fiscal_year + (1 if report.quarter else 2)
    return [first, *(str(start + each) for each in range(count - 1)), "Thereafter"]


def debt_maturities(report: Report) -> Table:
    balance = report.instants[0].balance
    later = split(balance.long_debt, MATURITY_WEIGHTS)
    labels = _years_after(report, len(later))
    rows = [Row(k, (v,)) for k, v in zip(labels, (balance.current_debt, *later), strict=True)]
    rows.append(Row("Total maturities", (balance.debt,), "total", dollar=True))
    return _single_column(report, "Maturities of Long-Term Debt", rows)


def lease_maturities(report: Report) -> Table:
    liability = report.instants[0].balance.lease_assets
    interest = (liability * Decimal("0.136")).quantize(Decimal(1))
    parts = split(liability + interest, LEASE_WEIGHTS)
    labels = _years_after(report, len(parts) - 1)
    rows = [Row(k, (v,)) for k, v in zip(labels, parts, strict=True)]
    rows += [
        Row("Total lease payments", (liability + interest,), "subtotal"),
        Row("Less imputed interest", (-interest,)),
        Row("Present value of lease liabilities", (liability,), "total", dollar=True),
    ]
    return _single_column(report, "Maturities of Operating Lease Liabilities", rows)


def income_taxes(report: Report) -> Table:
    spans = report.cash_spans
    rows = [
        Row("Current tax expense", tuple(s.flows.tax_current for s in spans)),
        Row("Deferred tax expense (benefit)", tuple(s.flows.tax_deferred for s in spans)),
        Row(
            "Provision for income taxes",
            tuple(s.flows.tax for s in spans),
            "total",
            dollar=True,
        ),
    ]
    return _flow_table(report, "Provision for Income Taxes", rows, spans)


def tax_rates(report: Report) -> Table:
    spans = report.cash_spans
    effective = tuple(ratio(s.flows.tax, s.flows.pretax) for s in spans)
    state = tuple(Decimal("2.6") for _ in spans)
    other = tuple(
        rate - STATUTORY_RATE - local for rate, local in zip(effective, state, strict=True)
    )
    lines = (
        ("Statutory federal rate", tuple(STATUTORY_RATE for _ in spans)),
        ("State taxes, net of federal benefit", state),
        ("Foreign rates, credits and valuation allowance", other),
    )
    rows = [Row(k, v, unit="percent", places=1) for k, v in lines]
    rows.append(Row("Effective tax rate", effective, "total", unit="percent", places=1))
    columns = tuple(span.column for span in spans)
    group = report.group.rpartition("|")[2]
    return Table("Reconciliation of Tax Rates", "", columns, tuple(rows), "ones", group)


def stock_compensation(report: Report) -> Table:
    spans = report.income_spans
    labels = ("Cost of revenue", "Research and development", "Selling, general and administrative")
    parts = [split(span.flows.stock_compensation, (1, 2, 5)) for span in spans]
    rows = [Row(label, tuple(part[at] for part in parts)) for at, label in enumerate(labels)]
    total = tuple(span.flows.stock_compensation for span in spans)
    rows.append(Row("Total stock-based compensation", total, "total", dollar=True))
    return _flow_table(report, "Stock-Based Compensation Expense", rows, spans)


def goodwill_changes(report: Report) -> Table:
    spans = report.cash_spans
    rows = [
        Row("Goodwill, beginning of period", tuple(s.opening.goodwill for s in spans)),
        Row("Acquired", tuple(s.closing.goodwill - s.opening.goodwill for s in spans)),
        Row(
            "Goodwill, end of period",
            tuple(s.closing.goodwill for s in spans),
            "total",
            dollar=True,
        ),
    ]
    return _flow_table(report, "Changes in Goodwill", rows, spans)


def quarterly_results(report: Report) -> Table:
    """The four quarters of the year, unaudited; they sum to the year's column."""
    year = report.fiscal_year
    spans = tuple(report.span(year, number, number) for number in range(1, 5))
    columns = tuple(
        Column(f"Quarter {number}", span.column.period) for number, span in enumerate(spans, 1)
    )
    rows = (
        Row("Quarterly net revenue", tuple(s.flows.revenue for s in spans), dollar=True),
        Row("Quarterly gross profit", tuple(s.flows.gross_profit for s in spans)),
        Row("Quarterly operating income", tuple(s.flows.operating_income for s in spans)),
        Row("Quarterly net income", tuple(s.flows.net_income for s in spans), dollar=True),
    )
    name = f"Quarterly Results of {year} (Unaudited)"
    return Table(name, report.scale_note, columns, rows, report.company.scale)


def restatement(report: Report) -> Table:
    year = report.fiscal_year - 1
    before = Span(
        Column(str(year), f"FY{year}"),
        tuple(quarter for quarter in report.unrestated if quarter.fiscal_year == year),
    )
    after = report.span(year)
    lines: tuple[tuple[str, Callable[[Span], Decimal]], ...] = (
        ("Net revenue", lambda s: s.flows.revenue),
        ("Cost of revenue", lambda s: s.flows.cost),
        ("Gross profit", lambda s: s.flows.gross_profit),
        ("Operating income (loss)", lambda s: s.flows.operating_income),
        ("Provision for income taxes", lambda s: s.flows.tax),
        ("Net income (loss)", lambda s: s.flows.net_income),
        ("Inventories", lambda s: s.closing.inventory),
        ("Deferred revenue", lambda s: s.closing.deferred_revenue),
        ("Retained earnings", lambda s: s.closing.retained),
    )
    rows = tuple(
        Row(label, (of(before), of(after) - of(before), of(after)), period=f"FY{year}")
        for label, of in lines
    )
    headers = ("As previously reported", "Adjustment", "As restated")
    columns = tuple(Column(header, "") for header in headers)
    return Table(
        f"Effects of the Restatement on {year}",
        report.scale_note,
        columns,
        rows,
        report.company.scale,
    )


def places(report: Report) -> Table:
    """Where the company is; its header isn't repeated when it runs over a page."""
    noun = report.company.place_noun
    rows = [
        Row(name, (Decimal(count),), unit=noun, period=report.end.isoformat())
        for name, count in report.company.places
    ]
    total = sum((Decimal(count) for _, count in report.company.places), NIL)
    rows.append(Row("Total", (total,), "total", unit=noun, period=report.end.isoformat()))
    return Table(
        f"Properties at {long_date(report.end)}",
        f"({noun})",
        (Column(noun.capitalize(), report.end.isoformat()),),
        tuple(rows),
        "ones",
        repeat_header=False,
    )


def results_of_operations(report: Report) -> Table:
    """MD&A's table: amounts of the two latest comparable periods and the share of revenue."""
    now, before = report.cash_spans[:2]
    lines: tuple[tuple[str, Callable[[Span], Decimal]], ...] = (
        ("Gross margin", lambda s: ratio(s.flows.gross_profit, s.flows.revenue)),
        ("Selling, general and administrative", lambda s: ratio(s.flows.selling, s.flows.revenue)),
        ("Research and development", lambda s: ratio(s.flows.research, s.flows.revenue)),
        ("Operating margin", lambda s: ratio(s.flows.operating_income, s.flows.revenue)),
        ("Net margin", lambda s: ratio(s.flows.net_income, s.flows.revenue)),
    )
    rows = [Row(k, (of(now), of(before)), unit="percent", places=1) for k, of in lines]
    columns = (now.column, before.column)
    group = report.group.rpartition("|")[2]
    return Table(
        "Results as a Percentage of Net Revenue",
        "",
        columns,
        without_nil_lines(rows),
        "ones",
        group,
    )
