"""Names of the same concepts outside of US filings: IFRS, German, French, Spanish, other papers."""

from knowledge.finance.metrics import Metric
from knowledge.statements import Statement


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split("|"))


MORE_NAMES: dict[str, tuple[str, ...]] = {
    "Revenue": _split(
        "revenue from operations|revenue from contracts with customers|group revenue|"
        "operating revenue|"
        "operating revenues|total operating revenue|total operating revenues|"
        "total net sales and revenues|umsatzerlöse|umsatz|konzernumsatz|erlöse|"
        "chiffre d'affaires|produits des activités ordinaires|produits d'exploitation|"
        "cifra de negocios|importe neto de la cifra de negocios|ingresos ordinarios|"
        "ingresos totales|ingresos|ventas netas|ventas"
    ),
    "Cost of sales": _split(
        "umsatzkosten|herstellungskosten|kosten der umgesetzten leistungen|coût des ventes|"
        "coûts des ventes|coste de ventas|costo de ventas|coste de las ventas"
    ),
    "Gross profit": _split(
        "bruttoergebnis vom umsatz|bruttoergebnis|bruttogewinn|marge brute|beneficio bruto|"
        "margen bruto"
    ),
    "Operating income": _split(
        "profit from operations|operating result|trading profit|results from operating activities|"
        "betriebsergebnis|operatives ergebnis|ergebnis der betrieblichen tätigkeit|"
        "ergebnis vor zinsen und steuern|résultat opérationnel|résultat d'exploitation|"
        "resultado de explotación|beneficio de explotación|resultado operativo|beneficio operativo"
    ),
    "Income before taxes": _split(
        "profit before taxation|profit before income tax|loss before tax|loss before taxation|"
        "profit before income taxes|result before tax|ergebnis vor steuern|gewinn vor steuern|"
        "ergebnis vor ertragsteuern|résultat avant impôt|résultat avant impôts|"
        "resultado antes de impuestos|beneficio antes de impuestos"
    ),
    "Income tax expense": _split(
        "taxation|tax expense|income tax|tax charge|ertragsteuern|steuern vom einkommen und ertrag|"
        "impôt sur les bénéfices|impôts sur les résultats|impuesto sobre beneficios|"
        "impuesto sobre sociedades"
    ),
    "Net income": _split(
        "profit for the year|profit for the period|profit for the financial year|profit after tax|"
        "profit after taxation|net result|loss for the year|loss for the period|net profit "
        "for the year|"
        "profit attributable to owners of the parent|jahresüberschuss|konzernüberschuss|"
        "konzernjahresüberschuss|jahresergebnis|konzernergebnis|periodenergebnis|ergebnis "
        "nach steuern|"
        "jahresfehlbetrag|nettogewinn|résultat net|bénéfice net|résultat de l'exercice|"
        "beneficio neto|resultado neto|resultado del ejercicio|beneficio del ejercicio|"
        "utilidad neta"
    ),
    "Diluted earnings per share": _split(
        "diluted earnings per ordinary share|diluted eps|verwässertes ergebnis je aktie|"
        "résultat dilué par action|beneficio por acción diluido"
    ),
    "Basic earnings per share": _split(
        "basic earnings per ordinary share|earnings per ordinary share|unverwässertes "
        "ergebnis je aktie|"
        "ergebnis je aktie|résultat par action|résultat de base par action|"
        "beneficio por acción|beneficio básico por acción"
    ),
    "Research and development expense": _split(
        "forschungs- und entwicklungskosten|frais de recherche et développement|"
        "gastos de investigación y desarrollo"
    ),
    "Interest expense": _split(
        "interest expenses|interest payable|zinsaufwendungen|charges d'intérêts|gastos por "
        "intereses"
    ),
    "Depreciation and amortization": _split(
        "depreciation and amortisation|depreciation, amortisation and impairment|abschreibungen|"
        "amortissements|dotations aux amortissements|amortización|amortizaciones"
    ),
    "Cash from operations": _split(
        "net cash generated from operating activities|net cash inflow from operating activities|"
        "net cash flow from operating activities|net cash from operations|cash generated from "
        "operations|"
        "cashflow aus laufender geschäftstätigkeit|cashflow aus betrieblicher tätigkeit|"
        "flux de trésorerie liés aux activités opérationnelles|"
        "flujos de efectivo de las actividades de explotación"
    ),
    "Capital expenditures": _split(
        "purchase of property, plant and equipment and intangible assets|"
        "investitionen in sachanlagen|dépenses d'investissement|inversiones en inmovilizado"
    ),
    "Property, plant and equipment, net": _split(
        "sachanlagen|immobilisations corporelles|inmovilizado material"
    ),
    "Total current assets": _split(
        "kurzfristige vermögenswerte|actifs courants|total actifs courants|activo corriente"
    ),
    "Total current liabilities": _split(
        "kurzfristige schulden|kurzfristige verbindlichkeiten|passifs courants|total passifs "
        "courants|"
        "pasivo corriente"
    ),
    "Total assets": _split(
        "bilanzsumme|summe aktiva|summe der vermögenswerte|total de l'actif|total actif|total "
        "activo"
    ),
    "Total liabilities": _split("summe schulden|total des passifs|total pasivo"),
    "Total equity": _split(
        "total shareholders' funds|shareholders' funds|equity attributable to owners of the parent|"
        "eigenkapital|summe eigenkapital|capitaux propres|total capitaux propres|patrimonio neto|"
        "total patrimonio neto"
    ),
    "Inventories": _split("vorräte|stocks|existencias"),
    "Accounts receivable": _split(
        "trade and other receivables|trade debtors|forderungen aus lieferungen und leistungen|"
        "créances clients|deudores comerciales"
    ),
    "Accounts payable": _split(
        "trade and other payables|trade creditors|"
        "verbindlichkeiten aus lieferungen und leistungen|dettes fournisseurs|acreedores "
        "comerciales"
    ),
    "Cash and cash equivalents": _split(
        "cash|cash at bank|cash at bank and in hand|cash and bank balances|cash and "
        "short-term deposits|"
        "bank balances|liquide mittel|zahlungsmittel|zahlungsmittel und zahlungsmitteläquivalente|"
        "trésorerie et équivalents de trésorerie|trésorerie|efectivo y equivalentes al efectivo|"
        "efectivo y otros activos líquidos equivalentes"
    ),
    "Goodwill": _split(
        "geschäfts- oder firmenwert|geschäfts- und firmenwert|écarts d'acquisition|fondo de "
        "comercio"
    ),
    "Dividends paid": _split(
        "dividends paid to shareholders|gezahlte dividenden|dividendes versés|dividendos pagados"
    ),
    "Effective tax rate": _split(
        "konzernsteuerquote|steuerquote|taux effectif d'impôt|tipo impositivo efectivo"
    ),
}
"""By the metric's name; labels and questions alike."""


def _metric(name: str, statement: Statement | None, names: str, **flags: bool) -> Metric:
    return Metric(name, _split(names), _split(names), statement, **flags)


MORE_METRICS: tuple[Metric, ...] = (
    _metric(
        "EBIT", None, "ebit|earnings before interest and taxes|earnings before interest and tax"
    ),
    _metric(
        "EBITDA", None, "ebitda|earnings before interest, taxes, depreciation and amortization"
    ),
    _metric("Interest income", Statement.INCOME, "interest income|interest receivable|zinserträge"),
    _metric(
        "Net interest expense",
        Statement.INCOME,
        "net interest expense|interest expense, net|net interest|net finance costs|net "
        "finance expense",
        outlay=True,
    ),
    _metric(
        "Dividends per share",
        None,
        "dividends per share|dividend per share|dividends declared per share|cash dividends "
        "per share|"
        "dividends declared per common share|dividends per common share|cash dividends "
        "declared per share|"
        "dividend per ordinary share|dividende je aktie|dividende par action|dividendo por acción",
        per_share=True,
    ),
    _metric(
        "Book value per share",
        None,
        "book value per share|book value per common share",
        per_share=True,
    ),
    _metric("Net interest margin", None, "net interest margin", percent=True),
    _metric(
        "Gross margin percentage",
        None,
        "gross margin percentage|gross profit percentage",
        percent=True,
    ),
    _metric(
        "Operating expenses",
        Statement.INCOME,
        "total operating expenses|operating expenses",
        outlay=True,
    ),
    _metric("Total expenses", None, "total expenses|total costs and expenses", outlay=True),
    _metric("Net asset value", None, "net asset value|net assets|nav"),
    _metric(
        "Weighted average shares, diluted",
        Statement.INCOME,
        "weighted average shares, diluted|weighted average number of shares diluted|"
        "weighted average number of diluted shares|number of diluted shares|diluted weighted "
        "average shares|weighted average diluted "
        "shares|diluted shares|"
        "weighted average shares outstanding diluted",
    ),
    _metric(
        "Weighted average shares, basic",
        Statement.INCOME,
        "weighted average shares, basic|weighted average number of shares basic|"
        "basic weighted average shares|weighted average basic shares|basic shares|"
        "weighted average shares outstanding basic|number of basic shares",
    ),
    _metric(
        "Balance due", None, "balance due|amount due|total due|amount payable|zahlbetrag|montant dû"
    ),
    _metric("VAT", None, "vat|value added tax|umsatzsteuer|mehrwertsteuer|tva|iva"),
    _metric(
        "Closing balance",
        None,
        "closing balance|ending balance|balance carried forward|endsaldo|solde final",
    ),
    _metric(
        "Opening balance",
        None,
        "opening balance|beginning balance|balance brought forward|anfangssaldo",
    ),
)
"""Concepts beyond the primary statements of a US filing."""
