"""Finds the statement that nothing answers: "The filings don't state it", in four languages.

A negation has to stand close to a word of telling, finding or answering. Words alone decide: the
statement may be wrong, or be about something else than what was asked.
"""

import re

_ENGLISH = (
    r"answer|tell|told\b|state[sd]?\b|sa(?:y|id)\b|show|give[ns]?\b|disclos|report(?:s|ed)?\b"
    r"|mention|contain|f(?:ind|ound)\b|cover|provid|available|publish|specif|identif|locat|read\b"
    r"|includes?\b|name[sd]?\b|comput|calculat|determin|appear|break"
)
_NEGATION_NEAR_TELLING = {
    "en": rf"""
        \b(?:no(?=\s[^\W\d])|none|nothing|neither|nowhere|unable|without\sany?)\b
        [^.!?\n]{{0,60}}?
        \b(?:{_ENGLISH}|exact|information\b|data\b|about\b|match
          |(?:of|in|among)\s(?:the|these|those|your)\s(?:documents|passages|filings|reports))
      | \b(?:state|disclose|report|give|show|mention|contain|name|publishe|cover|there\si)s?\sno\b
      | \bonly\scovers?\b | \bcovers?\b[^.!?\n]{{0,40}}?\b(?:alone|only)\b
      | (?:\b(?:not|never|cannot)|n['\u2019]t)\s(?:[^\W\d]{{1,20}}\s){{0,4}}?(?:{_ENGLISH})
        """,
    "de": r"""
        \b(?:nicht|kein(?:e[nmrs]?)?|nichts|weder|nirgends)\b
        [^.!?\n]{0,60}?
        \b(?:angegeben|gefunden|genannt|ausgewiesen|enthalten|enthält|beantwort|ersichtlich|hervor
          |aufgeführt|veröffentlich|vorhanden|verfügbar|erwähnt|nenn|finde|Angabe|Antwort|Auskunft
          |Wert\b|Dokument|Passage|Information|Treffer|berechne)
      | \b(?:weis(?:t|en)|nenn(?:t|en)|enth[aä]lt(?:en)?|gibt|geben|macht|machen)\b
        [^.!?\n]{0,60}?\b(?:nicht|kein(?:e[nmrs]?)?)\b
        """,
    "fr": r"""
        (?: \bn(?:e\s|['\u2019])[^.!?\n]{0,60}?\b(?:pas|aucune?|rien|nulle)\b
          | \baucune?\b | \bpas\s+de\b )
        [^.!?\n]{0,60}?
        \b(?:indiqu|mentionn|trouv|répon|publi|donn|précis|figur|document|passage|information
          |disponible|communiqu|calcul|divulgu)
      | \b(?:indiqu|mentionn|trouv|répon|publi|donn|précis|figur|communiqu|divulgu)[^\W\d]{0,8}
        \s(?:pas|aucune?)\b
        """,
    "es": r"""
        \b(?:no|ning[uú]n[oa]?|nada|tampoco)\b (?!,)
        [^.!?\n]{0,60}?
        \b(?:encontr|encuentr|indic|mencion|consta|figura\b|dice|inform|public|respon|contien|aparec
          |documento|pasaje|disponible|revela|calcul)
        """,
}
_REFUSALS = [
    re.compile(pattern, re.VERBOSE | re.IGNORECASE) for pattern in _NEGATION_NEAR_TELLING.values()
]


def says_nothing_answers(text: str) -> bool:
    """Whether a sentence or an answer says that the question isn't answered."""
    return any(refusal.search(text) for refusal in _REFUSALS)
