"""How odd a piece of text is as a word of any language: 0 for an ordinary word, 3 for what nobody writes by chance.

Ordinary are also the things that look made up and are not: dates, versions, names of algorithms, of files and of
machines, e-mail addresses, links, measures.
"""

import re

from app.domain.redaction import words
from app.domain.redaction.values import UUID, is_stand_in, is_strong

_ORDINARY = re.compile(
    r"""
        [\w.+-]+@[\w-]+\.[\w.]+                          # an address
      | (?:\w+:)?//\S* | (?:\.{0,2}/)?(?:[\w.@-]+/)+[\w.-]*   # a link, a path
      | \d{1,4}(?:[-./:_]\d{1,4}){1,3}\w{0,3}             # a date, a time, a version
      | v\d+(?:\.\d+)*                                    # v2
      | [~<>=≥≤^]{0,2}\d+(?:[.,]\d+)?(?:[-–]\d+)?(?:%|[a-z]{1,3}|-[^\W\d_]{1,15})?   # 8-16, 12px, 8-character, 20k
      | [a-z]{1,3}\d{1,3}(?:[.]\d{1,3}){0,3} | x\d{3,4} | h\d{3} | ed\d{5}              # p4, room1, utf8, s3, k8s
      | (?-i:[A-Z]{1,4}\d{1,6}|[A-Z]{1,6}-\d{1,6})                               # ISO27001, ABC-1234, T14
      | \#\d+ | \#[0-9a-f]{3,8} | 0x[0-9a-f]+ | &\w+; | \d[\d.,'’ ]*
      | (?:sha|md|utf|base|aes|rsa|b?crypt|argon|pbkdf|hmac|tls|ssl|oauth|http|https|iso|rfc|ascii|ipv|web|
          python|java|log|fips|pkcs|ecdsa|curve|blake|sha3|saml|oidc|win|windows|rot|crc|blowfish|twofish|des|rc|mp|gpt
          |claude|llama|qwen|gemini|mistral)[-_]?\d[\w./-]*   # algorithms, formats, models
      | (?:[23]fa|mfa|u2f|fido2?|webauthn|totp|i18n|l10n|a11y|k8s|s3|ec2|o365|m365|4xx|5xx|401|403)
          (?:[^\w\s]\S{0,12}|[a-z]{0,2})
      | (?:[a-z]+[-_.])*(?:db|srv|server|host|node|vm|web|app|prod|dev|staging|test|stage|qa|eu|us|ap|zone|gate|room
          |floor|page|step|user|kunde|nas|vpn|lab|desk|port|line|team|level|phase|part|row
          |item|option|version|release)s?[-_.]?\d{1,3}
          (?:[-_.][a-z]+)*
      | [a-z]{2}-[a-z]+-\d[a-z]?                          # a region
      # program text, a flag
      | \$?[\w.:&<>]*[({\[]\S* | \S*[)}\]]\S* | \$[A-Z_]+ | (?-i:[A-Z]+(?:_[A-Z0-9]+)+)
      | (?:1password|lastpass|keepass\w*)
      | [a-z]\w{0,20}:\\{0,3}"\S*                          # a tag of a field: json:"password,omitempty"
      | (?-i:[a-zß-ÿ]{3,})[;,|]-?\d{1,6}(?:[.,]\d{1,4})?(?:[;,|]\S*)?     # cells of a table
      | \#\#\[\w+\]\S* | ::[\w-]+::\S*                     # a command of a build's log
      | (?:[A-Za-z_.-]+|[A-Za-z]+\d?)=[^=\s]\S* | &?\w{2,}[<>]\S* | &\w+\W{0,3} | \S*</?\w\S*
      | arn:\S* | [\w.-]+'@'\S* | --?[\w-]+(?:=\S*)?
      | [\w.-]+\.(?:md|txt|ya?ml|json|env|py|js|ts|sh|ini|cfg|conf|toml|xml|csv|pdf|html?|docx?|xlsx?|com|org|net|io|de
          |dev|local|internal|log|sql|db|png|jpe?g|svg|go|rs|rb|php|java|kt|lock|zip|gz|kdbx?|pem|key|crt)(?:[:/]\S*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HEX = re.compile(r"(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{16,}", re.IGNORECASE)
_BASE64 = re.compile(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=[^0-9]*[0-9])[A-Za-z0-9+/]{24,}={0,2}")
_SLUG = re.compile(r"(?:[A-Za-z]+[-_.:/])+[A-Za-z]+\d{0,3}")
_SIGNS = re.compile(r"[!@#$%^&*=~?<>|\\§€£+]")
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]+)(\d+)")
_JOINED = re.compile(r"[^\W\d_]+(?:[-_.+ ][^\W\d_]+)+")
_JOINED_NUMBER = re.compile(r"([^\W\d_]+(?:[-_.+][^\W\d_]+)*)([-_.+]?)(\d+)")
_JOINERS = re.compile(r"[-_.+]")
_WORDS_AND_NUMBER = re.compile(r"(?=[^\W\d_]{8}|[^\W\d_]{4,8}[-_.+][^\W\d_]{4})(?:[^\W\d_]{4,}+[-_.+]?+)++\d{1,4}")
"""Two words or more, joined or not, and a number behind them."""
_MEASURE = re.compile(r"\d{1,3}[^\W\d_]{1,4}")
_HUMPS = re.compile(r"[a-z][A-Z]|[A-Z]{2}(?=[a-z])")
_VOWELLESS = re.compile(r"[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{4}")
"""Letters of both cases without a word among them: more humps than a camel has, and no vowel for a while."""
_LETTERS = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d")
_SHORT_NAME = re.compile(r"[a-z]{2,3}\d{2,3}", re.IGNORECASE)
_PIN = re.compile(r"\d{4,8}")

SHORTEST_KEY = 16


def oddness_of_password(piece: str, *, is_quoted: bool = False) -> float:
    """Return how odd a piece is that may be a password. In quotes, a plain word may be one, but barely."""
    if not 4 <= len(piece) <= 100 or is_stand_in(piece) or "(?" in piece:
        return 0
    if len(_SIGNS.findall(piece)) >= 3 and _LETTERS.search(piece):
        return 3
    if _is_bracketed_by_chance(piece):
        return 3
    core = piece.rstrip("!?.")
    if core.lower() in words.COMMON_PASSWORDS or core.lower().rstrip("0123456789_.-") in words.COMMON_PASSWORDS:
        return 2
    is_short_name = is_quoted and _SHORT_NAME.fullmatch(piece)
    if (_ORDINARY.fullmatch(piece) or (core != piece and _ORDINARY.fullmatch(core))) and not is_short_name:
        return 0
    if UUID.fullmatch(piece):
        return 0
    letters, digits = _LETTERS.search(core), _DIGITS.search(core)
    if not letters:
        return 0
    if _SIGNS.search(core):
        return 3 if digits else 2
    if digits:
        return _with_digits(core) + piece.endswith("!")
    return _without_digits(core, is_quoted=is_quoted) + (piece.endswith("!") and _JOINED.fullmatch(core) is not None)


def _is_bracketed_by_chance(piece: str) -> bool:
    """Program text has brackets in pairs, and hardly another sign beside a single one."""
    if len(piece) < 8 or not _BRACKET.search(piece) or _CALL.search(piece):
        return False
    if not _DIGITS.search(piece) or not _LETTERS.search(piece):
        return False
    is_paired = all(piece.count(opening) == piece.count(closing) for opening, closing in ("()", "[]", "{}"))
    return not is_paired and len(set(_MARKS.findall(piece))) >= 3


_BRACKET = re.compile(r"[()\[\]{}]")
_CALL = re.compile(r"[A-Za-z_]{2}[(\[]|\.\w{1,40}[(\[]")
_MARKS = re.compile(r"[^\w\s\"'`,]")


def _with_digits(core: str) -> float:
    if re.search(r"[a-z][A-Z]", core):
        return 3
    if plain := _WORD_AND_NUMBER.fullmatch(core):
        word, number = plain.groups()
        if len(word) < 4:
            return 1 if len(number) > 1 and not word.isupper() else 0
        return (1, 2, 2.5)[min(len(number), 3) - 1]
    if joined := _JOINED_NUMBER.fullmatch(core):
        joint, number = joined[2], joined[3]
        words_joined = len(_JOINERS.findall(joined[1])) + 1
        if words_joined >= 3 or (words_joined == 2 and joint and len(number) >= 3):
            return 2.5
        if words_joined == 2 and joint and len(number) == 2:
            return 2
        if joint in ("-", ""):
            return 2.5 if words_joined > 1 and not joint else 1
        return 2 if len(number) >= 3 else 1
    if _MEASURE.fullmatch(core):
        return 0
    if _WORDS_AND_NUMBER.fullmatch(core):
        return 2
    return 3 if len(core) >= 6 else 2


def _without_digits(core: str, *, is_quoted: bool) -> float:
    """Words joined by signs are a passphrase where none of them is one that sentences are made of."""
    if _JOINED.fullmatch(core):
        parts = re.split(r"[-_.+ ]", core.lower())
        if any(len(part) < 4 or part in words.STAND_IN or part in words.PROSE for part in parts):
            return 0
        if len(parts) >= 3:
            return 2
        return 1 if re.search(r"[_+.]", core) and core.islower() else 0.5 * is_quoted
    if (
        len(core) >= 8
        and core.isascii()
        and core.isalpha()
        and len(_HUMPS.findall(core)) * 6 >= len(core)
        and _VOWELLESS.search(core)
    ):
        return 2
    return 0.5 if is_quoted and len(core) >= 6 and core.isalpha() else 0


def oddness_of_key(piece: str) -> float:
    """Return how odd a piece is that may be a key or a token: those are long and made by machines."""
    if len(piece) < SHORTEST_KEY or is_stand_in(piece):
        return 0
    if UUID.fullmatch(piece):
        return 1
    if _HEX.fullmatch(piece):
        return 2
    if _SLUG.fullmatch(piece) or (_ORDINARY.fullmatch(piece) and not _BASE64.fullmatch(piece)):
        return 0
    return 3 if is_strong(piece) and _DIGITS.search(piece) else 0


def is_pin(piece: str) -> bool:
    """Return whether a piece may be a PIN: four to eight digits, not all the same."""
    return _PIN.fullmatch(piece) is not None and len(set(piece)) > 1
