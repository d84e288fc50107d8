"""What a rule is, and the checks and examples that the table of rules is written with.

Examples are put together when the module is imported, so that no scanner of this repository takes one for a
leak. In an example the secret stands between « and »; everything outside them must stay as it is.
"""

import base64
import binascii
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from app.domain.redaction.key_names import find_key_name
from app.domain.redaction.oddness import oddness_of_password
from app.domain.redaction.values import (
    UUID,
    has_digit,
    is_firm,
    is_made_up,
    is_random,
    is_stand_in,
    is_strong,
    is_varied,
)

Match = re.Match[str]
Check = Callable[[Match], bool]

# What may stand before a token: nothing alphanumeric, except the tail of an escape (\n, %3D, \u003d).
START = (
    r"(?:(?<![A-Za-z0-9])|(?<=\[[0-9]m)|(?<=\[[0-9]{2}m)|(?<=\[[0-9];[0-9]{2}m)"
    r"|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4}))"
)
_ALPHABET = string.ascii_uppercase + string.digits + string.ascii_lowercase


@dataclass(frozen=True)
class Rule:
    """One row: a kind; literals one of which begins every match; an expression whose group `secret` goes; an
    optional check; an example that goes and one that stays. `by_place` marks what is known by its
    surroundings only."""

    kind: str
    near: tuple[str, ...]
    expression: str
    goes: str
    stays: str
    check: Check | None
    any_case: bool
    by_place: bool
    lead: re.Pattern[str] | None = None
    """What must lead up to the literal, and belongs to the secret, where the mark stands in its midst."""
    flags: re.RegexFlag = re.ASCII

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the expression compiled: when a text first has one of its literals, for there are hundreds of rules
        and most commands and texts need none of them."""
        return re.compile(self.expression, self.flags)


def token(
    kind: str, near: str, pattern: str, *, goes: str, stays: str, inside: bool = False, check: Check | None = None
) -> Rule:
    """A rule for a credential known by its own format, anywhere in a text.

    `near` holds the literals, separated by spaces. Unless `inside`, the token does not start within a word.
    """
    if "(?P<secret>" not in pattern:
        pattern = f"(?P<secret>{pattern})"
    expression = pattern if inside else START + pattern
    return Rule(kind, tuple(near.split()), expression, goes, stays, check or secret_is_varied, False, False)


def place(kind: str, near: tuple[str, ...], pattern: str, *, goes: str, stays: str, check: Check | None) -> Rule:
    """A rule for a credential known by where it stands; letters match in either case."""
    return Rule(kind, near, pattern, goes, stays, check, True, True, flags=re.ASCII | re.IGNORECASE)


def mixed(length: int) -> str:
    """Make example characters: letters of both cases and digits, the same every time."""
    return "".join(_ALPHABET[(i * 37 + i * i * 5 + i // 3 * 11 + 29) % 62] for i in range(length))


def hexed(length: int) -> str:
    """Make example hexadecimal digits."""
    return "".join("0123456789abcdef"[(i * i * 5 + i * 3 + 7) % 16] for i in range(length))


def secret_is_varied(match: Match) -> bool:
    return is_varied(match["secret"]) and not is_stand_in(match["secret"])


def secret_is_real(match: Match) -> bool:
    return not is_stand_in(match["secret"])


def secret_is_firm(match: Match) -> bool:
    return is_firm(match["secret"]) and not is_stand_in(match["secret"])


def secret_is_strong(match: Match) -> bool:
    return is_strong(match["secret"]) and not is_stand_in(match["secret"])


def is_bearer(match: Match) -> bool:
    """In an Authorization header any value will do; elsewhere "bearer" is also an English word."""
    before = match.string[max(0, match.start() - 24) : match.start()].lower()
    return secret_is_real(match) if "authorization" in before else secret_is_strong(match)


def is_basic(match: Match) -> bool:
    """RFC 7617: the base64 of user-id ":" password."""
    value = match["secret"].rstrip("=")[:1024]
    try:
        decoded = base64.b64decode(
            value[: len(value) // 4 * 4] + _tail(value), altchars=b"-_" if "-" in value else None
        )
    except binascii.Error:
        return False
    return b":" in decoded and all(byte >= 32 for byte in decoded)


def _tail(value: str) -> str:
    rest = value[len(value) // 4 * 4 :]
    return rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""


def is_user_password(match: Match) -> bool:
    """`-u user:password`, but not the `-u 1000:1000` or `--user root:root` of container tools."""
    secret = match["secret"]
    return not secret.isdigit() and secret != match["user"] and secret_is_real(match)


def is_mysql_flag(match: Match) -> bool:
    """`-psecret` is a password only for the MySQL and MariaDB clients; the command stands on the same
    line."""
    end = match.start()
    line = match.string[max(0, end - 200) : end].rpartition("\n")[2]
    return ("mysql" in line or "mariadb" in line) and secret_is_real(match)


def is_identified_by(match: Match) -> bool:
    """SQL shouts or has a made-up value; a thing may also be "identified by 'its name'"."""
    return secret_is_real(match) and (
        match[0].startswith("I") or (secret_is_firm(match) and has_digit(match["secret"]))
    )


def is_escaped_key(match: Match) -> bool:
    """A JSON key with escapes in it tells a secret, once they are read."""
    text, at = match.string, match.start()
    start = max(text.rfind('"', max(0, at - 64), at), 0) + 1
    written = text[start : text.index('"', at)]
    key = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), written)
    return _is_secret_of(key, match["secret"])


def is_named_in_escaped_quotes(match: Match) -> bool:
    """The name before the value stands between escaped quotes too, and tells a secret."""
    name = _ESCAPED_NAME.search(match.string[max(0, match.start() - 100) : match.start()])
    return name is not None and _is_secret_of(name[1], match["secret"])


_ESCAPED_NAME = re.compile(r"u0022([\w.-]{2,64})\\{0,3}\Z")


def _is_secret_of(key: str, value: str) -> bool:
    """What `assignments` would say of this key and value, where the value stands in quotes."""
    found = find_key_name(key)
    return found is not None and not is_stand_in(value) and (found[1] == "any" or is_firm(value))


def is_in_telling_tag(match: Match) -> bool:
    """One of the tag's other attributes names a secret, or its type says that it is a password."""
    text, at = match.string, match.start()
    start = text.rfind("<", max(0, at - 400), at)
    if start < 0 or ">" in text[start:at]:
        return False
    secret = match["secret"]
    names = (find_key_name(attribute[1]) for attribute in _ATTRIBUTE.finditer(text[start:at] + match["rest"]))
    found = next(filter(None, names), None)
    if found is None or is_stand_in(secret):
        return False
    need = found[1]
    if need in ("any", "firm"):
        return need == "any" or is_firm(secret)
    return is_strong(secret) or oddness_of_password(secret) >= 2


_ATTRIBUTE = re.compile(r"\b(?:name|key|id|type|property|field)\s*=\s*[\"']([\w.:-]{2,80})[\"']", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")


def secret_is_made_up(match: Match) -> bool:
    """More than a plain word, with a digit or a sign in it."""
    return secret_is_firm(match) and is_made_up(match["secret"])


def secret_is_made_up_or_passphrase(match: Match) -> bool:
    """The same, or four words and more in a row, none of them one that stands for a password."""
    words = set(re.split(r"[-._]", match["secret"]))
    is_passphrase = _PASSPHRASE.fullmatch(match["secret"]) is not None and not words & _STANDING_FOR
    return is_passphrase or secret_is_made_up(match)


_PASSPHRASE = re.compile(r"[a-z]{3,12}([-._])[a-z]{3,12}(?:\1[a-z]{3,12}){2,5}")
_STANDING_FOR = frozenset(
    {"password", "passphrase", "secret", "token", "your", "here", "the", "example", "change", "insert"}
)


def secret_is_odd(match: Match) -> bool:
    """More than a word with a short number behind it."""
    return oddness_of_password(match["secret"]) >= 2


def secret_is_firmly_odd(match: Match) -> bool:
    """More than a word that a manual may go on with, and no name of a setting."""
    return secret_is_firm(match) and oddness_of_password(match["secret"]) >= 1


def is_behind_address(match: Match) -> bool:
    """The cell before it holds nothing but an e-mail address."""
    before = match.string[max(0, match.start() - 120) : match.start()]
    return _ADDRESS_CELL.search(before) is not None and oddness_of_password(match["secret"]) >= 2


def is_dsn_password(match: Match) -> bool:
    """What stands before `@tcp(` is no stand-in."""
    before = DSN_PASSWORD.search(match.string[max(0, match.start() - 96) : match.start()])
    return before is not None and not is_stand_in(before[0])


DSN_PASSWORD = re.compile(r"(?<=[\w.-]:)[^\s:@\"'`/${}<>%]{4,90}\Z")


def is_named_in_brackets(match: Match) -> bool:
    """`[password] => ...`, as PHP prints what it has."""
    name = _IN_BRACKETS.search(match.string[max(0, match.start() - 64) : match.start()])
    return name is not None and _is_secret_of(name[1], match["secret"])


_IN_BRACKETS = re.compile(r"\[[\"']?([\w.:-]{2,60})[\"']?\Z")


def is_in_list_of_logins(match: Match) -> bool:
    """A line of a list, `- user / password`, under words that announce logins."""
    before = match.string[max(0, match.start() - 240) : match.start()]
    return _LOGINS.search(before) is not None and oddness_of_password(match["secret"]) >= 2


_LOGINS = re.compile(
    r"(?:login|account|credential|password|zugangsdaten|anmeld|identifiant|credencial|credenzial)[^\n]{0,60}:[^\S\n]{0,4}\n"
    r"(?:[^\n]{0,80}\n){0,6}?[ \t]{0,8}(?:[-*•]|[0-9]{1,2}[.)]) [\w.@+-]{2,64}\Z",
    re.IGNORECASE,
)
_ADDRESS_CELL = re.compile(r"(?:\A|[\s|]) {0,4}[\w.+-]{1,64}@[\w-]{1,40}\.[\w.]{2,40} {0,4}\Z")


def secret_is_random(match: Match) -> bool:
    """What nothing but a machine can have made, and no UUID, which names things."""
    secret = match["secret"]
    is_public = secret.startswith(("pk_", "pub", "AC", "http")) or _SETTINGS.match(secret) is not None
    return is_random(secret) and not UUID.fullmatch(secret) and not is_stand_in(secret) and not is_public


_SETTINGS = re.compile(r"[\w ]{2,30}=[^;=]{0,80};")
"""A connection string, in which the secret has a name of its own."""


def secret_is_machine_made(match: Match) -> bool:
    return is_random(match["secret"]) and not is_stand_in(match["secret"])


_UNSPEAKABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{3}|q(?!u)")


def is_app_password(match: Match) -> bool:
    """Sixteen random letters are hardly four words: some group has no vowel, or what words do not have."""
    groups = re.split(r"[ -]", match["secret"].lower())
    return any(not re.search(r"[aeiou]", group) or _UNSPEAKABLE.search(group) for group in groups)


def is_named_behind(match: Match) -> bool:
    found = find_key_name(match["name"])
    return found is not None and secret_is_firm(match)


def is_named_before(match: Match) -> bool:
    """The setting's name tells; what it is by default goes, where any value of that name would."""
    return _is_secret_of(match["name"], match["secret"])


def is_signed_address(match: Match) -> bool:
    """Whoever has an address that says who signed it may do what it signs."""
    text, start, end = match.string, match.start(), match.end()
    before, behind = _ADDRESS_ENDS.split(text[max(0, start - 1_000) : start])[-1], text[end : end + 200]
    return _SIGNED_BY.search(before + _ADDRESS_ENDS.split(behind)[0]) is not None and secret_is_varied(match)


_SIGNED_BY = re.compile(r"(?:accesskeyid|googleaccessid|key-pair-id)=", re.IGNORECASE)
_ADDRESS_ENDS = re.compile(r"[\s\"'<>`]")


_PASSWORD_FIELD = re.compile(
    r"passw(?:or)?[dt]|passphrase|kennwort|contrase|senha|mot.?de.?passe|wachtwoord|(?<![a-z])(?:pwd|pass)(?![a-z])"
)
_OTHER_CALL = re.compile(r"[;\n}]|\\n")


def is_typed_into_password(match: Match) -> bool:
    """The field is named in the call itself, or in the expression that it is called on."""
    before = _OTHER_CALL.split(match.string[max(0, match.start() - 120) : match.start()].lower())[-1]
    field = before + match.string[match.start() : match.start("secret")].lower()
    secret = match["secret"]
    is_odd = oddness_of_password(secret, is_quoted=True) >= 1 or oddness_of_password(secret.replace("=", "_")) >= 2
    return _PASSWORD_FIELD.search(field) is not None and is_odd


def is_sent_for_password(match: Match) -> bool:
    """A password is waited for right before; where the line itself says so, behind it will do."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 160) : start].lower()
    behind = text[end : end + 80].partition("\n")[0].lower()
    expected = before.rpartition("expect")[2] if "expect" in before else ""
    is_asked = any(_PASSWORD_FIELD.search(asked) for asked in (expected, behind)) or "assword" in expected
    return is_asked and not is_stand_in(match["secret"])
