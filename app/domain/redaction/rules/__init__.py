"""The table of rules: secrets known by their own published format, or by the place they stand in.

Every pattern starts at a literal, so a search for literals does the searching; every repetition is bounded or
possessive, and an open-ended one either comes last or starts at the only place where such a run can start. Both keep
the time linear. Where a format has a fixed length, a little less is accepted at times: texts get cut off.
"""

from app.domain.redaction.rules.calls import CALLS
from app.domain.redaction.rules.commands import COMMANDS
from app.domain.redaction.rules.databases import DATABASES
from app.domain.redaction.rules.files import FILES
from app.domain.redaction.rules.machines import MACHINES
from app.domain.redaction.rules.marked import MARKED
from app.domain.redaction.rules.places import PLACES
from app.domain.redaction.rules.private_keys import PRIVATE_KEYS
from app.domain.redaction.rules.rule import Rule
from app.domain.redaction.rules.vendors import VENDORS
from app.domain.redaction.rules.web import WEB

RULES: tuple[Rule, ...] = (
    PRIVATE_KEYS + MARKED + VENDORS + WEB + PLACES + FILES + COMMANDS + MACHINES + DATABASES + CALLS
)
