"""What currency a sign, a code or a word means, as ISO 4217 code."""

import re
from functools import lru_cache

SIGNS = {
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "\u20b9": "INR",
    "\u20a8": "INR",
    "\u20a9": "KRW",
    "\u20bd": "RUB",
    "\u20ba": "TRY",
    "\u20aa": "ILS",
    "\u20ab": "VND",
    "\u0e3f": "THB",
    "\u20b1": "PHP",
    "\u20a6": "NGN",
    "$": "$",
    "\u00a5": "\u00a5",
    "\uffe5": "\u00a5",
}
"""Signs of one currency; `$` and `\u00a5` are several countries', and stay as they are."""
DOLLARS = {
    "us": "USD", "u": "USD", "c": "CAD", "ca": "CAD", "cdn": "CAD", "can": "CAD", "a": "AUD",
    "au": "AUD", "nz": "NZD", "hk": "HKD", "s": "SGD", "sg": "SGD", "nt": "TWD", "r": "BRL",
    "mx": "MXN",
}  # fmt: skip
"""By what stands before the `$`."""
CODES = (
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "CNH", "INR", "CAD", "AUD", "NZD", "HKD", "SGD",
    "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BRL", "MXN", "ARS", "CLP", "COP",
    "KRW", "TWD", "THB", "MYR", "IDR", "PHP", "VND", "ZAR", "NGN", "ILS", "TRY", "RUB", "AED",
    "SAR", "QAR", "KWD", "EGP", "PKR", "LKR", "BDT",
)  # fmt: skip
_NAMES = {
    r"(?:u\.?\s?s\.?|united\s+states|american)\s+dollars?": "USD",
    r"canadian\s+dollars?": "CAD",
    r"australian\s+dollars?": "AUD",
    r"new\s+zealand\s+dollars?": "NZD",
    r"hong\s+kong\s+dollars?": "HKD",
    r"singapore\s+dollars?": "SGD",
    r"dollars?": "$",
    r"euros?": "EUR",
    r"pounds?(?:\s+sterling)?|sterling": "GBP",
    r"swiss\s+francs?|schweizer\s+franken|francs?\s+suisses?": "CHF",
    r"(?:japanese\s+)?yen": "JPY",
    r"renminbi|rmb|(?:chinese\s+)?yuan": "CNY",
    r"(?:indian\s+)?rupees?|rs\.?|inr": "INR",
    r"swedish\s+kron(?:a|or)": "SEK",
    r"norwegian\s+kroner?": "NOK",
    r"danish\s+kroner?": "DKK",
    r"kr\.?": "kr",
    r"(?:south\s+korean\s+)?won": "KRW",
    r"(?:south\s+african\s+)?rands?": "ZAR",
    r"z\u0142": "PLN",
    r"k\u010d": "CZK",
}
_SIGN = "[" + "".join(SIGNS) + "]"
DOLLAR_SIGN = rf"(?:US|U|CDN|CAN|CA|C|AU|A|NZ|HK|SG|S|NT|R|MX)?\${{1,2}}|{_SIGN}"
"""A sign, with the country's letters before it."""
WORD = rf"{'|'.join(CODES)}|{'|'.join(_NAMES)}"
CURRENCY = rf"(?:(?<![a-z])(?:{WORD})(?![a-z])|(?<![a-z])(?:{DOLLAR_SIGN}))"
LEADS = frozenset({code.lower() for code in CODES} | {"rmb", "rs", "rs.", "kr", "kr."})
"""Words that may stand before an amount, in small letters."""
_BY_NAME = tuple((re.compile(name, re.IGNORECASE), code) for name, code in _NAMES.items())


@lru_cache(maxsize=1024)
def currency_of(text: str) -> str | None:
    """The code of a sign, a code or a word alone: "HK$", "rupees"; `$`, `\u00a5` and `kr` stay."""
    text = text.strip()
    if text[-1:] in SIGNS:
        prefix = text.rstrip("$").lower() if text[-1] == "$" else ""
        return DOLLARS.get(prefix, SIGNS[text[-1]]) if len(text) > 1 else SIGNS[text]
    upper = text.upper()
    if upper in CODES:
        return "CNY" if upper == "CNH" else upper
    return next((code for name, code in _BY_NAME if name.fullmatch(text)), None)
