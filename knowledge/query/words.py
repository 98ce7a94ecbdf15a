"""Words that tell no passage, and no company, from another."""

_STOP_WORDS = (
    "a about according all also amount an and any are as asked at base based be been between "
    "billion both but by can company company's compare compared could did do does during each "
    "end ended ending fiscal following for from fy give had has have how if in into is it its "
    "itself just like list major may me meaningful metric metrics million millions more most "
    "much name no not number of on one only or our out over percent percentage please profile "
    "provide question relevant report reported reports roughly say should show so state such "
    "tell than that the their them then there these they this those thousand thousands "
    "through to under up us usd useful using value was we were what when where whether which "
    "while who whom whose why will with would year years you your"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Of questions, beyond those that Postgres leaves out."""
_LEGAL_FORMS = (
    "ag and co companies company corp corporation de group holding holdings inc incorporated "
    "limited llc lp ltd nv of plc sa se the trust"
)
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
_COMMON_NAMES = (
    "advanced air airlines america american applied atlantic bank best brands capital central "
    "digital east eastern electric energy entertainment financial first foods general global "
    "health home industries insurance international lines media motors national new north "
    "northern pacific pharmaceuticals power resources services solutions south southern "
    "standard systems technologies united us water west western"
)
COMMON_NAMES = frozenset(_COMMON_NAMES.split())
"""Words of names that say nothing alone."""
