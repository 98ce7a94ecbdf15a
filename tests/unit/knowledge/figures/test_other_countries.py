"""Figures of British and German reports: groups, parents, notes, pence and other languages."""

from datetime import date

import pytest
from unit.ledger import Ledger, Report

GROUP_AND_COMPANY = """
Balance sheets at 31 March 2023
                              Group         Group       Company       Company
                               2023          2022          2023          2022
                              £'000         £'000         £'000         £'000
Inventories                   6,120         5,980             -             -
Trade receivables             9,300         9,010         1,200         1,150
Cash and cash equivalents     4,450         3,900           610           520
Total assets                 60,500        57,200        41,000        40,200
Total liabilities            21,300        20,900         9,700         9,500
Total equity                 39,200        36,300        31,300        30,700
"""
PENCE = """
                       Consolidated income statement
                     for the year ended 31 March 2023
                                          2023          2022
                              Note       £'000         £'000
Revenue                          3      84,210        79,004
Cost of sales                          (50,120)      (48,300)
Profit before tax                        8,930         7,905
Taxation                         8      (1,790)       (1,502)
Profit for the year                      7,140         6,403
Diluted earnings per share (pence)        14.0          12.7
"""


@pytest.fixture(scope="module")
def british() -> Ledger:
    return Ledger(
        Report(
            "Hollowmere_AR_2023.pdf",
            (PENCE, GROUP_AND_COMPANY),
            company="Hollowmere plc",
            form="annual report",
            year=2023,
            period_end=date(2023, 3, 31),
        )
    )


@pytest.mark.parametrize(
    ("item", "period", "printed"),
    [
        ("total assets", "FY2023", "60,500 GBP thousand"),
        ("cash and cash equivalents", "31 March 2022", "3,900 GBP thousand"),
        ("trade receivables", "2023", "9,300 GBP thousand"),
        ("revenue", "2022/23", "84,210 GBP thousand"),
        ("revenue", "year ended 31 March 2022", "79,004 GBP thousand"),
        ("tax charge", "FY2023", "(1,790) GBP thousand"),
        ("profit for the year", "FY23", "7,140 GBP thousand"),
        ("diluted earnings per share", "FY2023", "14.0 pence/share"),
    ],
)
def test_group_figure_is_not_the_parent_s_and_note_numbers_are_none(
    british, found, item, period, printed
):
    assert found(british, item, period) == [printed]


@pytest.mark.parametrize(
    ("item", "printed"),
    [("parent company total assets", "41,000"), ("total equity of the parent", "31,300")],
)
def test_figure_of_the_parent_is_never_the_group_s(british, found, item, printed):
    assert found(british, item, "FY2023") == [f"{printed} GBP thousand"]


GERMAN = """
                  Konzern-Gewinn- und Verlustrechnung
                  vom 1. Januar bis 31. Dezember 2022
                                            2022          2021
                                       Mio. EUR      Mio. EUR
Umsatzerlöse                             1.234,5       1.100,0
Umsatzkosten                              -800,2        -720,4
Betriebsergebnis                           120,1         101,7
Konzernüberschuss                           80,0          69,4
Ergebnis je Aktie (in EUR)                  2,15          1,87
"""


@pytest.mark.parametrize(
    ("item", "period", "printed"),
    [
        ("Umsatzerlöse", "2022", "1.234,5 EUR million"),
        ("Wie hoch war der Umsatz des Konzerns?", "2021", "1.100,0 EUR million"),
        ("revenue", "Geschäftsjahr 2022", "1.234,5 EUR million"),
        ("Betriebsergebnis", "2022", "120,1 EUR million"),
        ("net income", "2022", "80,0 EUR million"),
        ("Ergebnis je Aktie", "2022", "2,15 EUR/share"),
    ],
)
def test_german_report_answers_in_both_languages(found, item, period, printed):
    report = Report("Kellbrunn_2022.pdf", (GERMAN,), company="Kellbrunn AG", form="annual report")
    assert found(Ledger(report), item, period) == [printed]


@pytest.mark.parametrize("item", ["bereinigtes Betriebsergebnis", "Umsatz in Spanien"])
def test_german_qualifier_is_not_dropped(found, item):
    report = Report("Kellbrunn_2022.pdf", (GERMAN,), company="Kellbrunn AG", form="annual report")
    assert found(Ledger(report), item, "2022") == []


def test_columns_of_the_parent_company_answer_for_it(british, found):
    assert found(british, "parent company total assets", "FY2023") == ["41,000 GBP thousand"]
