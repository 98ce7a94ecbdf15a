"""Topics that people ask about in words of their own, and where filings treat them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.statements import Statement

_INCOME, _BALANCE, _CASH, _EQUITY, _COMPREHENSIVE = (
    Statement.INCOME,
    Statement.BALANCE,
    Statement.CASH,
    Statement.EQUITY,
    Statement.COMPREHENSIVE_INCOME,
)


@dataclass(frozen=True)
class Topic:
    """One subject of financial reporting."""

    asked: re.Pattern[str]
    """Matches questions, lower case."""
    said: tuple[str, ...]
    """Phrases that filings use for it."""
    sections: tuple[str, ...] = ()
    """Words of the headings below which filings treat it (Regulation S-K's items, usual notes)."""
    statements: tuple[Statement, ...] = ()
    """The statements that answer it, if statements do."""
    is_elsewhere: bool = False
    """Whether its figures aren't on the primary statements: by segment, adjusted, expected."""


def _topic(asked: str, said: str, sections: str = "", *statements: Statement) -> Topic:
    return Topic(
        re.compile(rf"\b(?:{asked})", re.IGNORECASE),
        tuple(said.split("|")),
        tuple(filter(None, sections.split("|"))),
        statements,
    )


def _elsewhere(asked: str, said: str, sections: str = "") -> Topic:
    return replace(_topic(asked, said, sections), is_elsewhere=True)


TOPICS: tuple[Topic, ...] = (
    # Primary statements by name
    _topic(
        r"cash flows? statements?|statements? of (?:consolidated )?cash flows?",
        "statements of cash flows|cash flows",
        "",
        _CASH,
    ),
    _topic(
        r"balance sheets?|statements? of (?:consolidated )?financial (?:position|condition)",
        "balance sheets|statements of financial position|statements of financial condition",
        "",
        _BALANCE,
    ),
    _topic(
        r"income statements?|p&l\b|p ?& ?l\b|profit and loss|"
        r"statements? of (?:consolidated )?(?:net )?(?:income|operations|earnings)",
        "statements of operations|statements of income|statements of earnings",
        "",
        _INCOME,
    ),
    _topic(
        r"(?:statements? of )?(?:changes in )?(?:share|stock)(?:holders|owners)[\u2019']? equity "
        r"statements?|statements? of (?:changes in )?"
        r"(?:(?:share|stock)(?:holders|owners)[\u2019']? )?equity",
        "statements of shareholders equity|statements of stockholders equity",
        "",
        _EQUITY,
    ),
    _topic(
        r"comprehensive (?:income|loss)|other comprehensive",
        "comprehensive income|comprehensive loss",
        "comprehensive income",
        _COMPREHENSIVE,
    ),
    # What statements answer
    _topic(
        r"capital[- ]intensi|capital intensity",
        "capital expenditures|purchases of property|property and equipment net|total assets",
        "",
        _CASH,
        _BALANCE,
        _INCOME,
    ),
    _topic(
        r"(?:operating|investing|financing) activities|type of cash flow|cash flow activit|"
        r"sources? of cash|cash (?:generated|burn)",
        "operating activities|investing activities|financing activities",
        "liquidity|cash flows",
        _CASH,
    ),
    _topic(
        r"liquidity (?:profile|position|ratio)|short[- ]term obligations|solven",
        "current assets|current liabilities|liquidity",
        "liquidity",
        _BALANCE,
    ),
    _topic(
        r"(?:cash conversion|operating) cycle|days (?:sales|inventory|payables?)|dso\b|dio\b|dsi\b",
        "accounts receivable|inventories|accounts payable|cost of sales",
        "",
        _BALANCE,
        _INCOME,
    ),
    _topic(
        r"dividend (?:payout|coverage)|payout ratio|retention ratio",
        "dividends paid|net income",
        "",
        _CASH,
        _INCOME,
    ),
    _topic(
        r"interest coverage|times interest",
        "interest expense|operating income",
        "",
        _INCOME,
    ),
    _topic(
        r"leverage|debt[- ]to[- ](?:equity|capital|assets?|ebitda)|gearing",
        "long-term debt|total equity|short-term borrowings",
        "",
        _BALANCE,
    ),
    _topic(
        r"ebitda|depreciation|amortization|d&a\b",
        "depreciation and amortization|depreciation|amortization",
        "",
        _CASH,
    ),
    _topic(
        r"margins?\b|profitab|gross profit",
        "gross margin|gross profit|operating margin|operating income|operating profit",
        "results of operations",
        _INCOME,
    ),
    # Discussion and analysis
    _topic(
        r"why\b|drove|driv(?:en|ers?)\b|caused?\b|reasons?\b|led to|explain|due to|attribut|"
        r"contribut|resulted",
        "primarily due to|driven by|increase was due to|attributable to|resulted from|"
        "decreased|increased",
        "management's discussion|results of operations|overview",
    ),
    _topic(
        r"grow(?:th|ing|n)?\b|declin|increas|decreas|accelerat|slow(?:ed|ing|down)?\b",
        "increase of|decrease of|compared to prior year|compared with|growth|increased|decreased",
        "results of operations|analysis of|management's discussion|sales",
    ),
    _elsewhere(
        r"organic|operational (?:growth|sales)|constant currency|volume|price(?:/| and )mix|"
        r"exclud\w* (?:the )?(?:impact|effects?) of",
        "organic|constant currency|volume|price realization|operational growth",
        "results of operations|management's discussion",
    ),
    _elsewhere(
        r"segments?\b|divisions?\b|business units?",
        "segment|reportable segments|operating segments",
        "segment",
    ),
    _elsewhere(
        r"(?:product|service|revenue|merchandise) (?:categor|lines?\b|mix|types?\b|groups?\b)|"
        r"disaggregat",
        "revenue by|product category|disaggregated revenue|revenue mix|net sales by",
        "revenue|segment|sales",
    ),
    _elsewhere(
        r"geograph|regions?\b|countr(?:y|ies)|international|overseas|abroad",
        "geographic|by geography|international|region|united states|foreign",
        "geograph|segment|business",
    ),
    _elsewhere(
        r"guidance|outlook|forecast|expects?\b|next (?:fiscal )?(?:year|quarter)|target",
        "guidance|outlook|expects|anticipates",
        "outlook|guidance|forward",
    ),
    _elsewhere(
        r"adjusted|non-gaap|reconcil",
        "non-gaap|adjusted|reconciliation",
        "non-gaap|reconciliation",
    ),
    _topic(
        r"restructur|severance|layoff|cost[- ]saving|exit costs?",
        "restructuring|severance|exit costs|termination benefits",
        "restructuring",
    ),
    _topic(
        r"impair|write[- ]?(?:off|down)", "impairment|impairment charge|write-down", "impairment"
    ),
    _elsewhere(
        r"comparable (?:sales|store)|same[- ]store",
        "comparable sales|comparable store sales|same-store",
        "comparable sales|results of operations",
    ),
    _elsewhere(r"backlog|order book", "backlog|unobligated|contractual backlog", "backlog"),
    _topic(
        r"inflation|interest rates?|currenc|exchange rate|hedg|derivative",
        "foreign currency|interest rate|hedging|derivative|exchange rates",
        "market risk|derivative|foreign currency",
    ),
    # Notes
    _topic(
        r"acqui|merger|takeover|bought|business combination|purchased? (?:of )?compan",
        "acquisition|acquired|business combination|purchase price",
        "acquisition|business combination",
    ),
    _topic(
        r"divest|disposal|dispos(?:ed|ition)|spin[- ]?off|separat|discontinued|sold (?:its|the)",
        "divestiture|separation|discontinued operations|sale of|exchange offer|spin-off",
        "divestiture|discontinued|separation",
    ),
    _topic(r"goodwill|intangible", "goodwill|intangible assets", "goodwill|intangible"),
    _topic(r"leases?\b|rent\b|right-of-use", "operating leases|lease liabilities|rent", "lease"),
    _topic(
        r"credit (?:facilit|agreement|line)|revolv|borrow|commercial paper|covenant",
        "credit facility|revolving credit|credit agreement|commercial paper|borrowings",
        "debt|liquidity|credit|borrowing",
    ),
    _topic(
        r"(?:long[- ]term )?debt\b|notes? (?:due|payable)|bonds?\b|senior notes|maturit",
        "long-term debt|senior notes|notes due|maturities|debt",
        "debt|borrowing|notes",
        _BALANCE,
    ),
    _topic(
        r"pension|retire|postretirement|401\(k\)|benefit plan",
        "pension|postretirement|benefit plans|401(k)",
        "pension|benefit|retirement",
    ),
    _topic(
        r"stock[- ]based|share[- ]based|stock options?|equity awards?|rsus?\b|stock compensation",
        "stock-based compensation|share-based compensation|stock options|restricted stock units",
        "stock|share-based|compensation",
    ),
    _topic(
        r"tax(?:es)?\b|tax rate",
        "income taxes|effective tax rate|tax expense|statutory rate|deferred tax",
        "income tax|taxes",
    ),
    _topic(
        r"inventor(?:y|ies)",
        "inventories|finished goods|raw materials|merchandise inventories",
        "inventor",
        _BALANCE,
    ),
    _topic(
        r"fair value|level [123]\b",
        "fair value|level 1|level 2|level 3",
        "fair value",
    ),
    _topic(
        r"earnings per share|eps\b", "earnings per share|per share|diluted", "per share", _INCOME
    ),
    _topic(
        r"commitments?\b|contingenc|guarantee|warrant(?:y|ies)|purchase obligations",
        "commitments|contingencies|guarantees|product warranties|purchase obligations",
        "commitments|contingencies|guarantee|warrant",
    ),
    _topic(r"related part", "related party|related parties", "related part"),
    _topic(r"subsequent event", "subsequent events|subsequent event", "subsequent"),
    _topic(
        r"accounting (?:standard|pronouncement|polic|change)|adopt",
        "accounting pronouncements|accounting standards|accounting policies|adopted",
        "accounting",
    ),
    _topic(
        r"critical accounting|estimates?\b", "critical accounting|estimates", "critical accounting"
    ),
    # Shareholders
    _topic(
        r"dividend",
        "dividends|dividends declared|cash dividends|dividends paid|per share",
        "dividend|market for registrant|liquidity|capital",
        _CASH,
        _EQUITY,
    ),
    _topic(
        r"buy ?backs?|repurchas",
        "share repurchase|repurchases of common stock|stock repurchase program|treasury stock",
        "repurchase|issuer purchases|market for registrant|capital",
        _CASH,
    ),
    _elsewhere(
        r"(?:debt )?securit(?:y|ies)\b.{0,40}\b(?:registered|listed|trade|exchange)|"
        r"national securities exchange|ticker|trading symbol|listed on|stock exchange",
        "trading symbol|title of each class|securities registered pursuant to section 12(b)|"
        "name of each exchange on which registered",
        "cover",
    ),
    _topic(
        r"shares? outstanding|outstanding shares",
        "shares outstanding|shares of common stock outstanding|weighted average",
        "cover",
    ),
    _topic(
        r"shareholder (?:vote|proposal|meeting)|annual meeting|voted|"
        r"stockholders[\u2019']? meeting",
        "annual meeting|proposal|votes|elected",
        "submission of matters|annual meeting",
    ),
    # Business, risk and the rest of Regulation S-K
    _topic(
        r"lawsuit|litigation|legal|sued?\b|suing|court|proceeding|allegation",
        "legal proceedings|litigation|lawsuit|court|complaint|plaintiffs|settlement",
        "legal|litigation|contingenc",
    ),
    _topic(
        r"(?:primary |main |major |key |largest )?(?:customer|client|buyer)s?\b|concentrat",
        "customers|largest customer|significant customers|accounted for|concentration",
        "customer|business|concentration|risk factors",
    ),
    _topic(
        r"products?\b.{0,20}\bservices?\b|business model|what does .{0,40} do\b|sells?\b|industr|"
        r"brands?\b",
        "products|services|we are|we offer|our business|brands",
        "business|overview",
    ),
    _topic(r"competit|rivals?\b", "competition|competitors|compete", "competition"),
    _topic(
        r"suppl(?:y|ier)|vendor|raw material",
        "suppliers|supply chain|vendors|raw materials",
        "suppl|raw material|vendor",
    ),
    _topic(
        r"employee|staff|workforce|headcount|union|collective bargaining",
        "employees|human capital|workforce|collective bargaining|unions",
        "human capital|employee",
    ),
    _topic(
        r"risks?\b|threat|exposure|vulnerab",
        "risk factors|could adversely affect|risks",
        "risk factors",
    ),
    _topic(
        r"cyber|data breach|information security",
        "cybersecurity|cyber|information security",
        "cyber|risk factors",
    ),
    _topic(r"season", "seasonality|seasonal|holiday", "season"),
    _topic(
        r"patent|trademark|intellectual property|licens",
        "patents|trademarks|intellectual property|licenses",
        "patent|intellectual|trademark",
    ),
    _topic(
        r"properties|facilit(?:y|ies)\b|headquarter|square f|stores?\b|locations?\b",
        "properties|headquarters|square feet|stores|facilities",
        "properties|stores",
    ),
    _topic(
        r"executive|officer|ceo\b|cfo\b|chief|director|board|management team|president\b",
        "executive officers|chief executive officer|chief financial officer|board of directors",
        "executive officers|directors",
    ),
    _topic(
        r"audit(?:or|ed|ing)?\b|accounting firm|internal control",
        "independent registered public accounting firm|auditor|internal control",
        "independent registered|auditor|controls",
    ),
    _topic(r"restat|error", "restatement|restated|previously issued", "restatement"),
    _topic(
        r"regulat|compliance|environment|climate|emission",
        "regulation|compliance|environmental|climate",
        "regulation|environment",
    ),
    _topic(r"research and development|r&d\b", "research and development", "research"),
    _topic(r"advertis|marketing", "advertising|marketing", "advertising|marketing"),
    _topic(r"exhibit", "exhibit|exhibits", "exhibit"),
)


def topics_of(question: str) -> Iterator[Topic]:
    """The topics that a question touches, in the table's order."""
    return (topic for topic in TOPICS if topic.asked.search(question))
