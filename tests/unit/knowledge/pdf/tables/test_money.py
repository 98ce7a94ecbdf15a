"""A document's pages say which currency it means by a sign, and by none."""

import pytest

from knowledge.pdf.tables.conventions import conventions_of


def money_of(*texts):
    return conventions_of(enumerate(texts, start=1)).money()


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("Sales were $ 5 and $ 7", "USD"),
        ("Sales were \u00a35m and \u00a37m, of which $1m abroad", "GBP"),
        ("Umsatz in Mio. EUR, EUR 5", "EUR"),
        ("Sales of C$5 and C$9", "CAD"),
        ("Rs. 5 crore and \u20b99 crore", "INR"),
        ("Sales of Fenmoor plc were 5 and costs were 7", None),
        ("Sales of Fenmoor Corp. were 5 and costs were 7", "USD"),
        ("\u00a35 and $5", None),
    ],
)
def test_the_commonest_currency_is_the_documents(text, main):
    assert money_of(text).main == main


@pytest.mark.parametrize(
    ("text", "dollar"),
    [
        ("Sales $5", "USD"),
        ("Amounts are in Canadian dollars. Sales $5", "CAD"),
        ("Listed on the ASX. Orrin Pty Ltd, Perth, Australia. Sales $5", None),
        ("Form 10-K, United States. We sell in Australia for $5", "USD"),
        ("In the U.S. we hedge Canadian dollars, Canadian dollars. U.S. sales $5", "USD"),
    ],
)
def test_a_dollar_is_the_countrys_that_the_text_names(text, dollar):
    assert money_of(text).code("$") == dollar


def test_a_yen_sign_is_a_yuan_where_the_text_says_so():
    assert money_of("\u00a55 million, RMB 7 million").code("\u00a5") == "CNY"
    assert money_of("\u00a55 million").code("\u00a5") == "JPY"


def test_pence_are_learnt_from_a_sentence():
    assert money_of("Earnings per share are given in pence.").has_pence
    assert not money_of("Earnings per share are given below.").has_pence


def test_a_later_page_follows_its_document_unless_it_differs():
    first = [(number, "Sales 1,234.5 and 2,345.6") for number in range(1, 13)]
    conventions = conventions_of(first)
    conventions.learn(13, "Sales 1,234")
    conventions.learn(14, "Umsatz 1.234,5 und 2.345,6 und 3.456,7")
    assert [conventions.style(number).decimal for number in (13, 14)] == [".", ","]
