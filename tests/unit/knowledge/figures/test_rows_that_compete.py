"""Several rows that fit, rows read with doubt, and rows of papers that are no reports."""

from dataclasses import replace
from datetime import date

import pytest
from unit import ledger as ledgers
from unit.ledger import Ledger, Report

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


PER_TON = """
                        Operating Statistics
                        (dollars in millions)
                                            2022          2021
Net sales of clay                            $90           $80
Net sales of clay per ton                 $41.50        $40.10
"""


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
