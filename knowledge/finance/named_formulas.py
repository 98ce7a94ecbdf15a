"""Figures that people ask for by a name, and how they come of others."""

DERIVED: dict[str, str] = {
    "Gross profit": "revenue - cost of sales",
    "Depreciation and amortization": "depreciation + amortization of intangible assets",
    "Long-term debt, current portion included": "current portion + long-term debt",
    "EBITDA": "operating income + depreciation and amortization",
    "Net interest expense": "interest expense - interest income",
}
"""Metrics that some statements don't print, from those that they do."""

NAMED_FORMULAS: tuple[tuple[str, str, str], ...] = (
    # title, phrases of questions, formula in the words that `formulas.parse_formula` reads
    ("Free cash flow", "free cash flow|fcf", "operating cash flow - capex"),
    (
        "Quick ratio",
        "quick ratio|acid test ratio",
        "( current assets - inventory ) / current liabilities",
    ),
    (
        "Working capital ratio",
        "working capital ratio|current ratio",
        "current assets / current liabilities",
    ),
    (
        "Working capital",
        "net working capital|working capital",
        "current assets - current liabilities",
    ),
    (
        "Fixed asset turnover",
        "fixed asset turnover",
        "revenue / average pp&e",
    ),
    ("Asset turnover", "total asset turnover|asset turnover", "revenue / average total assets"),
    (
        "Inventory turnover",
        "inventory turnover|times sold its inventory|sold its inventory",
        "cost of sales / average inventory",
    ),
    (
        "Receivables turnover",
        "receivables turnover|receivable turnover",
        "revenue / average accounts receivable",
    ),
    (
        "Days payable outstanding",
        "days payable outstanding|dpo",
        "365 * average accounts payable / cost of sales",
    ),
    (
        "Effective tax rate",
        "effective tax rate|tax rate",
        "income tax expense % income before taxes",
    ),
    (
        "Gross margin",
        "gross profit margin|gross margins|gross margin|bruttomarge|marge brute|margen bruto",
        "gross profit % revenue",
    ),
    (
        "Operating margin",
        (
            "operating income margin|operating profit margin|operating margins|operating margin|"
            "ebit margin|ebit-marge|operative marge|marge opérationnelle|margen operativo"
        ),
        "operating income % revenue",
    ),
    (
        "Net profit margin",
        (
            "net profit margin|net income margin|profit margin|net margin|nettomarge|marge nette|"
            "margen neto"
        ),
        "net income % revenue",
    ),
    (
        "Interest coverage",
        "interest coverage|times interest earned",
        "operating income / interest expense",
    ),
    (
        "Days of sales outstanding",
        "days sales outstanding|days of sales outstanding|dso",
        "365 * accounts receivable / revenue",
    ),
    (
        "Dividend payout ratio",
        "dividend payout ratio|dividend payout|payout ratio",
        "dividends paid % net income",
    ),
    ("Return on assets", "return on assets|roa", "net income % average total assets"),
    ("Return on equity", "return on equity|roe", "net income % average equity"),
    ("Debt to equity", "debt-to-equity|debt to equity", "total debt / equity"),
    ("EBITDA", "ebitda", "operating income + depreciation and amortization"),
)
"""`A % B` is A in percent of B; `average X` is that of the year and the year before."""
