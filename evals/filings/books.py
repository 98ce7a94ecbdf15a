"""A company's books: quarters of whole Decimals that reconcile, rolled forward one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from evals.filings.plan import Company

SaleKey = tuple[str, str, str]  # segment, product, region
NIL = Decimal(0)
ONE = Decimal(1)
QUARTERS_A_YEAR = 4
STOCK_COMPENSATION_RATE = Decimal("0.018")
STOCK_ISSUED_RATE = Decimal("0.004")
DEFERRED_TAX_SHARE = Decimal("0.15")
REGION_WEIGHTS = (52, 23, 16, 9)
PRODUCT_WEIGHTS = (46, 33, 21)


def whole(value: Decimal) -> Decimal:
    return value.quantize(ONE, ROUND_HALF_UP)


def split(total: Decimal, weights: Sequence[int | Decimal]) -> tuple[Decimal, ...]:
    """Whole parts in proportion to the weights; the last part takes the rounding."""
    weight = sum((Decimal(each) for each in weights), NIL)
    parts = [whole(total * Decimal(each) / weight) for each in weights[:-1]]
    return (*parts, total - sum(parts, NIL))


@dataclass(frozen=True)
class Flows:
    """What happened in a period. Costs and payments are positive; `change_*` are cash effects."""

    revenue: Decimal = NIL
    cost: Decimal = NIL
    selling: Decimal = NIL
    research: Decimal = NIL
    amortization: Decimal = NIL
    restructuring: Decimal = NIL
    interest: Decimal = NIL
    other_income: Decimal = NIL
    tax_current: Decimal = NIL
    tax_deferred: Decimal = NIL
    depreciation: Decimal = NIL
    stock_compensation: Decimal = NIL
    change_receivables: Decimal = NIL
    change_inventory: Decimal = NIL
    change_prepaid: Decimal = NIL
    change_payables: Decimal = NIL
    change_accrued: Decimal = NIL
    change_deferred_revenue: Decimal = NIL
    capex: Decimal = NIL
    acquisition: Decimal = NIL
    debt_issued: Decimal = NIL
    debt_repaid: Decimal = NIL
    dividends: Decimal = NIL
    repurchases: Decimal = NIL
    stock_issued: Decimal = NIL
    translation: Decimal = NIL

    def __add__(self, other: "Flows") -> "Flows":
        names = [field.name for field in fields(self)]
        return Flows(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def gross_profit(self) -> Decimal:
        return self.revenue - self.cost

    @property
    def operating_expenses(self) -> Decimal:
        return self.selling + self.research + self.amortization + self.restructuring

    @property
    def operating_income(self) -> Decimal:
        return self.gross_profit - self.operating_expenses

    @property
    def pretax(self) -> Decimal:
        return self.operating_income - self.interest + self.other_income

    @property
    def tax(self) -> Decimal:
        return self.tax_current + self.tax_deferred

    @property
    def net_income(self) -> Decimal:
        return self.pretax - self.tax

    @property
    def operating_cash(self) -> Decimal:
        changes = sum((getattr(self, f.name) for f in fields(self) if "change_" in f.name), NIL)
        charges = self.depreciation + self.amortization + self.stock_compensation
        return self.net_income + charges + self.tax_deferred + changes

    @property
    def investing_cash(self) -> Decimal:
        return -self.capex - self.acquisition

    @property
    def financing_cash(self) -> Decimal:
        paid = self.debt_repaid + self.dividends + self.repurchases
        return self.debt_issued + self.stock_issued - paid

    @property
    def change_in_cash(self) -> Decimal:
        return self.operating_cash + self.investing_cash + self.financing_cash + self.translation


@dataclass(frozen=True)
class Balance:
    cash: Decimal
    receivables: Decimal
    inventory: Decimal
    prepaid: Decimal
    property_gross: Decimal
    accumulated_depreciation: Decimal
    lease_assets: Decimal
    goodwill: Decimal
    intangibles: Decimal
    other_assets: Decimal
    payables: Decimal
    accrued: Decimal
    deferred_revenue: Decimal
    current_debt: Decimal
    lease_current: Decimal
    long_debt: Decimal
    deferred_tax: Decimal
    other_liabilities: Decimal
    paid_in_capital: Decimal
    retained: Decimal
    treasury: Decimal
    other_comprehensive: Decimal

    @property
    def property_net(self) -> Decimal:
        return self.property_gross - self.accumulated_depreciation

    @property
    def current_assets(self) -> Decimal:
        return self.cash + self.receivables + self.inventory + self.prepaid

    @property
    def assets(self) -> Decimal:
        fixed = self.property_net + self.lease_assets + self.goodwill + self.intangibles
        return self.current_assets + fixed + self.other_assets

    @property
    def lease_long(self) -> Decimal:
        return self.lease_assets - self.lease_current

    @property
    def debt(self) -> Decimal:
        return self.current_debt + self.long_debt

    @property
    def current_liabilities(self) -> Decimal:
        trade = self.payables + self.accrued + self.deferred_revenue
        return trade + self.current_debt + self.lease_current

    @property
    def liabilities(self) -> Decimal:
        long_term = self.long_debt + self.lease_long + self.deferred_tax + self.other_liabilities
        return self.current_liabilities + long_term

    @property
    def equity(self) -> Decimal:
        return self.paid_in_capital + self.retained + self.treasury + self.other_comprehensive


@dataclass(frozen=True)
class Quarter:
    fiscal_year: int
    number: int
    flows: Flows
    sales: Mapping[SaleKey, Decimal]
    opening: Balance
    closing: Balance
    shares: Decimal
    diluted_shares: Decimal


def total_flows(quarters: Iterable[Quarter]) -> Flows:
    return sum((quarter.flows for quarter in quarters), Flows())


def opening_balance(company: Company) -> Balance:
    """The balance before the first plan; retained earnings are what makes it balance."""
    amounts = {field.name: company.opening.get(field.name, NIL) for field in fields(Balance)}
    draft = Balance(**amounts)
    return Balance(**(amounts | {"retained": draft.assets - draft.liabilities - draft.equity}))
