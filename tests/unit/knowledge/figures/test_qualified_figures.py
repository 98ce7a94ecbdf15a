"""Adjusted, restated and per-unit figures never stand for one another."""

import pytest
from unit.ledger import Ledger, Report

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


PART_OF_THE_GROUP = """
                          Guarantor Subsidiaries
                             (in millions)
                                            Years ended December 31,
                                              2022          2021
Net sales                                      $88           $80
Operating income                                21            20
"""


def test_table_of_a_part_answers_where_the_part_is_named(found):
    report = Report("Minter_2022.pdf", (PART_OF_THE_GROUP,), company="Minter Corp.")
    item = "net sales of the guarantor subsidiaries"
    assert found(Ledger(report), item, "2022") == ["$88 USD million"]


LEAD_OVER_TWO_LINES = """
Net sales by product for the years ended December 31, 2022 and 2021 were as follows (in
millions):
                                              2022          2021
Looms                                         $120          $110
Spindles                                        80            75
"""


def test_scale_is_read_from_a_note_that_breaks_over_two_lines(found):
    report = Report("Minter_2022.pdf", (RESULTS, LEAD_OVER_TWO_LINES), company="Minter Corp.")
    assert found(Ledger(report), "looms", "2022") == ["$120 USD million"]
