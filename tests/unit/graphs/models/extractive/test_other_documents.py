"""Documents that are no filings: account statements, invoices, funds."""

from datetime import date

import pytest
from unit.ledger import Report

STATEMENT = """
                             ACCOUNT STATEMENT
Statement period   March 1, 2023 to March 31, 2023
Date              Description                      Amount       Balance
Mar 1             Opening balance                              $1,200.00
Mar 5             Rent                            $-800.00       $400.00
Mar 12            Salary                         $2,500.00     $2,900.00
Mar 31            Closing balance                              $2,900.00
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


def document(name: str, page: str) -> Report:
    return Report(name, (page,), None, "", 2023, None, date(2023, 3, 31))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What was the closing balance?", "Closing balance, 2023-03-31: USD 2,900.00 [1]"),
        ("What was the opening balance?", "Opening balance, 2023-03-01: USD 1,200.00 [1]"),
    ],
)
def test_balance_of_an_account_is_that_of_its_entry(ask, question, answer):
    assert ask(question, document("statement.pdf", STATEMENT)).first_line.startswith(answer)


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("What is the total amount due?", "USD 672.00"),
        ("What is the subtotal?", "USD 560.00"),
        ("How much VAT is charged?", "USD 112.00"),
    ],
)
def test_invoice_is_answered_by_its_labels(ask, question, amount):
    talk = ask(question, document("invoice.pdf", INVOICE))
    assert f": {amount} [1]" in talk.first_line


@pytest.mark.parametrize("question", ["What was the discount?", "What was revenue in 2023?"])
def test_label_that_an_invoice_lacks_has_no_answer(ask, question):
    answer = ask(question, document("invoice.pdf", INVOICE)).answer
    assert answer.startswith("I found no exact answer.")
    assert "USD" not in answer
