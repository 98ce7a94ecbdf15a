"""Finance words: what people ask for, and what filings call the row that holds it."""

from dataclasses import dataclass

from knowledge.statements import Statement


@dataclass(frozen=True)
class Metric:
    """A figure with a name of its own."""

    name: str
    asked: tuple[str, ...]
    """Phrases of questions, lower case."""
    rows: tuple[str, ...]
    """Labels of rows as `rows.words_of` gives them, the surest first."""
    statement: Statement | None
    outlay: bool = False
    """Some filings print it in parentheses and some don't: its size is what counts."""
    per_share: bool = False
    percent: bool = False


def _metric(name: str, statement: Statement | None, asked: str, rows: str, **flags: bool) -> Metric:
    return Metric(name, tuple(asked.split("|")), tuple(rows.split("|")), statement, **flags)


_INCOME, _BALANCE, _CASH = Statement.INCOME, Statement.BALANCE, Statement.CASH

METRICS: tuple[Metric, ...] = (
    _metric(
        "Revenue",
        _INCOME,
        "total revenues|total revenue|total net revenues|total net revenue|net revenues|"
        "net revenue|total net sales|net sales|revenues|revenue|turnover|sales to customers|"
        "total sales|sales|top line",
        "total revenues|total revenue|total net revenues|total net revenue|total net sales|"
        "revenues net|net revenues|net revenue|net sales|sales to customers|revenues|revenue|"
        "total sales|sales|turnover|net sales and revenues|reported sales",
    ),
    _metric(
        "Cost of sales",
        _INCOME,
        "cost of goods sold|cost of products sold|cost of revenues|cost of revenue|cost of sales|"
        "costs of sales|cogs",
        "cost of sales|total cost of sales|cost of goods sold|cost of products sold|"
        "cost of revenues|cost of revenue|total cost of revenues|total cost of revenue|"
        "costs of goods sold|costs of sales",
        outlay=True,
    ),
    _metric("Gross profit", _INCOME, "gross profits|gross profit", "gross profit|gross margin"),
    _metric(
        "Operating income",
        _INCOME,
        "operating income|operating profit|income from operations|operating earnings|ebit",
        "operating income|total operating income|income from operations|operating profit|"
        "earnings from operations|operating earnings|loss from operations|operating loss",
    ),
    _metric(
        "Income before taxes",
        _INCOME,
        "income before income taxes|earnings before income taxes|income before taxes|"
        "pretax income|pre-tax income|profit before tax|pretax earnings",
        "income before income taxes|income before income tax expense|earnings before income taxes|"
        "income before provision for income taxes|earnings before provision for taxes on income|"
        "income before taxes|loss before income taxes|earnings before income tax expense|"
        "income before tax|profit before tax",
    ),
    _metric(
        "Income tax expense",
        _INCOME,
        "income tax expense|income taxes|provision for income taxes|income tax provision|taxes",
        "income tax expense|provision for income taxes|income taxes|income tax provision|"
        "provision for taxes on income|income tax benefit|benefit for income taxes|income tax",
    ),
    _metric(
        "Net income",
        _INCOME,
        "net income|net earnings|net profit|net loss|profit for the year|earnings|profit|"
        "bottom line",
        "net income|net earnings|net income loss|net loss|net profit|profit for the year|"
        "net income including noncontrolling interests|"
        "net earnings including earnings attributable to noncontrolling interests",
    ),
    _metric(
        "Diluted earnings per share",
        _INCOME,
        "diluted earnings per share|diluted eps|earnings per share|eps",
        "diluted earnings per share|diluted eps|diluted loss per share|eps diluted|"
        "net income per share diluted|earnings per share diluted|diluted",
        per_share=True,
    ),
    _metric(
        "Basic earnings per share",
        _INCOME,
        "basic earnings per share|basic eps",
        "basic earnings per share|basic eps|basic loss per share|eps basic|basic",
        per_share=True,
    ),
    _metric(
        "Research and development expense",
        _INCOME,
        "research and development expenses|research and development expense|"
        "research and development|r&d expense|r&d",
        "research and development|research and development expense|"
        "research and development expenses|research and development expense net",
        outlay=True,
    ),
    _metric(
        "Selling, general and administrative expense",
        _INCOME,
        "selling, general and administrative expenses|selling, general and administrative|sg&a",
        "selling general and administrative expenses|selling general and administrative|"
        "selling general and administrative expense|selling marketing and administrative expenses",
        outlay=True,
    ),
    _metric(
        "Interest expense",
        _INCOME,
        "interest expense",
        "interest expense|interest and debt expense|interest expense net",
        outlay=True,
    ),
    _metric(
        "Dividends paid",
        _CASH,
        "cash dividends paid|dividends paid|dividends",
        "dividends paid|cash dividends paid|payment of dividends|dividends",
        outlay=True,
    ),
    _metric(
        "Depreciation and amortization",
        _CASH,
        "depreciation and amortization of intangible assets|depreciation and amortization|"
        "depreciation & amortization|d&a",
        "depreciation and amortization|depreciation and amortization expense|"
        "depreciation amortization and other|depreciation and amortization of property",
        outlay=True,
    ),
    _metric(
        "Depreciation",
        _CASH,
        "depreciation expense|depreciation",
        "depreciation|depreciation expense|depreciation of property plant and equipment",
        outlay=True,
    ),
    _metric(
        "Amortization of intangible assets",
        _CASH,
        "amortization of acquired intangible assets|amortization of intangible assets|"
        "amortization of intangibles|amortization expense",
        "amortization of intangible assets|amortization of acquired intangible assets|"
        "amortization of acquisition-related intangible assets|amortization of intangibles|"
        "amortization|amortization expense",
        outlay=True,
    ),
    _metric(
        "Stock-based compensation",
        _CASH,
        "stock-based compensation|share-based compensation",
        "stock-based compensation|stock-based compensation expense|share-based compensation|"
        "share-based compensation expense",
        outlay=True,
    ),
    _metric(
        "Repurchases of common stock",
        _CASH,
        "repurchases of common stock|share repurchases|stock repurchases|share buybacks",
        "repurchases of common stock|repurchase of common stock|purchases of treasury stock|"
        "repurchases of shares|common stock repurchased",
        outlay=True,
    ),
    _metric(
        "Repayments of long-term debt",
        _CASH,
        "repayments of long-term debt|repayments of debt|debt repayments",
        "repayments of long-term debt|repayment of long-term debt|payments on long-term debt|"
        "repayments of debt|payments of long-term debt",
        outlay=True,
    ),
    _metric(
        "Cash from operations",
        _CASH,
        "net cash provided by operating activities|cash provided by operating activities|"
        "net cash from operating activities|cash flows from operating activities|"
        "cash flow from operating activities|cash flow from operations|cash from operations|"
        "operating cash flows|operating cash flow",
        "net cash provided by operating activities|total cash provided by operating activities|"
        "cash provided by operating activities|net cash from operating activities|"
        "net cash flows from operating activities|net cash used in operating activities|"
        "cash flows from operating activities|net cash provided by operations|"
        "net cash by operating activities|net cash operating activities",
    ),
    _metric(
        "Capital expenditures",
        _CASH,
        "purchases of property, plant and equipment|purchases of property and equipment|"
        "capital expenditures|capital expenditure|capital spending|capex",
        "capital expenditures|purchases of property plant and equipment|"
        "purchases of property and equipment|additions to property plant and equipment|"
        "additions to property and equipment|"
        "property plant and equipment additions|payments for property plant and equipment|"
        "payments to acquire property plant and equipment|capital spending|"
        "purchase of property plant and equipment|purchase of property and equipment|"
        "payments for acquisition of property plant and equipment",
        outlay=True,
    ),
    _metric(
        "Property, plant and equipment, net",
        _BALANCE,
        "net property, plant, and equipment|net property, plant and equipment|"
        "property, plant, and equipment|property, plant and equipment|property and equipment|"
        "net pp&e|net ppne|pp&e|ppne|ppe|fixed assets",
        "property plant and equipment net|property and equipment net|"
        "net property plant and equipment|net property and equipment|"
        "property plant and equipment|property and equipment|"
        "total property plant and equipment net|property plant and equipment at cost net",
    ),
    _metric(
        "Total current assets",
        _BALANCE,
        "total current assets|current assets",
        "total current assets|current assets",
    ),
    _metric(
        "Total current liabilities",
        _BALANCE,
        "total current liabilities|current liabilities",
        "total current liabilities|current liabilities",
    ),
    _metric("Total assets", _BALANCE, "total assets|assets", "total assets"),
    _metric("Total liabilities", _BALANCE, "total liabilities|liabilities", "total liabilities"),
    _metric(
        "Total equity",
        _BALANCE,
        "total shareholders' equity|total stockholders' equity|shareholders' equity|"
        "stockholders' equity|total equity|equity",
        "total equity|total shareholders equity|total stockholders equity|"
        "total shareowners equity|shareholders equity|stockholders equity",
    ),
    _metric(
        "Inventories",
        _BALANCE,
        "inventories|inventory",
        "inventories|inventories net|inventory|total inventories|merchandise inventories|"
        "inventory net",
    ),
    _metric(
        "Accounts receivable",
        _BALANCE,
        "accounts receivable|trade receivables|receivables",
        "accounts receivable net|accounts receivable|receivables|receivables net|"
        "trade receivables|accounts receivable trade|trade accounts receivable",
    ),
    _metric(
        "Accounts payable",
        _BALANCE,
        "accounts payable|trade payables|payables",
        "accounts payable|trade accounts payable|trade payables",
    ),
    _metric(
        "Accrued liabilities",
        _BALANCE,
        "accrued liabilities|accrued expenses",
        "accrued liabilities|accrued expenses|total accrued liabilities",
    ),
    _metric(
        "Deferred revenue",
        _BALANCE,
        "deferred revenue|deferred revenues|unearned revenue|contract liabilities",
        "deferred revenue|deferred revenues|unearned revenue|contract liabilities",
    ),
    _metric(
        "Retained earnings",
        _BALANCE,
        "retained earnings or accumulated deficit|retained earnings|accumulated deficit|"
        "reinvested earnings",
        "retained earnings|accumulated deficit|retained earnings accumulated deficit|"
        "earnings reinvested in the business|reinvested earnings",
    ),
    _metric(
        "Intangible assets, net",
        _BALANCE,
        "intangible assets, net|intangible assets|intangibles",
        "intangible assets net|intangible assets|other intangible assets net|"
        "acquired intangible assets net|identifiable intangible assets net",
    ),
    _metric(
        "Cash and cash equivalents",
        _BALANCE,
        "cash and cash equivalents|cash & cash equivalents|cash and equivalents|cash balance",
        "cash and cash equivalents|cash and equivalents|total cash and cash equivalents",
    ),
    _metric(
        "Long-term debt",
        _BALANCE,
        "long-term debt|long term debt",
        "long-term debt|long-term debt net|long-term debt excluding current portion",
    ),
    _metric(
        "Current portion of long-term debt",
        _BALANCE,
        "current portion of long-term debt|current maturities of long-term debt|current portion",
        "current portion of long-term debt|current maturities of long-term debt|"
        "current installments of long-term debt|long-term debt due within one year",
    ),
    _metric(
        "Long-term debt, current portion included",
        _BALANCE,
        "long-term debt including its current portion|long-term debt, current portion included|"
        "long-term debt including the current portion|long-term debt including current portion|"
        "long-term debt, including current portion|long-term debt including current maturities",
        "long-term debt including current portion|total long-term debt including current portion",
    ),
    _metric(
        "Total debt",
        _BALANCE,
        "total debt|debt",
        "total debt|debt|total borrowings",
    ),
    _metric("Goodwill", _BALANCE, "goodwill", "goodwill|goodwill net"),
)

DISCLOSED: dict[str, Metric] = {
    "Effective tax rate": _metric(
        "Effective tax rate",
        None,
        "effective tax rate",
        "effective tax rate|effective income tax rate|effective rate",
        percent=True,
    )
}
"""Rates that filings print, by the title of the formula that computes them otherwise."""
