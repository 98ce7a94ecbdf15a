"""The three invented companies: a pump maker, a retailer and a software house."""

from dataclasses import replace
from decimal import Decimal

from evals.filings.plan import Company, Correction, Segment, YearPlan
from evals.filings.stories import HALVORSEN_STORY, MARROWBY_STORY, TESSELINE_STORY


def _plan(year: int, revenue: str, rates: str, shares: str, **amounts: int) -> YearPlan:
    """`rates`: cost, selling, research, tax and capex, in tenths of a percent."""
    cost, selling, research, tax, capex = (Decimal(rate) / 1000 for rate in rates.split())
    return YearPlan(
        year,
        tuple(Decimal(each) for each in revenue.split()),
        cost,
        selling,
        research,
        tax,
        capex,
        Decimal(shares),
        **{name: Decimal(amount) for name, amount in amounts.items()},
    )


def _amounts(**amounts: int) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


HALVORSEN = Company(
    code="HALVORSEN",
    name="Halvorsen Pumpworks, Inc.",
    short="Halvorsen",
    state="Wisconsin",
    city="Sheboygan Falls, Wisconsin",
    sector="Industrials",
    scale="thousands",
    year_end_month=12,
    segments=(
        Segment("Process Pumps", ("Centrifugal pumps", "Metering pumps", "Seals and spares")),
        Segment("Water Systems", ("Booster sets", "Well pumps", "Filtration skids")),
        Segment("Field Services", ("Overhauls", "Monitoring contracts", "Training")),
    ),
    regions=("United States", "Europe, Middle East and Africa", "Asia Pacific", "Latin America"),
    plans=(
        _plan(2020, "402318 268540 91422", "652 171 28 231 38", "48210", debt_repaid=20000,
              dividends=19284, translation=-1840),
        _plan(2021, "431907 281663 104218", "644 168 29 236 35", "47985", debt_repaid=20000,
              dividends=21593, repurchases=12400, translation=-2212),
        _plan(2022, "478226 295310 121874", "661 163 29 229 41", "47552", debt_repaid=20000,
              dividends=23776, repurchases=18900, translation=-5127, acquisition=64500,
              debt_issued=60000),
        _plan(2023, "521440 288915 149302", "638 165 31 233 44", "46918", debt_repaid=24000,
              dividends=26274, repurchases=25600, translation=1964, restructuring=11420),
        _plan(2024, "548700 301200 171800", "629 166 32 235 46", "46204", debt_repaid=24000,
              dividends=28646, repurchases=22000, translation=-1208),
    ),
    seasons=(23, 25, 24, 28),
    opening=_amounts(cash=88412, receivables=118300, inventory=139870, prepaid=17214,
                     property_gross=402615, accumulated_depreciation=171908, lease_assets=38420,
                     goodwill=176240, intangibles=92115, other_assets=21733, payables=66218,
                     accrued=58907, deferred_revenue=19455, current_debt=20000,
                     lease_current=8240, long_debt=214000, deferred_tax=27316,
                     other_liabilities=31904, paid_in_capital=168402, treasury=-94218,
                     other_comprehensive=-22640),
    days={"receivables": 52, "inventory": 88, "prepaid": 8, "payables": 44, "accrued": 26,
          "deferred_revenue": 9},
    interest_rate=Decimal("0.0465"),
    story=HALVORSEN_STORY,
    places=(
        ("Sheboygan Falls, Wisconsin", 412000), ("Dubuque, Iowa", 268500),
        ("Spartanburg, South Carolina", 231000), ("Odessa, Texas", 96400),
        ("Tulsa, Oklahoma", 74200), ("Gdynia, Poland", 188300), ("Odense, Denmark", 64750),
        ("Coimbatore, India", 152600), ("Penang, Malaysia", 118900), ("Queretaro, Mexico", 87300),
        ("Antofagasta, Chile", 41200), ("Perth, Australia", 38600), ("Sohar, Oman", 29400),
    ),
    place_noun="square feet",
    filings=((2022, None), (2023, None), (2024, 2)),
    correction=Correction(
        2022, Decimal(0), Decimal(7846),
        "an error in the costing of inventory at our Gdynia plant, where freight and overhead "
        "were capitalized twice",
    ),
)  # fmt: skip

MARROWBY = Company(
    code="MARROWBY",
    name="Marrowby & Quill Stores Corp.",
    short="Marrowby",
    state="Delaware",
    city="Bentonsport, Ohio",
    sector="Consumer Discretionary",
    scale="millions",
    year_end_month=1,
    segments=(
        Segment("Marrowby Home", ("Kitchen and table", "Bedding and bath", "Garden")),
        Segment("Quill & Co.", ("Stationery", "Books and gifts", "School supplies")),
    ),
    regions=("Northeast", "Midwest", "South", "West and Canada"),
    plans=(
        _plan(2020, "3811 1402", "668 246 0 248 27", "182", debt_repaid=60, dividends=96),
        _plan(2021, "4216 1533", "657 241 0 246 31", "179", debt_repaid=60, dividends=104,
              repurchases=150),
        _plan(2022, "4402 1587", "671 244 0 251 36", "174", debt_repaid=60, dividends=111,
              repurchases=210, translation=-6),
        _plan(2023, "4519 1498", "664 249 0 252 33", "169", debt_repaid=200, debt_issued=150,
              dividends=118, repurchases=90, restructuring=44, translation=3),
    ),
    seasons=(21, 22, 22, 35),
    opening=_amounts(cash=418, receivables=62, inventory=846, prepaid=71, property_gross=2380,
                     accumulated_depreciation=1192, lease_assets=1644, goodwill=212,
                     intangibles=88, other_assets=64, payables=402, accrued=318,
                     deferred_revenue=96, current_debt=60, lease_current=251, long_debt=840,
                     deferred_tax=104, other_liabilities=57, paid_in_capital=611,
                     treasury=-702, other_comprehensive=-12),
    days={"receivables": 4, "inventory": 79, "prepaid": 5, "payables": 37, "accrued": 21,
          "deferred_revenue": 6},
    interest_rate=Decimal("0.052"),
    story=MARROWBY_STORY,
    places=tuple(zip(
        ("Alabama", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware",
         "Florida", "Georgia", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky",
         "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan", "Minnesota",
         "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire",
         "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Ohio",
         "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island", "South Carolina",
         "South Dakota", "Tennessee", "Texas", "Utah", "Vermont", "Virginia", "Washington",
         "West Virginia", "Wisconsin", "Wyoming", "Ontario", "Manitoba"),
        (11, 14, 6, 41, 17, 12, 4, 37, 22, 5, 34, 27, 13, 9, 12, 8, 5, 16, 21, 33, 24, 4, 18, 3,
         8, 7, 6, 22, 5, 38, 23, 2, 47, 9, 13, 36, 3, 11, 2, 17, 44, 9, 3, 21, 19, 5, 22, 1, 16,
         4), strict=True)),
    place_noun="stores",
    filings=((2022, None), (2023, None)),
    correction=Correction(
        2022, Decimal(31), Decimal(0),
        "an error in the estimate of unredeemed Quill Club loyalty points, which led us to "
        "recognize revenue before the points were used or had lapsed",
    ),
)  # fmt: skip

TESSELINE = Company(
    code="TESSELINE",
    name="Tesseline Software Holdings, Inc.",
    short="Tesseline",
    state="Delaware",
    city="Burlington, Vermont",
    sector="Information Technology",
    scale="thousands",
    year_end_month=6,
    segments=(
        Segment("Subscriptions", ("Tessera Plan", "Tessera Close", "Tessera Vault")),
        Segment("Professional Services", ("Implementation", "Migration", "Education")),
    ),
    regions=("United States", "Europe", "Asia Pacific", "Rest of world"),
    plans=(
        _plan(2023, "188420 34116", "294 486 271 -30 21", "71204", restructuring=4210,
              debt_repaid=4000, translation=-611),
        _plan(2024, "231870 31542", "272 468 263 -34 17", "72918", debt_repaid=4000,
              translation=318),
    ),
    seasons=(23, 24, 26, 27),
    opening=_amounts(cash=264118, receivables=41220, inventory=0, prepaid=11806,
                     property_gross=48210, accumulated_depreciation=21544, lease_assets=26480,
                     goodwill=88340, intangibles=41760, other_assets=9118, payables=9240,
                     accrued=31518, deferred_revenue=71206, current_debt=4000,
                     lease_current=5212, long_debt=72000, deferred_tax=2110,
                     other_liabilities=4402, paid_in_capital=611840, other_comprehensive=-3216),
    days={"receivables": 66, "inventory": 0, "prepaid": 18, "payables": 31, "accrued": 48,
          "deferred_revenue": 121},
    interest_rate=Decimal("0.061"),
    story=TESSELINE_STORY,
    places=(
        ("Burlington, Vermont", 84200), ("Raleigh, North Carolina", 41800),
        ("Ghent, Belgium", 22600), ("Porto, Portugal", 18400), ("Cebu, Philippines", 15300),
    ),
    place_noun="square feet",
    filings=((2024, 2),),
)  # fmt: skip

COMPANIES = (HALVORSEN, MARROWBY, TESSELINE)
"""Six filings: four annual reports and two quarterly ones."""

SMALL = (replace(HALVORSEN, filings=((2024, 2),)), TESSELINE)
"""Two quarterly reports, for tests."""
