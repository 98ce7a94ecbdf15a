"""Titles and typical rows of the primary statements, in four languages."""

import re

from knowledge.statement_kinds import Statement

_OF = r"statements?\s+of\s+(?:consolidated\s+|condensed\s+|the\s+|group\s+)*"
_HEADED = r"^[^\n]{0,40}?"
"""Titles in other languages begin their line, but for a few words or a number."""
_TITLES: tuple[tuple[Statement, tuple[str, ...]], ...] = (
    (
        Statement.COMPREHENSIVE_INCOME,
        (
            rf"{_OF}(?:other\s+)?comprehensive\s+(?:income|loss|earnings|\()",
            rf"{_HEADED}\b(?:konzern-?)?gesamtergebnisrechnung\b",
            rf"{_HEADED}\b\u00e9tat\s+(?:consolid\u00e9\s+)?du\s+r\u00e9sultat\s+(?:net\s+et\s+[^\n]{{0,40}})?global\b",
            rf"{_HEADED}\bestados?\s+(?:consolidados?\s+)?del?\s+(?:otro\s+)?resultado\s+global\b",
            rf"{_HEADED}\bestados?\s+de\s+ingresos\s+y\s+gastos\s+reconocidos\b",
        ),
    ),
    (
        Statement.CASH,
        (
            rf"{_OF}cash\s+flows?",
            r"\bcash\s+flows?\s+statements?",
            rf"{_HEADED}\b(?:konzern-?)?(?:kapitalfluss|cash-?flow-?)rechnung\b",
            rf"{_HEADED}\b(?:tableau|\u00e9tat)\s+(?:consolid\u00e9\s+)?des\s+flux\s+de\s+tr\u00e9sorerie\b",
            rf"{_HEADED}\bestados?\s+(?:consolidados?\s+)?de\s+flujos\s+de\s+(?:efectivo|tesorer\u00eda)\b",
        ),
    ),
    (
        Statement.EQUITY,
        (
            (
                rf"{_OF}(?:changes\s+in\s+)?(?:total\s+)?(?:(?:share|stock)(?:holder|owner)s?['\u2019]?s?['\u2019]?\s+"
                r"(?:equity|deficit|investment|funds)|equity\b|redeemable|changes\s+in\s+capital)"
            ),
            rf"{_HEADED}\b(?:konzern-?)?eigenkapital(?:ver\u00e4nderungs|entwicklungs)?(?:rechnung|spiegel)\b",
            rf"{_HEADED}\bentwicklung\s+des\s+(?:konzern-?)?eigenkapitals\b",
            (
                rf"{_HEADED}\b(?:tableau|\u00e9tat)\s+(?:consolid\u00e9\s+)?(?:de|des)\s+variations?\s+des\s+"
                r"capitaux\s+propres\b"
            ),
            rf"{_HEADED}\bestados?\s+(?:\w+\s+){{0,2}}de\s+cambios\s+en\s+el\s+patrimonio\b",
        ),
    ),
    (
        Statement.BALANCE,
        (
            r"\bbalance\s+sheets?",
            rf"{_OF}financial\s+(?:position|condition)",
            rf"{_HEADED}\b(?:konzern-?)?bilanz\b(?!\s*(?:summe|ierung))",
            rf"{_HEADED}\bbilan\b",
            rf"{_HEADED}\b\u00e9tat\s+(?:consolid\u00e9\s+)?de\s+(?:la\s+)?situation\s+financi\u00e8re\b",
            rf"{_HEADED}\bestados?\s+(?:consolidados?\s+)?de\s+situaci\u00f3n\s+financiera\b",
            r"^balances?(?:\s+de\s+situaci\u00f3n)?(?:\s+consolidados?)?(?:\s+al?\s[^\n]{1,60})?$",
        ),
    ),
    (
        Statement.INCOME,
        (
            rf"{_OF}(?:net\s+)?(?:operations|income|earnings|profit|loss)",
            r"\b(?:income|profit\s+and\s+loss)\s+(?:statements?|accounts?)",
            r"consolidated\s+results\s+of\s+operations",
            rf"{_HEADED}\b(?:konzern-?\s?)?gewinn-?\s*und\s+verlust-?\s?rechnung\b",
            rf"{_HEADED}\bcomptes?\s+de\s+r\u00e9sultats?\b",
            rf"{_HEADED}\bcuentas?\s+de\s+(?:p\u00e9rdidas\s+y\s+ganancias|resultados)\b",
            rf"{_HEADED}\bestados?\s+(?:consolidados?\s+)?de\s+resultados\b",
        ),
    ),
)
TITLE = [
    (statement, re.compile("|".join(patterns), re.IGNORECASE)) for statement, patterns in _TITLES
]
HINTS = (
    "statement",
    "balance",
    "cash",
    "results",
    "account",
    "rechnung",
    "bilan",
    "eigenkapital",
    "r\u00e9sultat",
    "situation",
    "flux",
    "capitaux",
    "cuenta",
    "estado",
)
"""Without one of these words, no line is a title: most are told quickly."""
NO_TITLE = re.compile(
    r"\bnotes?\s+to\b|\bsee\b|\brefer|\bin\s+the\b|\bour\b|\bthese\b|\bdata\b|\breclassif|\bimpact|"
    r"\beffects?\b|\blocation\b|\bline\s+item|\bselected\b|\bsummary\b|\bcaptions?\b|\bitems?\s+in\b|"
    r"\brecognized\b|\bas\s+a\s+percent|\bparent\b|[.;]\s*$|\.{4}|\s\d{2,3}$|\bto\s+\d|"
    r"\bcertain\b|\bfollows\b|\bsuch\b|\bpresentation\b|\banhang\b|\bsiehe\b|\berl\u00e4uterung|\bin\s+der\b|\bannexes?\b|\bvoir\b|\bmemoria\b|\bv\u00e9ase\b",
    re.IGNORECASE,
)
# Two words of a row are sought from its first of the one: `(?>` doesn't try the next ones too.
_SIGNATURES: dict[Statement, tuple[str, ...]] = {
    Statement.INCOME: (
        (
            r"\bnet\s+(?:income|earnings|loss|\()|\b(?:profit|loss)\s+(?:for|before)|\boperating\s+(?:profit|loss)|"
            r"\bergebnis\b|\w(?:\u00fcberschuss|ergebnis|fehlbetrag)\b|\br\u00e9sultat\s+(?:net|op\u00e9rationnel|avant)|"
            r"\bresultado\b|\bbeneficio\b"
        ),
        r"\bper\s+(?:\w+\s+)?share|\bdiluted\b|\bje\s+aktie\b|\bpar\s+action\b|\bpor\s+acci\u00f3n\b",
        r"\b(?:income\s+)?tax|\bsteuern\b|\bimp\u00f4ts?\b|\bimpuestos?\b",
        (
            r"\brevenues?\b|\bsales\b|\binterest\s+income\b|\bpremiums\b|\bturnover\b|\bums\u00e4tze|\bumsatz|"
            r"\bchiffre\s+d['\u2019]affaires|\bcifra\s+de\s+negocios|\bingresos\b|\bventas\b"
        ),
        (
            r"\bcosts?\s+(?:of|and)\b|\bexpenses?\b|aufwand\b|aufwendungen\b|^charges\b|\bachats\b|\bgastos\b|"
            r"\baprovisionamientos\b"
        ),
    ),
    Statement.COMPREHENSIVE_INCOME: (
        (
            r"\bcomprehensive\s+(?:income|loss|earnings|\()|gesamtergebnis\b|\br\u00e9sultat\s+global|"
            r"\bresultado\s+global"
        ),
        r"\bnet\s+(?:income|earnings|loss|\()|\bprofit\s+for|\w\u00fcberschuss\b|\br\u00e9sultat\s+net",
        (
            r"\bcurrency\s+translation|\btranslation\b|\bunrealized\b|\bpension|\bbenefit\s+plan|\bhedg|"
            r"\bderivative|\bw\u00e4hrungs|\b\u00e9carts\s+de\s+conversion\b|\bconversi\u00f3n\b|\bcobertura"
        ),
    ),
    Statement.BALANCE: (
        r"\btotal\s+assets\b|\bsumme\s+(?:der\s+)?(?:aktiva|verm\u00f6gens)|\bbilanzsumme\b|\btotal\s+(?:de\s+l['\u2019])?acti[fv]",
        (
            r"\btotal\s+(?:current\s+)?liabilities\b|\bliabilities\s+and\b|verbindlichkeiten\b|r\u00fcckstellungen\b|"
            r"\bpassifs?\b|\bdettes\b|\bpasivos?\b"
        ),
        r"\bequity\b|\bdeficit\b|\bnet\s+assets\b|eigenkapital\b|\bcapitaux\s+propres|\bpatrimonio\b",
        r"\bcash\s+and\b|\bzahlungsmittel|\bliquide\s+mittel|\btr\u00e9sorerie\b|\befectivo\b",
        (
            r"\breceivables?\b|\bpayables?\b|\bloans\b|\bdeposits\b|\binventor|\bforderungen\b|\bvorr\u00e4te\b|"
            r"^stocks\b|\bcr\u00e9ances\b|\bexistencias\b|\bdeudores\b"
        ),
    ),
    Statement.CASH: (
        (
            r"\boperating\s+activities\b|\boperations\b|gesch\u00e4ftst\u00e4tigkeit\b|betrieblicher?n?\s+t\u00e4tigkeit|"
            r"\bactivit\u00e9s?\s+(?:op\u00e9rationnelles?|d['\u2019]exploitation)|\bexplotaci\u00f3n\b"
        ),
        (
            r"\binvesting\s+activities\b|\binvestments\b|\binvestitionst\u00e4tigkeit|\binvestissements?\b|"
            r"\binversi(?:\u00f3n|ones)\b"
        ),
        r"\bfinancing\s+activities\b|\bfinancing\b|\bfinanzierungst\u00e4tigkeit|\bfinancement\b|\bfinanciaci\u00f3n\b",
        r"\bdepreciation\b|\babschreibungen\b|\bamortissements\b|\bamortizaci\u00f3n\b",
        (
            r"^(?>.*?\bcash\b).*\b(?:end|beginning)\b|"
            r"^(?>.*?\b(?:increase|decrease|change)\b).*\bcash\b|"
            r"\bfinanzmittel|^tr\u00e9sorerie\b|^efectivo\b"
        ),
    ),
    Statement.EQUITY: (
        r"^(?>.*?\bbalances?\b).*\d|\bat\s+(?:beginning|end)\b|^(?:stand|saldo|solde)\b",
        r"\bnet\s+(?:income|earnings|loss|\()|\bprofit\s+for|\w\u00fcberschuss\b|\br\u00e9sultat\b|\bresultado\b",
        (
            r"\bdividend(?:s|en|es|os)?\b|\brepurchase|\btreasury\b|\bstock-based|\bshare-based|"
            r"\bcompensation\b"
        ),
    ),
}
SIGNATURE = {
    statement: [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for statement, patterns in _SIGNATURES.items()
}
