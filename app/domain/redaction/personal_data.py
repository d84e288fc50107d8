"""Personal data, looked for where somebody asks for it: each row is a shape and the check that the shape alone is not.

Order numbers, dates, versions and amounts have the same shapes; a checksum tells them apart where there is one, and the
word before them where there is none.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.domain.redaction.spans import Span

Match = re.Match[str]


class Row(NamedTuple):
    """One kind: what must be in the text at all, its shape, its check, and what goes and what stays."""

    kind: str
    needs: str
    pattern: re.Pattern[str]
    check: Callable[[Match], bool]
    goes: str
    stays: str


_NUMBERED = re.compile(
    r"(?:order|invoice|ticket|case|ref|reference|number|no|nr|id|sku|isbn|version|v|#)[.:# ]{0,3}$", re.I
)
_CARD_LENGTHS = (
    (re.compile(r"4"), (13, 16, 19)),
    (re.compile(r"5[1-5]|2[2-7]"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3[068]"), (14,)),
    (re.compile(r"6(?:011|5|4[4-9])|35|62"), (16, 17, 18, 19)),
)


def find_personal_data(text: str) -> Iterator[Span]:
    """Find every row's matches; they may overlap."""
    for row in PERSONAL_DATA:
        if row.needs in text or not row.needs:
            for match in row.pattern.finditer(text):
                if row.check(match):
                    yield Span(*match.span(), row.kind)


def _digits(match: Match) -> str:
    return "".join(character for character in match[0] if character.isdigit())


def _always(_match: Match) -> bool:
    return True


def _is_not_numbered(match: Match) -> bool:
    """Nothing before it says that it is an order, an invoice or a version."""
    return _NUMBERED.search(match.string[max(0, match.start() - 16) : match.start()]) is None


def _is_phone(match: Match) -> bool:
    return 8 <= len(_digits(match)) <= 15 and _is_not_numbered(match)


def _is_national_phone(match: Match) -> bool:
    return 9 <= len(_digits(match)) <= 12 and _is_not_numbered(match)


def _is_card(match: Match) -> bool:
    """ISO/IEC 7812: the issuer's lengths, and the Luhn sum."""
    number = _digits(match)
    if not any(start.match(number) and len(number) in lengths for start, lengths in _CARD_LENGTHS):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 * (digit > 9) for digit in doubled) % 10 == 0


def _is_iban(match: Match) -> bool:
    """ISO 13616: at least fifteen characters, and 1 modulo 97 once the first four stand last."""
    iban = match[0].replace(" ", "")
    return 15 <= len(iban) <= 34 and int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1


def _is_address(match: Match) -> bool:
    try:
        address = ipaddress.ip_address(match[0])
    except ValueError:
        return False
    is_mask = match[0].startswith("255.") or match[0].endswith(".0.0")
    return not (address.is_loopback or address.is_unspecified or is_mask) and _is_not_numbered(match)


def _is_long_address(match: Match) -> bool:
    groups = match[0].split(":")
    has_shape = len(match[0]) >= 8 and any(len(group) >= 3 for group in groups) and any(map(str.isdigit, match[0]))
    return has_shape and _is_address(match)


def _is_cpf(match: Match) -> bool:
    """Receita Federal: two check digits, each 11 minus a weighted sum modulo 11."""
    number = [int(digit) for digit in _digits(match)]
    checks = [
        sum(digit * (size + 1 - place) for place, digit in enumerate(number[:size])) * 10 % 11 % 10 for size in (9, 10)
    ]
    return number[9:] == checks and len(set(number)) > 1


def _is_dni(match: Match) -> bool:
    """Ministerio del Interior: the letter is the number modulo 23."""
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    return letters[int(_digits(match)) % 23] == match[0][-1]


def _row(kind: str, needs: str, pattern: str, check: Callable[[Match], bool], goes: str, stays: str) -> Row:
    return Row(kind, needs, re.compile(pattern, re.ASCII), check, goes, stays)


PERSONAL_DATA: tuple[Row, ...] = (
    Row(
        "email",
        "@",
        re.compile(r"(?<![\w.+/-])[\w][\w.+'-]{0,63}+@(?:[\w-]{1,63}+\.){1,8}+[^\W\d_]{2,24}+(?![\w-]|:[\w~/])"),
        _always,
        "write to «ana.lima+x@mail.example.com»!",
        "@app.route, user@host, git@github.com:a/b, a @ b.c",
    ),
    _row(
        "iban",
        "",
        r"(?<![\w-])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\w-])",
        _is_iban,
        "pay to «DE89 3704 0044 0532 0130 00»",
        "DE00 3704 0044 0532 0130 00, AB12CDEF3456GHIJ7890",
    ),
    _row(
        "payment_card",
        "",
        r"(?<![\w.,-])[2-6](?:[ -]?[0-9]){12,18}(?![\w-])",
        _is_card,
        "card «4111 1111 1111 1111» is mine",
        "order 4111 1111 1111 1112, 1732450000000",
    ),
    _row(
        "national_id",
        "-",
        r"(?<![\w.-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])",
        _is_not_numbered,
        "SSN: «536-90-4399»",
        "order 536-90-4399, 000-12-3456, 2026-11-24",
    ),
    _row(
        "national_id",
        "",
        r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?!\w)",
        _always,
        "NINO «AB 12 34 56 C»",
        "AB 12 34 56 X",
    ),
    _row(
        "national_id",
        ".",
        r"(?<![\w.-])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w-])",
        _is_cpf,
        "CPF «529.982.247-25»",
        "529.982.247-26",
    ),
    _row("national_id", "", r"(?<![\w-])[0-9]{8}-?[A-Z](?![\w-])", _is_dni, "DNI «12345678Z»", "12345678A"),
    _row(
        "national_id",
        "",
        r"(?<!\w)[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z](?!\w)",
        _always,
        "codice fiscale «RSSMRA85T10A562S»",
        "RSSMRA85",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w.+/-])(?<![0-9] )(?:\+|00)[1-9](?:[ .\-/]?(?:\(0?[0-9]{1,4}\)|[0-9])){6,14}(?![\w-])",
        _is_phone,
        "call «+49 (0)30 901820-55» today",
        "+1.5 points, 1+49301234567890123456",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w./-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?![\w-])",
        _is_not_numbered,
        "call «(415) 555-2671»",
        "order 415-555-2671, 192.168.1234",
    ),
    _row(
        "phone_number",
        "",
        r"(?<![\w.,/-])(?<![0-9] )0[1-9][0-9]{0,4}(?:[ /-][0-9]{2,8}){1,4}(?![\w.,/-]\w|\w)",
        _is_national_phone,
        "ring «020 7946 0958» or «01 23 45 67 89»",
        "on 01-02-2026, order 020 7946 0958",
    ),
    _row(
        "ip_address",
        ".",
        r"(?<![\w.-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w-]|\.[0-9])",
        _is_address,
        "from «203.0.113.7»:8080",
        "version 1.2.3.4, 127.0.0.1, 1.2.3.4.5, 999.1.1.1, 255.255.255.0",
    ),
    _row(
        "ip_address",
        ":",
        r"(?<![\w:.])[0-9A-Fa-f:]{3,39}(?![\w:])",
        _is_long_address,
        "from «2001:db8:85a3::8a2e:370:7334» now",
        "at 12:30:45, aa:bb:cc:dd:ee:ff, a::b, std::cout, ::1",
    ),
)
