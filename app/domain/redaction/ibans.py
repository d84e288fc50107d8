"""International bank account numbers (ISO 13616).

Their lengths are needed here, not only a check of a whole number (which python-stdnum has): in a text, what follows an
account number may look like more of it.
"""

import re
from collections.abc import Iterator

from app.domain.redaction.spans import Span

_IBAN = re.compile(r"(?<![\w-])([A-Za-z]{2})[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,32}", re.ASCII)

# SWIFT's IBAN registry: how long the IBANs of which countries are.
_COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FO FI GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU XK MN",
    21: "HR LV LI CH HN",
    22: "BH BG CR GE DE IE ME RS GB VA",
    23: "TL GI IQ IL OM SO AE",
    24: "AD CZ MD PK RO SA SK ES SE TN VG DZ",
    25: "PT ST LY",
    26: "IS TR",
    27: "BI CF DJ FR GR IT MC MR SM CM CG MG",
    28: "AL AZ BY CY DO SV GT HU LB NI PL SN BF BJ CI ML NE TG",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
_LENGTHS = {country: length for length, countries in _COUNTRIES.items() for country in countries.split()}


def find_ibans(text: str, parts: list[tuple[int, int]]) -> Iterator[Span]:
    """Find the IBANs in some parts of the text: as long as their country's are, and 1 modulo 97 once the first four
    stand last."""
    for match in (match for part in parts for match in _IBAN.finditer(text, *part)):
        length = _LENGTHS.get(match[1].upper())
        places = [at for at in range(*match.span()) if text[at] not in " -\u00a0"]
        if length is None or len(places) < length:
            continue
        end = places[length - 1] + 1
        iban = "".join(text[at] for at in places[:length]).upper()
        is_cut = text[end : end + 1].isalnum()
        if not is_cut and int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1:
            yield Span(match.start(), end, "iban")
