"""Words that leave a figure what it is, by where they stand; all others must be accounted for."""

from knowledge.figures.words import plain
from knowledge.query.stems import stem


def _words(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(plain(word)) for word in words.split())


IN_QUESTIONS = _words(
    # how it is asked
    "give tell show find state report reported reports record recorded list say extract calculate "
    "compute express please provide disclose disclosed get know want need look mentioned stated "
    "according based document documents filing filings page statement statements table note notes "
    "annual quarterly 10-k 10-q form fy fiscal year years quarter quarters month months ended end "
    "ending date day period periods first three six nine twelve half latest recent last current "
    "now today total overall whole company company's group consolidated figure figures number "
    "amount amounts value level size much balance carrying outstanding exactly approximately "
    "about roughly "
    "round rounded decimal decimals place places digit nearest thousand thousands "
    "million millions billion billions crore crores lakh lakhs usd dollar dollars eur euro "
    "euros gbp pounds "
    "charge charged earn earned earns generate generated make made achieve achieved "
    " posted incur "
    "incurred spend spent hold held bring brought did does come came amounted stand stood "
    "have over "
    "january february march april may june july august september october november december "
    "q1 q2 q3 q4 h1 h2 9m as item line row under using used not restated originally "
    "originally-reported "
    "disclose show shows set out spend spending pay pays share each both respectively side "
    "entire full basis recognize recognise booked moved move unrounded "
    "margins "
    "negative decrease positive inc corp corporation co ltd limited plc llc ag se sa nv "
    "statements 10-ks 10-qs according latest newest recent filed file originally first employ "
    # German, French, Spanish
    "ete etaient fut fue eran finales final fin ende finde pence cents "
    "historically historical fluctuating fluctuate fluctuated profile useful metric metrics "
    "relevant meaningful improving "
    "year-end year-on-year fast big large high low much whole-year ytd to-date "
    "a-t-elle elle realisee realise decimale decimales pourcentage avec mit einer zwei dos deux "
    "erzielte obtuvo tuvo avait realise prozent porcentaje nachkommastelle "
    "betrug betraegt hatte jahr geschaeftsjahr konzern gesamt hoehe mio tsd millionen "
    "exercice annee groupe montant etait eleve millions milliers "
    "ano ejercicio grupo importe cuanto total millones miles"
)
"""Around what is asked: whole words, since a stem is shared by others ("unit", "united")."""

IN_LABELS = _stems(
    "eur euro euros usd gbp inr chf pence cents dollars thousand million "
    "total totals group consolidated company reported net amount note notes of which less plus add "
    "deduct due other-than summe gesamt davon ensemble dont total line"
)
"""Of a row's label; `other` is not among them."""

IN_COLUMNS = _stems(
    "hk hkd rs inr aud cad jpy cny rmb nok dkk pln sgd nzd zar brl mxn pence cents "
    "total totals group consolidated amount amounts actual unaudited audited note notes reported "
    "year years fiscal ended ending end months month quarter quarters period weeks week three "
    "six nine "
    "twelve thirteen twenty-six thirty-nine fifty-two fifty-three first second third fourth "
    "as of at "
    "january february march april may june july august september october november december "
    "jan feb mar "
    "apr jun jul aug sep sept oct nov dec january-december "
    "million millions thousand thousands billion billions crore crores lakh lakhs usd eur "
    "gbp inr chf sek "
    "dollar dollars euro mio tsd except per share data restated previously originally revised "
    "clos close cerrado konzern jahr geschaeftsjahr exercice ejercicio januar februar maerz "
    "mai juni juli "
    "oktober dezember "
    "janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "balance fy fy22 fy23 fy24 fy2021 fy2022 fy2023 fy2024 q1 q2 q3 q4 h1 h2 9m"
)
"""Of a column's header, beside its period."""

IN_GROUPS = _stems(
    "assets liabilities equity current non-current noncurrent long-term shareholders stockholders "
    "owners operating investing financing activities cash flows flow from used in provided "
    "revenue revenues sales income expense expenses costs cost operations profit loss other "
    "earnings per share common ordinary basic diluted weighted average attributable to net "
    "adjustments reconcile changes statement data continuing total consolidated group "
    "vermoegenswerte schulden eigenkapital aktiva passiva kurzfristige langfristige "
    "actif passif capitaux courants produits charges activo pasivo patrimonio corriente"
)
"""Headings that order a statement without making a part of the company."""
