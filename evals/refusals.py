"""Finds the statement that nothing answers: "The filings don't state it", in four languages.

A negation has to stand close to a word of telling, finding or answering. Words alone decide: the
statement may be wrong, or be about something else than what was asked.
"""

import re

_NEGATION_NEAR_TELLING = {
    "en": r"""
        (?: \b(?:no(?=\s+[^\W\d])|none|nothing|neither|unable|without)\b
          | \b(?:not|never|cannot|nowhere)\b | n['\u2019]t\b )
        [^.!?\n]{0,60}?
        \b(?:answer|tell|told|stat(?:e[ds]?|ing)\b|sa(?:y|id)|show|give[ns]?\b|disclos|report(?:s|ed)?\b
          |mention|contain|find\b|found\b|cover|provid|available|publish|specif|identif|locat
          |(?:exact|clear)\s+(?:match|figure)|information\b|data\b|comput|calculat|determin
          |about\b|(?:of|in|among)\s+(?:the|these|those|your)\s+(?:documents|passages|filings|reports))
        """,
    "de": r"""
        \b(?:nicht|kein(?:e[nmrs]?)?|nichts|weder|nirgends)\b
        [^.!?\n]{0,60}?
        \b(?:angegeben|gefunden|genannt|ausgewiesen|enthalten|enthält|beantwort|ersichtlich|hervor
          |aufgeführt|veröffentlich|vorhanden|verfügbar|erwähnt|nenn|finde|Angabe|Antwort|Auskunft
          |Wert\b|Dokument|Passage|Information|Treffer|berechne)
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
