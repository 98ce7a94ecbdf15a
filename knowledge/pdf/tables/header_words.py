"""The words of which the headers of columns are made, in the languages of reports."""

import re

from knowledge.pdf.tables.month_names import MONTHS

_CURRENCY = (
    r"(?:(?:US|C|CA|A|AU|NZ|HK|NT|S|R)?[$€£¥₹]|EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|RMB|CNY|INR|Rs\.?)"
)
_SCALE = (
    r"(?:['\u2018\u2019\u00b4`]?000s?|k|m|mn|mm|bn|mio\.?|mrd\.?|tsd\.?|millions?|crores?|lakhs?)"
)
UNIT = re.compile(
    rf"\(?(?:{_CURRENCY}\s?{_SCALE}?|['\u2018\u2019\u00b4`]000s?|T€|TEUR|k€|M€|Mio\.?|Mrd\.?|"
    rf"Tsd\.?|"
    r"millions?|thousands?|crores?|lakhs?|pence|cents)[),]*",
    re.IGNORECASE,
)
"""What heads columns to say in which unit their figures are: `£'000`, `€m`, `EUR`."""
_PERIOD_WORD = rf"(?:{'|'.join(map(re.escape, sorted(MONTHS, key=len, reverse=True)))})\.?"
_OTHER_LANGUAGES = (
    r"zum|bis|vom|per|gesch\xe4ftsjahr|quartal|halbjahr|monate|jahr|vorjahr|ver\xe4nderung|"
    r"anmerkung(?:en)?|anhang|au|le|du|de|del|el|al?|y|et|und|exercices?|clos|ejercicio|terminado|"
    r"trimestre|semestre|mois|meses|notas?|retrait\xe9|angepasst|reexpresado"
)
HEADER_WORDS = re.compile(
    rf"{_PERIOD_WORD},?|\d{{1,2}}[.,]?|(?:19|20)\d\d,?|fy\s?\d\d(?:\d\d)?|years?|fiscal|quarters?|"
    r"q[1-4]|[1-4]q|h[12]|[12]h|9m|(?:19|20)\d\d[/\u2013-]\d\d(?:\d\d)?|"
    r"\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d\d)?|\d{1,2}\.\d{1,2}\.[\u2013-]\d{1,2}\.\d{1,2}\.(?:19|"
    r"20)\d\d|"
    r"\d{1,2}(?:st|nd|rd|th|er)|\d{1,2}[/-]\w{1,3}[/-]\d{2,4}|"
    r"first|second|third|fourth|three|six|nine|twelve|52|53|13|26|39|months?|weeks?|ended|"
    r"ending|end|"
    r"as|of|at|the|for|and|to|vs\.?|versus|from|on|change|%|\$|\(?(?:un)?audited\)?|\(?restated\)?|"
    r"\(?in|millions?\)?,?|thousands?\)?,?|billions?\)?,?|\(?dollars|except|per|share|shares|"
    r"\(?decrease\)?|increase|over|prior|successor|predecessor|actual|total|amount|percent(?:age)?|"
    r"['\u2018\u2019]\d\d|\(?\d\)|\([a-z]\)|[-\u2013\u2014/&:]+|inc\.?\)?|\(dec\.?\)|variance|"
    r"period|"
    r"p\.?a\.?|since|launch|inception|ytd|date|annuali[sz]ed|cumulative|\d{1,2}[my]|yrs?|mths?|days?|"
    rf"data\)?|amounts\)?|notes?|{_OTHER_LANGUAGES}|{UNIT.pattern}",
    re.IGNORECASE,
)
DATED = re.compile(
    rf"(?:19|20)\d\d|(?<![^\W\d_]){_PERIOD_WORD}(?![^\W\d_])|ended|quarter|fiscal", re.IGNORECASE
)
LENGTH = re.compile(
    r"\d{1,2}\s?(?:years?|yrs?|months?|mths?|weeks?|days?|[ym])\b.{0,12}", re.IGNORECASE
)
"""What heads columns of returns: `3 years`, `6 months`, `1 year p.a.`."""
