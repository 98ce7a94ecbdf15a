"""Kinds of figures that are easily taken for one another, in invented documents."""

from dataclasses import replace
from datetime import date

import pytest
from unit import ledger as ledgers
from unit.ledger import Ledger, Report

THIS_QUARTER = "Q3 2023"
NINE_MONTHS = "first nine months of 2023"


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("net sales", "560"),
        ("total net sales", "560"),
        ("net sales of Looms", "$410"),
        ("Services revenue", "150"),
        ("cost of sales for looms", "290"),
        ("cost of sales", "350"),
        ("operating income", "98"),
        ("Weaving operating income", "61"),
        ("operating income of the Dyeing segment", "37"),
        ("Weaving net sales", "$330"),
        ("net sales in Portugal", "140"),
        ("net sales in the United States", "$300"),
        ("net sales in other countries", "120"),
        ("Weaving depreciation", "14"),
    ],
)
def test_part_is_answered_by_its_row_or_column_and_whole_by_the_total(
    ostrander, found, item, printed
):
    (figure,) = found(ostrander, item, THIS_QUARTER)
    assert figure.removeprefix("$") == f"{printed.removeprefix('$')} USD million"


@pytest.mark.parametrize(
    "item",
    [
        "net sales Germany",
        "net sales of the Spinning segment",
        "Looms operating income",
        "Portugal operating income",
        "organic net sales",
        "adjusted net income",
        "net sales per employee",
        "deferred net sales",
        "unit sales of looms",
        "net sales in the United Kingdom",
        "net sales to related parties",
    ],
)
def test_part_or_qualifier_that_no_row_names_has_no_figure(ostrander, found, item):
    assert found(ostrander, item, THIS_QUARTER) == []
    assert ostrander.find(item, periods=[THIS_QUARTER]).nearest


@pytest.mark.parametrize(
    ("item", "printed"),
    [("operating income", "98"), ("adjusted operating income", "$103")],
)
def test_adjusted_figure_and_unadjusted_one_are_two(ostrander, found, item, printed):
    assert found(ostrander, item, THIS_QUARTER) == [f"{printed} USD million"]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("Services gross margin percentage", "60.0%"),
        ("gross margin percentage of Looms", "29.3%"),
    ],
)
def test_percentage_is_answered_by_a_row_of_percentages(ostrander, found, item, printed):
    assert found(ostrander, item, THIS_QUARTER) == [f"{printed} percent"]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("diluted EPS", "$0.70"),
        ("basic earnings per share", "$0.71"),
        ("earnings per share", "$0.70"),
        ("Diluted earnings per share", "$0.70"),
    ],
)
def test_figure_per_share_is_no_count_of_shares_and_has_no_scale(ostrander, found, item, printed):
    assert found(ostrander, item, THIS_QUARTER) == [f"{printed} USD/share"]


@pytest.mark.parametrize(
    "item", ["diluted shares", "number of basic shares", "net income per share of Looms"]
)
def test_count_of_shares_is_not_answered_by_a_figure_per_share(ostrander, found, item):
    assert not any("USD/share" in each for each in found(ostrander, item, THIS_QUARTER))


@pytest.mark.parametrize(
    ("item", "period", "printed"),
    [
        ("inventories", "September 30, 2023", "175"),
        ("inventories", "December 31, 2022", "160"),
        ("inventories", THIS_QUARTER, "175"),
        ("inventories", "FY2022", "160"),
        ("accounts payable", THIS_QUARTER, "120"),
        ("accounts receivable", "September 30, 2023", "301"),
        ("cash", "September 30, 2023", "$212"),
    ],
)
def test_balance_is_never_its_change_in_the_cash_flow_statement(
    ostrander, found, item, period, printed
):
    assert found(ostrander, item, period) == [f"{printed} USD million"]


@pytest.mark.parametrize(
    ("item", "period"),
    [
        ("inventories", "Q3 2022"),
        ("inventories", "first nine months of 2022"),
        ("net sales", "FY2023"),
        ("net sales", "Q2 2023"),
        ("dividends paid", THIS_QUARTER),
        ("net sales", "December 31, 2022"),
    ],
)
def test_figure_of_another_period_is_none(ostrander, found, item, period):
    assert found(ostrander, item, period) == []


@pytest.mark.parametrize(
    ("item", "printed"),
    [("net sales", "1,670"), ("dividends paid", "(60)"), ("Services net sales", "440")],
)
@pytest.mark.parametrize("period", [NINE_MONTHS, "nine months ended September 30, 2023", "9M 2023"])
def test_year_to_date_is_found_by_each_of_its_names(ostrander, found, item, printed, period):
    assert found(ostrander, item, period) == [f"{printed} USD million"]


def test_several_periods_are_answered_in_their_order(ostrander, found):
    assert found(ostrander, "operating income", "Q3 2023", "Q3 2022") == [
        "96 USD million",
        "98 USD million",
    ]


def test_period_of_the_document_is_taken_where_none_is_named(ostrander, found):
    assert found(ostrander, "operating income") == ["98 USD million"]


def test_periods_may_stand_in_the_item(ostrander, found):
    assert found(ostrander, "operating income in Q3 2022") == ["96 USD million"]


def test_answer_holds_the_passage_and_the_printed_row(ostrander):
    looked_up = ostrander.find("operating income", periods=[THIS_QUARTER])
    (figure,) = looked_up.answers[0].figures
    (passage,) = looked_up.passages
    assert passage.text[figure.start : figure.end] == figure.text == "98"
    assert figure.printed_row == "Operating income 98 96 310 300"
    assert looked_up.searched == (
        "Ostrander Mills, Inc. 10-Q Q3 fiscal 2023 (Ostrander_Q3_2023.pdf)",
    )


ADJUSTED_RESULTS = """
                          Adjusted Results
                           (in millions)
                                            Years ended December 31,
                                              2022          2021
Operating income                               $88           $80
Net income                                      61            55
"""
RESULTS = """
                      Consolidated Statements of Operations
                                 (in millions)
                                            Years ended December 31,
                                              2022          2021
Net sales                                     $300          $280
Operating income                                71            70
Income tax expense                              12            11
Net income                                      45            44
"""


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("operating income", "71"),
        ("adjusted operating income", "$88"),
        ("net income", "45"),
        ("adjusted net income", "61"),
    ],
)
def test_table_of_adjusted_results_answers_for_adjusted_figures_alone(found, item, printed):
    report = Report("Minter_2022.pdf", (ADJUSTED_RESULTS, RESULTS), company="Minter Corp.")
    assert found(Ledger(report), item, "2022") == [f"{printed} USD million"]


def test_adjusted_figure_does_not_answer_where_the_unadjusted_one_is_missing(found):
    ledger = Ledger(Report("Minter_2022.pdf", (ADJUSTED_RESULTS,), company="Minter Corp."))
    assert found(ledger, "operating income", "2022") == []


def test_unadjusted_figure_does_not_answer_where_the_adjusted_one_is_missing(found):
    ledger = Ledger(Report("Minter_2022.pdf", (RESULTS,), company="Minter Corp."))
    assert found(ledger, "adjusted operating income", "2022") == []


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


RESTATEMENT = """
                Restatement of Previously Issued Statements
                              (in thousands)
                               Year ended December 31, 2022
                         As Previously
                            Reported      Adjustment     As Restated
Net sales                    $80,000        $(3,000)         $77,000
Cost of sales                 50,000         (1,000)          49,000
Net income                     9,000         (2,000)           7,000
"""


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("net sales", "$77,000"),
        ("net sales as restated", "$77,000"),
        ("net sales as previously reported", "$80,000"),
        ("net sales originally reported", "$80,000"),
    ],
)
def test_columns_of_a_restatement_are_told_apart(found, item, printed):
    report = Report("Durnley_10KA_2022.pdf", (RESTATEMENT,), company="Durnley Inc.")
    assert found(Ledger(report), item, "FY2022") == [f"{printed} USD thousand"]


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


PER_TON = """
                        Operating Statistics
                        (dollars in millions)
                                            2022          2021
Net sales of clay                            $90           $80
Net sales of clay per ton                 $41.50        $40.10
"""


def test_total_is_not_answered_by_a_row_per_unit(found):
    report = Report("Clayford_2022.pdf", (PER_TON,), company="Clayford Corp.")
    assert found(Ledger(report), "net sales of clay", "2022") == ["$90 USD million"]


def test_row_per_unit_is_not_answered_by_the_total(found):
    report = Report("Clayford_2022.pdf", (PER_TON,), company="Clayford Corp.")
    figures = found(Ledger(report), "net sales of clay per ton", "2022")
    assert "$90 USD million" not in figures


INVOICE = """
                               INVOICE
Description                   Quantity     Unit price        Amount
Steel brackets                      40         $12.50       $500.00
Freight                              1         $60.00        $60.00
Subtotal                                                    $560.00
VAT 20%                                                     $112.00
Total due                                                   $672.00
"""


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("What is the total amount due?", "$672.00"),
        ("subtotal", "$560.00"),
        ("VAT", "$112.00"),
        ("freight", "$60.00"),
    ],
)
def test_invoice_is_read_by_its_labels(found, item, printed):
    report = Report("invoice_4711.pdf", (INVOICE,), None, "", 2023, None, date(2023, 3, 14))
    assert f"{printed} USD" in found(Ledger(report), item)


TWO_TABLES = """
                            Selected Sites of the Company
                                 (in millions)
                                              2022          2021
Maintenance costs                              $30           $20
Lease costs                                      2             1

                            Selected Mines of the Company
                                 (in millions)
                                              2022          2021
Maintenance costs                              $41           $20
Blasting costs                                   3             2
"""


def test_rows_that_fit_equally_well_and_differ_are_all_given(found):
    ledger = Ledger(Report("Minter_2022.pdf", (TWO_TABLES,), company="Minter Corp."))
    assert found(ledger, "maintenance costs", "2022") == ["$30 USD million", "$41 USD million"]
    assert found(ledger, "maintenance costs", "2021") == ["$20 USD million"]


def test_caption_tells_rows_apart(found):
    ledger = Ledger(Report("Minter_2022.pdf", (TWO_TABLES,), company="Minter Corp."))
    assert found(ledger, "maintenance costs of mines", "2022") == ["$41 USD million"]


def test_figure_without_doubt_goes_before_a_doubtful_one(monkeypatch, found):
    pages = (TWO_TABLES,)
    doubted = [
        replace(figure, doubts=("no column header",)) if figure.table == 0 else figure
        for figure in ledgers.figures_in(pages)
    ]
    assert any(figure.doubts for figure in doubted)
    monkeypatch.setattr(ledgers, "figures_in", lambda _: doubted)
    ledger = Ledger(Report("Minter_2022.pdf", pages, company="Minter Corp."))
    assert found(ledger, "maintenance costs", "2022") == ["$41 USD million"]


def test_doubtful_figure_is_given_with_its_doubts_where_it_is_the_only_one(monkeypatch):
    pages = (PER_TON,)
    doubted = [replace(each, doubts=("no header",)) for each in ledgers.figures_in(pages)]
    monkeypatch.setattr(ledgers, "figures_in", lambda _: doubted)
    ledger = Ledger(Report("Clayford_2022.pdf", pages, company="Clayford Corp."))
    (answer,) = ledger.find("net sales of clay", periods=["2022"]).answers
    assert answer.figures[0].doubts == ("no header",)
