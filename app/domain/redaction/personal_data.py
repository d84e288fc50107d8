"""Personal data, looked for where somebody asks for it: addresses, phone numbers, accounts, cards, IPs, national ids.

Order numbers, dates, versions and amounts have the same shapes. A checksum tells them apart where there is one, and the
words before them where there is none.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from stdnum import luhn

from app.domain.redaction.crowds import accepted
from app.domain.redaction.ibans import find_ibans
from app.domain.redaction.national_ids import ANY_SHAPE, NATIONAL_IDS, NationalId
from app.domain.redaction.spans import Span
from app.domain.redaction.words import word_set

Match = re.Match[str]


class Row(NamedTuple):
    """One kind: a mark that it has (none: it has digits), its shape, its check, and what goes and what stays."""

    kind: str
    needs: re.Pattern[str] | None
    pattern: re.Pattern[str]
    check: Callable[[Match], bool]
    goes: str
    stays: str


_ORDERED = re.compile(
    r"(?:(?<![^\W_])(?:orders?|invoices?|tickets?|case|ref|reference|sku|isbn|part|p/n|model|serial|tracking|parcel|shipment|bestellung|"
    r"rechnung|auftrag|commande|facture|pedido|factura|art|item|lot|batch|job|build|pid|rma|po|version|v)"
    r"(?:[ ]?(?:number|no|nr|id|code))?[.:# ]{0,3}|\#)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![^\W_])(?:number|no|nr|id)[.:# ]{0,3}$", re.IGNORECASE)
_VERSIONED = re.compile(
    r"(?<![^\W_])(?:v|ver|version|release|upgrade[ds]?|update[ds]?|section|chapter|clause|paragraph|§|build|firmware|driver|patch|rev|"
    r"revision|abschnitt|kapitel|kernel|chrome|edge|safari|agent|image|tag|package|module|annex|table|figure|step|article|"
    r"downgrade[ds]?|bump(?:ed|s)?|requires?|pinned|since|changelog|minimum|at least|from [0-9.]+ to|oid)"
    r"(?:[ ](?:from|to|is|of|no\.?|number|string))?[ :=~><^v/]{0,4}$",
    re.IGNORECASE,
)
_PHONE_WORDS = re.compile(
    r"电话|電話|手机|手機|携帯|전화|휴대폰|โทร|"
    r"(?<![^\W_])(?:phone|tele?phone|tel|mobile|mob|cell(?:phone)?|call|dial|ring|reach|fax|whats ?app|signal|sms|"
    r"text me|telefon\w*|telefax|durchwahl|erreich\w*|اتصل\w*|الرقم|handy|mobil\w*|rückruf|anruf\w*|teléfono|móvil|"
    r"celular|ll[aá]m\w+|téléphone|tél|portable|appel\w+|telefono|cellulare|chiam\w+|telefone|telemóvel|ligue|liga\w*|"
    r"telefoon\w*|bel|tlf|puhelin\w*|puh|numer telefonu|tel[.]|тел\w*|моб\w*|звон\w+|"
    r"τηλ\w*|κιν\w*|טלפון|נייד|هاتف|جوال|फ़ोन|मोबाइल|"
    r"điện thoại|sđt|telepon|hp|contact|hotline|landline|home number|office number|work number|my number|"
    r"number is|gsm|komórka|zadzwoń|telefoonnummer|numéro|número|numero|"
    r"nummer|зателефонуй\w*|ara|sun|szám|volejte|zavolej\w*)",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"(?<![^\W_])(?:ni|nino|national insurance|social[ _-]?security|ssn|aadhaa?r|dni|nie|nif|cpf|rut|nir|pan|nric|ahv|"
    r"avs|curp|person\w*|identity|id card|national id|card|karte|carte|tarjeta|visa|mastercard|amex|iban|konto|"
    r"account|ip|host|server|rrn)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2})"
    r"(?:[ T][0-9]{1,2}.*)?",
    re.DOTALL,
)
_CARD_LENGTHS = (
    (re.compile(r"4"), (13, 16, 19)),
    (re.compile(r"5[1-5]|2[2-7]"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3[0689]"), (14, 16)),
    (re.compile(r"35"), (16, 17, 18, 19)),
    (re.compile(r"6(?:0|4|5|2)|8[12]"), (16, 17, 18, 19)),
    (re.compile(r"5[06-9]|6[0-9]"), (12, 13, 14, 15, 16, 17, 18, 19)),
)
_LONG_ENDINGS = word_set("""
    museum travel online email company agency photography international software consulting engineering
    technology solutions services academy support systems network digital community education foundation
    finance capital ventures website marketing institute example
""")
_FILES = word_set("""
    png jpg jpeg gif svg webp css scss js ts tsx jsx py rb go rs java json yaml yml xml html md txt map min
    service timer socket
""")


def find_personal_data(text: str) -> Iterator[Span]:
    """Find every row's matches; they may overlap."""
    numbers = (number.span() for number in _NUMBER.finditer(text) if _RUN.search(number[0]))
    near_numbers = _near(text, numbers, _AROUND_NUMBERS)
    for row in PERSONAL_DATA:
        marks = (mark.span() for mark in row.needs.finditer(text)) if row.needs else ()
        parts = _near(text, marks, _AROUND_MARKS) if row.needs else near_numbers
        matches = (match for start, end in parts for match in row.pattern.finditer(text, start, end))
        for match in accepted(matches, row.check):
            yield Span(*match.span(), row.kind)
    yield from find_ibans(text, near_numbers)
    yield from _find_national_ids(text, near_numbers)


_REST_OF_LIST = re.compile(r"(?:[ \u00a0,;.+()/-]{0,3}[0-9])*+", re.ASCII)


def with_rest_of_list(text: str, span: Span) -> Span:
    """Take what follows a person's number in a list of numbers for theirs, too.

    For looks at what an earlier look has left: "of this number nothing is known but that it follows another" was true
    of each number in the list, and of one less with every look.
    """
    rest = _REST_OF_LIST.match(text, span.end) if span.kind in PERSONAL_KINDS else None
    return span._replace(end=rest.end()) if rest else span


_NUMBER = re.compile(r"[0-9](?:(?:[^0-9\n]{0,3}+[0-9]){4,}+|(?<=[A-Z]{5}[0-9])[0-9]{3}(?=[A-Z]))", re.ASCII)
"""What every number of a person has at least (an account, a card, a phone, an id): five digits, or India's PAN."""
_RUN = re.compile(r"[0-9]{2}|[0-9](?:[ .-][0-9]){3}")
"""Digits that stand together, or are spelt out one by one; `a1b2c3d4` is nobody's."""
_AROUND_NUMBERS, _AROUND_MARKS = (40, 48), (80, 600)
"""How many characters before and behind its digits, or its mark, what is looked for may reach."""


def _near(text: str, places: Iterable[tuple[int, int]], around: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the parts of the text around some places: most of most texts is in none."""
    parts: list[tuple[int, int]] = []
    for start, end in places:
        start, end = max(0, start - around[0]), min(len(text), end + around[1])
        if parts and start <= parts[-1][1]:
            start = parts.pop()[0]
        parts.append((start, end))
    return parts


def _find_national_ids(text: str, parts: list[tuple[int, int]]) -> Iterator[Span]:
    places = [place.start() for start, end in parts for place in ANY_SHAPE.finditer(text, start, end)]
    for number in NATIONAL_IDS:
        matches = list(_matches_at(places, number.pattern, text))
        if len(matches) > _MANY and number.words and not number.words.search(text):
            continue  # one look at the text instead of one before each
        for match in accepted(matches, partial(_is_national_id, number)):
            yield Span(*match.span(), "national_id")


_MANY = 100


def _matches_at(places: list[int], pattern: re.Pattern[str], text: str) -> Iterator[Match]:
    resume = 0
    for at in places:
        if at >= resume and (match := pattern.match(text, at)):
            resume = match.end()
            yield match


def _is_national_id(number: NationalId, match: Match) -> bool:
    return _is_told(match, number) and number.is_valid(match[0])


def _is_told(match: Match, number: NationalId) -> bool:
    if number.words is None:
        return not _is_numbered(match)
    return number.words.search(match.string, max(0, match.start() - number.reach), match.start()) is not None


def _digits(match: Match) -> str:
    return "".join(filter(str.isdigit, match[0]))


def _is_numbered(match: Match) -> bool:
    """It is said to be an order, an invoice or a part; or just a number, and not whose."""
    before = match.string[max(0, match.start() - 28) : match.start()]
    if _ORDERED.search(before):
        return True
    return _NUMBERED.search(before) is not None and not _PHONE_WORDS.search(before) and not _OWN_WORDS.search(before)


def _is_email(match: Match) -> bool:
    """The last label is one that domains end in, not a file's."""
    ending = match[0].rsplit(".", 1)[1].lower()
    return (len(ending) <= 6 or ending in _LONG_ENDINGS) and ending not in _FILES


def _is_phone(match: Match) -> bool:
    return 8 <= len(_digits(match)) <= 15 and not _is_numbered(match)


def _is_shaped_phone(match: Match) -> bool:
    return (
        9 <= len(_digits(match)) <= 12
        and len(set(_digits(match))) > 2
        and not _DATE.fullmatch(match[0])
        and not _is_numbered(match)
    )


def _is_told_phone(match: Match) -> bool:
    """A number of any shape, where a word for a phone stands near; or a grouped one, where it heads the table."""
    digits = _digits(match)
    if _MEASURED.match(match.string, match.end()) or _YEARS.fullmatch(match[0]):
        return False
    if not 7 <= len(digits) <= 13 or _DATE.fullmatch(match[0]) or _is_numbered(match) or len(set(digits)) < 3:
        return False
    text, at = match.string, match.start()
    words = list(_PHONE_WORDS.finditer(text, max(0, at - 32), at))
    if not words and (listed := _LISTED.search(text, max(0, at - 160), at)):
        words = list(_PHONE_WORDS.finditer(text, max(0, listed.start() - 32), listed.start()))
    if words and not _ANOTHER_THING.match(text, words[-1].end()):
        return "." not in match[0] or match[0].count(".") > 1
    is_grouped = len(re.findall(r"[0-9]++", match[0])) >= 3 or digits[0] in "01" or len(digits) >= 9
    if not is_grouped and not _is_in_column(match):
        return False
    return _PHONE_HEAD.search(text, max(0, at - 400), at) is not None


def _is_in_column(match: Match) -> bool:
    """Return whether a number of the same shape stands shortly before."""
    before = match.string[max(0, match.start() - 160) : match.start()]
    return match[0].translate(_NINES) in before.translate(_NINES)


_NINES = str.maketrans("012345678", "9" * 9)
_LISTED = re.compile(r"(?:(?<!\w)(?:\+?[0-9][0-9 \u00a0()./-]{5,17}+|\[x{6,64}+\])[,;/|&]{1,2} ?){1,16}\Z")
"""Numbers in a list, and the placeholders of some, up to here: what tells the first tells them all."""
_MEASURED = re.compile(
    r"\s?(?:ms|px|hz|khz|mhz|s|sec|min|kb|mb|gb|rows|points|pt|em|rem|items|times|%)\b", re.IGNORECASE
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}\s?[-–/]\s?(?:19|20)?[0-9]{2,4}")
_ANOTHER_THING = re.compile(
    r"[ _-](?:count|id|ids|web|tone|breakpoint\w*|setup|stack|center|log|rate|size|length|version|model|code)\b",
    re.IGNORECASE,
)
_PHONE_HEAD = re.compile(
    r"(?<![^\W_])(?:phone|mobile|tel|telephone|telefon|telefono|teléfono|contacts|cell)[\"'*]{0,2}\s{0,2}(?:[,;|\t>:]|\n)",
    re.IGNORECASE,
)


def _is_card(match: Match) -> bool:
    """ISO/IEC 7812: the issuer's lengths, and the Luhn sum."""
    number = _digits(match)
    is_issued = any(start.match(number) and len(number) in lengths for start, lengths in _CARD_LENGTHS)
    is_plain = len(number) in (15, 16) and not number.startswith(_RARE)
    if (
        not is_plain
        and match[0].isdigit()
        and not _CARD_WORDS.search(match.string, max(0, match.start() - 240), match.start())
    ):
        return False
    return is_issued and luhn.is_valid(number) and len(set(number)) > 1 and not _is_timestamp(match[0])


_RARE = ("50", "56", "57", "58", "59", "61", "63", "66", "67", "68", "69", "81", "82")
_CARD_WORDS = re.compile(
    r"card|karte|carte|tarjeta|cartão|carta|maestro|visa|amex|diners|discover|unionpay|jcb|卡|カード|카드|pan\b|cc\b|cc_?num",
    re.IGNORECASE,
)


def _is_timestamp(text: str) -> bool:
    return text.isdigit() and len(text) in (13, 14) and text.startswith(("16", "17", "18", "20"))


def _is_address(match: Match) -> bool:
    try:
        address = ipaddress.ip_address(match[0])
    except ValueError:
        return False
    before = match.string[max(0, match.start() - 28) : match.start()]
    is_mask = match[0].startswith("255.") or match[0].endswith(".0.0")
    is_version = _VERSIONED.search(before) or _PINNED.search(before)
    return not (address.is_loopback or address.is_unspecified or is_mask or is_version or _is_numbered(match))


_PINNED = re.compile(
    r"version\W{0,3}$|[A-Za-z]/$|[=~<>]=\s?$|"
    r"(?<!ssh )(?<!scp )(?<!sftp )\b[a-z0-9/-]{1,24}(?<!root)(?<!admin)(?<!deploy)(?<!ubuntu)@$",
    re.IGNORECASE,
)


def _is_long_address(match: Match) -> bool:
    groups = match[0].split(":")
    has_shape = len(match[0]) >= 6 and any(len(group) >= 3 for group in groups) and any(map(str.isdigit, match[0]))
    return has_shape and _is_address(match)


def _row(kind: str, needs: str, pattern: str, check: Callable[[Match], bool], goes: str, stays: str) -> Row:
    return Row(kind, re.compile(needs) if needs else None, re.compile(pattern, re.ASCII), check, goes, stays)


_GAP = "[ .\u00a0/-]"

PERSONAL_DATA: tuple[Row, ...] = (
    Row(
        "email",
        re.compile("@"),
        re.compile(r"(?<![\w.+/-])[\w][\w.+'-]{0,63}+@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-]|:[\w~/]|@)"),
        _is_email,
        "write to «ana.lima+x@mail.example.com»!",
        "@app.route, user@host, git@github.com:a/b, a @ b.c, image@2x.png",
    ),
    Row(
        "email",
        re.compile("%40"),
        re.compile(r"(?<![\w.+-])[\w][\w.+-]{0,63}+%40(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])"),
        _is_email,
        "?mail=«ana.lima%40mail.example.com»&x=1",
        "user%40host",
    ),
    _row(
        "payment_card",
        "",
        r"(?<![\w.-])[2-68](?:[ -]?[0-9]){11,18}(?![\w-]|\.[0-9])",
        _is_card,
        "card «4111 1111 1111 1111» is mine",
        "order 4111 1111 1111 1112, 1732450000000",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w.+/-])(?:\(?\+|(?<![0-9] )00)[ ]?[1-9]"
        rf"(?:{_GAP}{{0,2}}(?:\(0?[0-9]{{1,4}}\)|\)|[0-9])){{6,16}}(?![\w+-])",
        _is_phone,
        "call «+49 (0)30 901820-55» today",
        "+1.5 points, 1+49301234567890123456",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w./-])(?:1[ .-])?(?:\([2-9][0-9]{2}\)[ ]?|[2-9][0-9]{2}[ .-])"
        r"[2-9][0-9]{2}[ .-][0-9]{4}(?![\w-]|\.[0-9]|(?<=[0-9]{5}),[0-9]{1,3}(?![\w-]))",
        _is_shaped_phone,
        "call «(415) 555-2671»",
        "order 415-555-2671, 192.168.1234",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w./-])(?<![0-9] )(?:\(0[1-9][0-9]{0,4}\)|0[1-9][0-9]{0,4})"
        r"(?:[ ./-]{1,2}[0-9]{2,8}){1,4}(?![\w./:-]\w|(?<=[0-9]{5}),\w|\w)",
        _is_shaped_phone,
        "ring «020 7946 0958» or «01 23 45 67 89»",
        "on 01-02-2026, order 020 7946 0958, 04/06/2018 06:23",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w./-])"
        r"(?:\([1-9][0-9]\) ?9?[0-9]{4}-[0-9]{4}|8 ?\(?[3-9][0-9]{2}\)? ?[0-9]{3}[ -][0-9]{2}[ -][0-9]{2}"
        r"|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4})(?![\w-]|\.[0-9]|(?<=[0-9]{5}),[0-9]{1,3}(?![\w-]))",
        _is_shaped_phone,
        "me «(21) 97056-5669», she «8 (903) 953-26-65»",
        "order 8 903 953 26 65",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w.+/-])(?<![0-9],)(?<![0-9] )"
        rf"\(?[0-9](?:{_GAP}{{0,2}}[()]?{_GAP}{{0,1}}[0-9]){{6,12}}"
        r"(?![\w-]|\.[0-9]|(?<=[0-9]{5}),[0-9]{1,3}(?![\w-])|:[0-9])",
        _is_told_phone,
        "phone: «612 345 678»",
        "phone, order 612 345 678; call on 2026-11-24",
    ),
    _row(
        "ip_address",
        r"[0-9]\.[0-9]{1,3}\.[0-9]",
        r"(?<![\w.-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w-]|\.[0-9])",
        _is_address,
        "from «203.0.113.7»:8080",
        "version 1.2.3.4, 127.0.0.1, 1.2.3.4.5, 999.1.1.1, 255.255.255.0, section 7.25.33.20",
    ),
    _row(
        "ip_address",
        ":[0-9A-Fa-f]{0,4}:",
        r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?<=::))(?![\w:.]\w|\w|:[:\[])",
        _is_long_address,
        "from «2001:db8:85a3::8a2e:370:7334» now",
        "at 12:30:45, aa:bb:cc:dd:ee:ff, a::b, std::cout, ::1",
    ),
)
PERSONAL_KINDS = tuple(dict.fromkeys([*(row.kind for row in PERSONAL_DATA), "iban", "national_id"]))
