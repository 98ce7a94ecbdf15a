"""All documents of the world."""

from evals.filings.world.documents.bank_statement import BANK_STATEMENT
from evals.filings.world.documents.filled_form import FILLED_FORM
from evals.filings.world.documents.french_group import FRENCH_GROUP
from evals.filings.world.documents.fund_factsheet import FUND_FACTSHEET
from evals.filings.world.documents.german_group import GERMAN_GROUP
from evals.filings.world.documents.glued_words import GLUED_WORDS
from evals.filings.world.documents.goes_on import GOES_ON
from evals.filings.world.documents.indian_group import INDIAN_GROUP
from evals.filings.world.documents.invoice import INVOICE
from evals.filings.world.documents.per_share import PER_SHARE
from evals.filings.world.documents.restated import RESTATED
from evals.filings.world.documents.segments import SEGMENTS_REPORT
from evals.filings.world.documents.sideways import SIDEWAYS
from evals.filings.world.documents.two_columns import TWO_COLUMNS
from evals.filings.world.documents.two_currencies import TWO_CURRENCIES
from evals.filings.world.documents.uk_group import UK_GROUP

DOCUMENTS = (
    UK_GROUP,
    GERMAN_GROUP,
    INDIAN_GROUP,
    FRENCH_GROUP,
    TWO_CURRENCIES,
    SEGMENTS_REPORT,
    RESTATED,
    PER_SHARE,
    GOES_ON,
    SIDEWAYS,
    GLUED_WORDS,
    TWO_COLUMNS,
    FUND_FACTSHEET,
    BANK_STATEMENT,
    INVOICE,
    FILLED_FORM,
)
