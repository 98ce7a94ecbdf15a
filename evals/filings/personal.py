"""Invented personal data with right checksums, as people write it; and what only looks like it."""

import re
import string
from collections.abc import Callable, Iterator
from importlib import import_module
from random import Random
from typing import NamedTuple

import phonenumbers
from stdnum import iban, luhn

from knowledge.redaction.kinds import Kind

SEED = 17
OF_EACH = 60
AMERICAN_EXPRESS = "37"


class Planted(NamedTuple):
    """A line of a page, and what of it is personal."""

    line: str
    kind: Kind | None
    """None for a line that only looks like it."""
    written: str = ""


def planted(seed: int = SEED, of_each: int = OF_EACH) -> list[Planted]:
    """So many lines of each kind, and decoys, mixed; the same for the same seed."""
    random = Random(seed)  # noqa: S311  # samples, the same each time
    lines = [
        Planted(template.format(written), kind, written)
        for kind, (templates, make) in MAKERS.items()
        for template in (templates * of_each)[:of_each]
        for written in [make(random)]
    ]
    lines += [Planted(decoy, None) for decoy in _decoys(random)]
    random.shuffle(lines)
    return lines


def _email(random: Random) -> str:
    first, last = random.choice(FIRST), random.choice(LAST)
    local = random.choice(
        (f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}", f"{first}.o'{last}+ir", last)
    )
    host = random.choice(("example.com", "mail.desk-one.co.uk", "BANK.EXAMPLE", "firma.example.de"))
    return f"{local}@{host}"


def _phone(random: Random) -> str:
    area, line = random.choice(AREAS), f"555-{random.randrange(100, 200):04d}"
    american = (
        f"({area}) {line}", f"{area}-{line}", f"{area}.{line.replace('-', '.')}",
        f"1-{area}-{line}", f"+1 {area} {line.replace('-', ' ')}", f"({area}) {line} ext. 12",
    )  # fmt: skip
    region = random.choice(("GB", "DE", "FR", "CH", "JP", "IN", "BR", "AU", "SE", "NL", "ES", "IE"))
    number = phonenumbers.example_number_for_type(region, random.choice(PHONE_TYPES))
    if number is None:
        return random.choice(american)
    how = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return random.choice((*american, *[phonenumbers.format_number(number, how)] * 4))


def _ssn(random: Random) -> str:
    area = random.choice([each for each in range(1, 900) if each not in (219, 666, 78)])
    return f"{area:03d}-{random.randrange(1, 100):02d}-{random.randrange(1, 10_000):04d}"


def _iban(random: Random) -> str:
    country, letters, digits = random.choice(IBANS)
    while True:
        bank = "".join(random.choice(string.ascii_uppercase) for _ in range(letters))
        rest = bank + _digits(random, digits)
        number = country + iban.calc_check_digits(f"{country}00{rest}") + rest
        if iban.is_valid(number):
            grouped = " ".join(re.findall(".{1,4}", number))
            return random.choice((number, grouped))


def _card(random: Random) -> str:
    kinds = (("4", 16), ("51", 16), ("2221", 16), (AMERICAN_EXPRESS, 15), ("6011", 16))
    prefix, length = random.choice(kinds)
    number = prefix + _digits(random, length - len(prefix) - 1)
    number += luhn.calc_check_digit(number)
    if prefix == AMERICAN_EXPRESS:
        groups = (number[:4], number[4:10], number[10:])
    else:
        groups = tuple(re.findall("....", number))
    return random.choice((number, "-".join(groups), " ".join(groups)))


def _tax_id(random: Random) -> str:
    check, prefix, digits, shape = random.choice(TAX_IDS)
    valid: Callable[[str], bool] = import_module(f"stdnum.{check}").is_valid
    while True:
        number = prefix + _digits(random, digits)
        written = shape.format(number) if not shape.count("#") else _shaped(shape, number)
        if valid(number):
            return written


def _shaped(shape: str, digits: str) -> str:
    left = iter(digits)
    return "".join(next(left) if each == "#" else each for each in shape)


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice(string.digits) for _ in range(count))


def _decoys(random: Random) -> Iterator[str]:
    for _ in range(OF_EACH):
        figures = [f"{random.randrange(1000, 99_999):,}" for _ in range(4)]
        bare = [str(random.randrange(1000, 9999)) for _ in range(4)]
        yield f"Net sales {' '.join(figures)}"
        yield f"Stores at year end {' '.join(bare)}"
        yield f"Commission File Number 001-{random.randrange(10_000, 40_000)}"
        yield f"Income tax expense {random.randrange(100, 999)} {random.randrange(10, 99)} (29)"
        yield f"See pages {random.randrange(100, 200)}-{random.randrange(200, 300)} of our report."
        yield f"Minneapolis 55{random.randrange(100, 999)}-{random.randrange(1000, 9999)}"
        yield f"From 12/31/{random.randrange(2010, 2024)} to {random.randrange(2010, 2024)}-06-30."
        yield f"Accession 0000{random.randrange(10**5, 10**6)}-23-000{random.randrange(100, 999)}"
        yield f"CUSIP 0378331{random.randrange(10, 99)}, ISIN US0378331005"
        yield f"Invoice 4{_digits(random, 7)}; diluted shares {random.randrange(10**9, 10**10)}"


FIRST = ("jane", "omar", "li", "zoe", "pablo", "anna", "kofi", "mei")
LAST = ("doe", "haddad", "wei", "larsson", "garcia", "nowak", "mensah", "tanaka")
AREAS = ("212", "651", "310", "415", "617", "312", "206", "404")
PHONE_TYPES = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
IBANS = (
    ("DE", 0, 18), ("GB", 4, 14), ("NL", 4, 10), ("FR", 0, 23), ("CH", 0, 17), ("AT", 0, 16),
    ("PL", 0, 24), ("LU", 0, 16), ("SE", 0, 20), ("DK", 0, 14),
)  # fmt: skip
TAX_IDS = (
    ("us.ein", "", 9, "##-#######"),
    ("us.itin", "9", 8, "###-##-####"),
    ("eu.vat", "DE", 9, "{}"),
    ("eu.vat", "ATU", 8, "{}"),
    ("eu.vat", "IT", 11, "{}"),
    ("eu.vat", "PL", 10, "{}"),
    ("eu.vat", "DK", 8, "{}"),
    ("eu.vat", "FI", 8, "{}"),
    ("br.cpf", "", 11, "###.###.###-##"),
    ("gb.utr", "", 10, "{}"),
    ("de.idnr", "", 11, "## ### ### ###"),
    ("ca.sin", "", 9, "### ### ###"),
    ("au.tfn", "", 9, "### ### ###"),
)
MAKERS: dict[Kind, tuple[tuple[str, ...], Callable[[Random], str]]] = {
    Kind.EMAIL: (
        ("Write to {} by Friday.", "E-mail: {}", "{}", "Jane Doe, Treasurer, <{}>, signed."),
        _email,
    ),
    Kind.PHONE: (
        ("Call {} for details.", "Tel. {}", "Jane Doe   {}   London", "Our fax is {}, as before."),
        _phone,
    ),
    Kind.SSN: (
        ("Social security number: {}", "SSN {}", "Jane Doe  {}  Trustee", "(her number is {})"),
        _ssn,
    ),
    Kind.IBAN: (
        ("Pay to IBAN {} at once.", "{}", "Account: {}, BIC on request", "IBAN: {}"),
        _iban,
    ),
    Kind.CARD: (
        ("Charged to Visa card {}.", "Card number: {}", "Credit card no. {}", "Paid by card {}"),
        _card,
    ),
    Kind.TAX_ID: (
        ("Tax ID: {}", "Taxpayer identification number {}", "VAT {}", "Steuer-ID {}"),
        _tax_id,
    ),
}  # fmt: skip
