"""Lines of the statements and notes, and what an analyst calls them."""

from dataclasses import dataclass
from decimal import Decimal

from evals.filings.tables import Figure

INCOME_STATEMENT = "income statement"
"""Its title depends on whether there is a loss."""
BALANCE = "Consolidated Balance Sheets"
CASH = "Consolidated Statements of Cash"


@dataclass(frozen=True)
class Item:
    slug: str
    table: str
    """How the table's title starts."""
    label: str
    words: str
    outflow: bool = False
    """Printed in parentheses, asked for as what was spent."""

    def amount(self, figure: Figure) -> Decimal:
        return -figure.value if self.outflow else figure.value


REVENUE = Item("net_revenue", INCOME_STATEMENT, "Net revenue", "net revenue")
COST = Item("cost_of_revenue", INCOME_STATEMENT, "Cost of revenue", "cost of revenue")
GROSS_PROFIT = Item("gross_profit", INCOME_STATEMENT, "Gross profit", "gross profit")
SELLING = Item("selling_general_administrative", INCOME_STATEMENT,
               "Selling, general and administrative",
               "selling, general and administrative expenses")  # fmt: skip
RESEARCH = Item("research_development", INCOME_STATEMENT, "Research and development",
                "research and development expenses")  # fmt: skip
AMORTIZATION = Item("amortization", INCOME_STATEMENT, "Amortization of intangible assets",
                    "amortization of intangible assets")  # fmt: skip
OPERATING_INCOME = Item("operating_income", INCOME_STATEMENT, "Operating income (loss)",
                        "operating income or loss")  # fmt: skip
INTEREST = Item("interest_expense", INCOME_STATEMENT, "Interest expense", "interest expense",
                outflow=True)  # fmt: skip
OTHER_INCOME = Item("other_income", INCOME_STATEMENT, "Interest and other income, net",
                    "interest and other income, net")  # fmt: skip
PRETAX = Item("pretax_income", INCOME_STATEMENT, "Income (loss) before income taxes",
              "income or loss before income taxes")  # fmt: skip
TAX = Item("tax_provision", INCOME_STATEMENT, "Provision for income taxes",
           "provision for income taxes")  # fmt: skip
NET_INCOME = Item("net_income", INCOME_STATEMENT, "Net income (loss)", "net income or loss")
DILUTED_EPS = Item("diluted_eps", INCOME_STATEMENT, "Diluted", "diluted earnings or loss per share")

CASH_HELD = Item("cash", BALANCE, "Cash and cash equivalents", "cash and cash equivalents")
RECEIVABLES = Item("receivables", BALANCE, "Accounts receivable, net", "accounts receivable, net")
INVENTORIES = Item("inventories", BALANCE, "Inventories", "inventories")
CURRENT_ASSETS = Item("current_assets", BALANCE, "Total current assets", "total current assets")
PROPERTY = Item("property_net", BALANCE, "Property, plant and equipment, net",
                "property, plant and equipment, net")  # fmt: skip
GOODWILL = Item("goodwill", BALANCE, "Goodwill", "goodwill")
INTANGIBLES = Item("intangibles", BALANCE, "Intangible assets, net", "intangible assets, net")
ASSETS = Item("total_assets", BALANCE, "Total assets", "total assets")
PAYABLES = Item("payables", BALANCE, "Accounts payable", "accounts payable")
ACCRUED = Item("accrued_liabilities", BALANCE, "Accrued liabilities", "accrued liabilities")
DEFERRED_REVENUE = Item("deferred_revenue", BALANCE, "Deferred revenue", "deferred revenue")
CURRENT_DEBT = Item("current_debt", BALANCE, "Current portion of long-term debt",
                    "the current portion of long-term debt")  # fmt: skip
CURRENT_LIABILITIES = Item("current_liabilities", BALANCE, "Total current liabilities",
                           "total current liabilities")  # fmt: skip
LONG_DEBT = Item("long_term_debt", BALANCE, "Long-term debt, less current portion",
                 "long-term debt, less current portion")  # fmt: skip
LIABILITIES = Item("total_liabilities", BALANCE, "Total liabilities", "total liabilities")
RETAINED = Item("retained_earnings", BALANCE, "Retained earnings (accumulated deficit)",
                "retained earnings or accumulated deficit")  # fmt: skip
EQUITY = Item("equity", BALANCE, "Total stockholders' equity", "total stockholders' equity")

OPERATING_CASH = Item("operating_cash_flow", CASH,
                      "Net cash provided by (used in) operating activities",
                      "net cash from operating activities")  # fmt: skip
DEPRECIATION = Item("depreciation", CASH, "Depreciation", "depreciation")
STOCK_COMPENSATION = Item("stock_compensation", CASH, "Stock-based compensation",
                          "stock-based compensation")  # fmt: skip
CAPEX = Item("capital_expenditures", CASH, "Purchases of property, plant and equipment",
             "capital expenditures (purchases of property, plant and equipment)",
             outflow=True)  # fmt: skip
ACQUISITION = Item("acquisition", CASH, "Acquisition of business, net of cash acquired",
                   "cash paid for an acquisition, net of cash acquired", outflow=True)  # fmt: skip
DEBT_REPAID = Item("debt_repaid", CASH, "Repayments of long-term debt",
                   "repayments of long-term debt", outflow=True)  # fmt: skip
DIVIDENDS = Item("dividends", CASH, "Dividends paid", "dividends paid", outflow=True)
REPURCHASES = Item("repurchases", CASH, "Repurchases of common stock",
                   "repurchases of common stock", outflow=True)  # fmt: skip
