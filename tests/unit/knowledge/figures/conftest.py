"""Invented reports of the kinds whose figures are easily mistaken for one another."""

from datetime import date

import pytest
from unit.ledger import Ledger, Report

OPERATIONS = """
              Condensed Consolidated Statements of Operations
           (in millions, except shares in thousands and per share amounts)
                               Three Months Ended           Nine Months Ended
                                  September 30,               September 30,
                               2023          2022          2023          2022
Net sales:
Looms                          $410          $400        $1,230        $1,180
Services                        150           140           440           400
Total net sales                 560           540         1,670         1,580
Cost of sales:
Looms                           290           280           860           830
Services                         60            55           170           160
Total cost of sales             350           335         1,030           990
Operating income                 98            96           310           300
Interest expense                 (9)           (8)          (27)          (24)
Interest income                   2             1             6             3
Income tax expense               21            20            66            64
Net income                      $70           $69          $223          $215
Earnings per share:
Basic                         $0.71         $0.70         $2.25         $2.17
Diluted                       $0.70         $0.69         $2.23         $2.15
Shares used in computing earnings per share:
Basic                        98,700        98,600        99,000        99,100
Diluted                     100,100       100,000       100,200       100,050
"""
SEGMENTS = """
                   Note 9. Segment Information
                          (in millions)
                        Three Months Ended September 30, 2023
                            Weaving         Dyeing          Total
Net sales                      $330           $230           $560
Operating income                 61             37             98
Depreciation                     14              9             23
"""
REGIONS = """
                 Note 10. Net Sales by Country
                          (in millions)
                               Three Months Ended           Nine Months Ended
                                  September 30,               September 30,
                               2023          2022          2023          2022
United States                  $300          $290          $900          $860
Portugal                        140           130           400           380
Other countries                 120           120           370           340
Total net sales                $560          $540        $1,670        $1,580
"""
MARGINS = """
                        Gross Margin
                               Three Months Ended
                                  September 30,
                               2023          2022
Gross margin percentage:
Looms                         29.3%         30.0%
Services                      60.0%         60.7%
Total gross margin            37.5%         38.0%
"""
BALANCE = """
                  Condensed Consolidated Balance Sheets
                             (in millions)
                                      September 30,      December 31,
                                              2023              2022
Cash and cash equivalents                     $212              $190
Accounts receivable, less allowances of $3     301               288
Inventories                                    175               160
Total current assets                           700               650
Total assets                                 1,500             1,400
Accounts payable                               120               131
Total liabilities                              800               780
Total equity                                   700               620
"""
CASH = """
              Condensed Consolidated Statements of Cash Flows
                             (in millions)
                                           Nine Months Ended September 30,
                                              2023              2022
Operating activities:
Net income                                    $223              $215
Depreciation                                    66                64
Changes in assets and liabilities:
Inventories                                    (15)              (12)
Accounts payable                               (11)                7
Net cash provided by operating activities      270               260
Investing activities:
Purchases of property and equipment            (80)              (75)
Financing activities:
Dividends paid                                 (60)              (57)
Cash at end of period                          212               180
"""
ADJUSTED = """
                Reconciliation of Non-GAAP Measures
                             (in millions)
                               Three Months Ended
                                  September 30,
                               2023          2022
Operating income                $98           $96
Restructuring                     5             4
Adjusted operating income      $103          $100
"""
OSTRANDER = Report(
    "Ostrander_Q3_2023.pdf",
    (OPERATIONS, SEGMENTS, REGIONS, MARGINS, BALANCE, CASH, ADJUSTED),
    company="Ostrander Mills, Inc.",
    form="10-Q",
    year=2023,
    quarter=3,
    period_end=date(2023, 9, 30),
)


@pytest.fixture(scope="session")
def ostrander() -> Ledger:
    """A quarterly report with segments, countries, percentages and adjusted figures."""
    return Ledger(OSTRANDER)


@pytest.fixture
def found():
    """`found(ledger, item, *periods)`: each figure that answers, as printed, with its unit."""

    def found(ledger: Ledger, item: str, *periods: str, **options: object) -> list[str]:
        answers = ledger.find(item, periods=periods, **options).answers
        return [
            f"{figure.text} {figure.unit_in_words}".strip()
            for answer in answers
            for figure in answer.figures
        ]

    return found
