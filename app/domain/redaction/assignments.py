"""Assignments: `key = value` in any language, where the key's name tells that the value is a secret.

A telling word is looked for first; the rest of the name, what joins it to its value, and the value are then
read from there, forwards only. Nothing is parsed: the same reader serves .env, YAML, TOML, INI, JSON (also
escaped inside JSON strings), XML, SQL, command lines and program text, because the text may be a mix of them
or cut off.
"""

import re
from collections.abc import Iterator

from app.domain.redaction.joints import FALLBACK, JOINT, REST_OF_TAG, Joint, sets_something
from app.domain.redaction.key_names import KeyName, Need, find_key_name
from app.domain.redaction.literals import (
    Value,
    begins_line,
    read_bare,
    read_cell,
    read_element,
    read_encoded,
    read_line,
    read_quoted,
    read_until_brace,
)
from app.domain.redaction.oddness import oddness_of_key, oddness_of_password
from app.domain.redaction.placeholders import PLACEHOLDER
from app.domain.redaction.prefilter import Hits, Outcome, Repeats
from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_firm, is_made_up, is_random, is_stand_in, is_strong
from app.domain.redaction.words import FIRST, OTHER_THING, word_set

STEMS = word_set("""
    pass pwd secret token key api_hash apihash api-hash cred auth sess seed bearer psk salt connect.sid keymaterial
    artapi art-api honeycomb-team pat pw mdp kennwort contrase senha clave wachtwoord haslo heslo parola sifre salasana
    adgangskode motdepasse mot_de_passe 密码 密碼 口令 密钥 密鑰 パスワード 비밀번호 пароль ключ
    şifre hasło contraseña lösenord κωδικός סיסמה schlüssel
""")
"""What names that tell a secret have in them."""
_WHOLE = frozenset(["pat", "pw", "mdp"])
"""Stems that must end a word: `pat` is in `path` too."""
_REST = re.compile(r"[a-z0-9_.-]*+")
_NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_STEM = 64

_TAKEN = re.compile(rf"[\"'`]?+{PLACEHOLDER.pattern}")

_DRESSED = re.compile(
    r"(?:base64:|django-insecure-|s(?::|%3A)(?=[\w%+/-]{20})|\{noop\}|\{cipher\})(?=\S{4})", re.IGNORECASE
)
"""What says how the secret is written, before it, and is none itself."""
_GOES_ON_MASKED = re.compile(r"\.{3}|…|\*{3}|<[^<>\n]{1,60}>")
"""`sk-ant-...`, `sk-<your key>`: a prefix, and nothing behind it."""
_HOLDS_NAMES = re.compile(
    r"\s{0,20}\\{0,3}(?:\{\s{0,20}\\{0,3}[\"']?)?[\w. -]{1,40}\\{0,3}[\"']?[=:][^;,&=]{0,200}"
    r"[;,&]\s{0,20}\\{0,3}[\"']?[\w. -]{1,40}\\{0,3}[\"']?[=:]"
)
"""`UID=bob;PWD=...`, `{"user": ..., "password": ...}`: several values with names of their own."""
_USER = re.compile(r"[A-Za-z][\w.@-]{0,63}+:(?=[^/\s]{3})")
"""Who the password belongs to, in `creds: bob:...`: no secret."""


_OPENS_LIST = re.compile(r"\[\s*+\Z")
_NEXT_ITEM = re.compile(r"\\{0,7}+[\"'`]\s{0,8}+,\s{0,40}+(?=\\{0,7}+[\"'`])")


_BECOMES = re.compile(r"\\{0,7}+[\"'`]\s{0,4}+->\s{0,4}+(?=\\{0,7}+[\"'`])")
_COLLECTIONS = ("secrets", "tokens", "passwords", "keys", "credentials", "creds")
_MEMBER = r"\\{0,3}[\"']?(?P<name>[\w./-]{1,60}+)\\{0,3}[\"']?\s{0,4}(?::|=>|=)\s{0,4}"
_OPENS_MAP = re.compile(rf"[{{\[]\s{{0,60}}{_MEMBER}")
_NEXT_MEMBER = re.compile(rf"\\{{0,3}}[\"'`]\s{{0,8}},\s{{0,60}}{_MEMBER}")
_MOST_MEMBERS = 100


def find_assignments(text: str, lowered: str, hits: Hits) -> list[Span]:
    """Find the values of secret-named keys."""
    reader = _Reader(text, lowered)
    spans: list[Span] = []
    resume = 0
    found = hits.of(STEMS)
    repeats = Repeats(text, len(found))
    for start, stem in found:
        if start < resume:
            continue
        if (outcome := repeats.recall(start)) is None:
            outcome = reader.look(start, stem)
            repeats.note(start, *outcome)
        spans += outcome.spans
        resume = outcome.resume
    return spans


def kind_of_value(key: str, value: str) -> str | None:
    """Return the kind of secret that `value` is under a key of this name, or None."""
    found = find_key_name(key)
    return found[0].kind if found and _is_secret(value, *found, loose=False) else None


class _Reader:
    """Reads one text. What it has decided about a name it remembers, for as long as it reads."""

    __slots__ = ("_known", "_lowered", "_text")

    def __init__(self, text: str, lowered: str) -> None:
        self._text = text
        self._lowered = lowered
        self._known: dict[str, tuple[KeyName, Need] | None] = {}

    def look(self, start: int, stem: str) -> Outcome:
        """Look at the name that has a telling stem at `start`."""
        after = start + len(stem)
        if stem in _WHOLE and self._lowered[after : after + 1].isalnum() and not self._is_hump(after):
            return Outcome([], start)
        rest = _REST.match(self._lowered, after)
        end = rest.end() if rest else after
        joined = self.join(start, end)
        if joined is None:
            return Outcome([], end)
        return self.read(start, joined)

    def _is_hump(self, at: int) -> bool:
        """A new word begins here, as in `pwNew`."""
        return self._text[at].isupper() and self._text[at - 1].islower()

    def join(self, start: int, end: int) -> Joint | None:
        """Match what joins the name that ends at `end` to a value that has not been taken out yet."""
        joined = JOINT.match(self._text, end)
        if joined and _TAKEN.match(self._text, joined.end()):
            return None
        if (joined is None or joined.lastgroup == "space") and "<" in self._text[max(0, start - 80) : start]:
            return REST_OF_TAG.match(self._text, end) or joined
        return joined

    def read(self, start: int, joined: Joint) -> Outcome:
        """Read the key whose telling word begins at `start`, and its value, or the values of its list."""
        text, go_on = self._text, joined.start()
        name_start = start - len(_stem(text, start))
        if text[max(0, name_start - 2) : name_start] == "${":
            fallback = FALLBACK.match(text, go_on)
            if not fallback:
                return Outcome([], go_on)
            joined = fallback
        key = text[name_start:go_on]
        found = _may_join(text, name_start, key, joined) and self._judge(name_start, key)
        value = _value(text, name_start, key, joined) if found else None
        if not found or not value:
            return Outcome(list(self._in_map(joined.end(), key, found[0])) if found else [], go_on)
        row, need = found
        secret = text[value.start : value.end]
        if not value.quoted and len(secret) <= 12 and _GOES_ON_MASKED.match(text, value.end):
            return Outcome([], value.end)
        if value.quoted and _HOLDS_NAMES.match(secret) and _names_a_secret(secret):
            return Outcome([], value.start)
        if _is_checksum(text, name_start, value):
            return Outcome([], value.end)
        if _is_secret(secret, row, need, loose=_is_loose(text, name_start, key, joined), is_quoted=value.quoted):
            spans = [Span(*_bare_secret(text, name_start, value, row), row.kind)]
            if value.quoted:
                spans += self._planned(value.end, row)
            if _OPENS_LIST.search(joined[0]):
                spans += self._rest_of_list(value.end, row, need)
            return Outcome(spans, spans[-1].end)
        return Outcome([], go_on if value.quoted or len(secret) < 256 else value.end)

    def _planned(self, at: int, row: KeyName) -> Iterator[Span]:
        """`password = "..." -> "..."`, as Terraform says what it will change: the new one too."""
        becomes = _BECOMES.match(self._text, at)
        value = read_quoted(self._text, becomes.end()) if becomes else None
        if value and not is_stand_in(self._text[value.start : value.end]):
            yield Span(value.start, value.end, row.kind)

    def _rest_of_list(self, at: int, row: KeyName, need: Need) -> Iterator[Span]:
        """`"passwords": ["...", "..."]`: one name for all that follow."""
        while (comma := _NEXT_ITEM.match(self._text, at)) and (value := read_quoted(self._text, comma.end())):
            if _is_secret(self._text[value.start : value.end], row, need, loose=False, is_quoted=True):
                yield Span(value.start, value.end, row.kind)
            at = value.end

    def _in_map(self, at: int, key: str, row: KeyName) -> Iterator[Span]:
        """`SECRETS = {"billing": "...", ...}`: the name of the whole tells what its members are."""
        is_path = "/" in self._text[max(0, at - len(key) - 12) : at]
        if is_path or not key.lower().endswith(_COLLECTIONS) or not (item := _OPENS_MAP.match(self._text, at)):
            return
        for _ in range(_MOST_MEMBERS):
            value = read_quoted(self._text, item.end())
            if value is None:
                return
            secret = self._text[value.start : value.end]
            is_telling = find_key_name(item["name"]) is None and item["name"].lower() not in OTHER_THING
            if is_telling and oddness_of_key(secret) >= 2 and not is_stand_in(secret):
                yield Span(value.start, value.end, row.kind)
            if not (item := _NEXT_MEMBER.match(self._text, value.end)):
                return

    def _judge(self, name_start: int, key: str) -> tuple[KeyName, Need] | None:
        """Find what the name tells; a word before it may be part of it."""
        first = _word_before(self._text, name_start)
        name = f"{first} {key}" if first else key
        if name not in self._known:
            self._known[name] = find_key_name(name)
        return self._known[name]


def _bare_secret(text: str, name_start: int, value: Value, row: KeyName) -> tuple[int, int]:
    """The value without what stands in it and is no secret: whose it is, how it is written, an address's query."""
    secret = text[value.start : value.end]
    if _AFTER_USER.search(text[max(0, name_start - 24) : name_start]):
        before = _USER_AND.match(secret)
    else:
        before = _USER.match(secret) if row.kind == "credentials" else _DRESSED.match(secret)
    query = secret.find("?") if row.kind == "session_id" and not value.quoted else -1
    return value.start + (before.end() if before else 0), value.start + query if query > 0 else value.end


_AFTER_USER = re.compile(
    r"(?<![^\W_])(?:user(?:name)?|login|benutzer|utilisateur|usuario|account|email|id) ?[/|&+,:] ?\Z", re.IGNORECASE
)
_USER_AND = re.compile(r"[\w.@+-]{1,64}[/|:,](?=\S{4})")
"""`user/password: bob/...`: both stand in one value."""


def _names_a_secret(settings: str) -> bool:
    """Return whether one of the names in a list of settings tells a secret."""
    return any(find_key_name(name) for name in _NAME.findall(settings))


_NAME = re.compile(r"([\w.-]{2,60})\\{0,3}[\"']?\s{0,4}[=:]")


def _stem(text: str, start: int) -> str:
    """The part of a name before its telling word: `db_` of `db_password`."""
    left = text[max(0, start - _LONGEST_STEM) : start]
    stem = left[len(left.rstrip(_NAME_CHARACTERS)) :]
    escaped = stem[:1] in ("n", "r", "t") and text[max(0, start - len(stem) - 1) : start - len(stem)] == "\\"
    return stem[1:] if escaped else stem


def _word_before(text: str, at: int) -> str:
    if text[max(0, at - 1) : at] != " ":
        return ""
    word = text[max(0, at - 24) : at - 1].rpartition(" ")[2].strip("*_\"'`(#>-\n")
    return word if word.lower() in FIRST else ""


def _may_join(text: str, name_start: int, key: str, joined: Joint) -> bool:
    """Cheap facts first: a tag's end joins only what its tag opened, a space only a flag or SQL's quoted
    value."""
    if text[max(0, name_start - 1) : name_start] == ":" and _IN_REFERENCE.search(
        text, max(0, name_start - 80), name_start
    ):
        return False
    if joined.re is REST_OF_TAG:
        return "<" in text[max(0, name_start - 60) : name_start]
    if joined.lastgroup == "cell":
        return text[max(0, name_start - 40) : name_start].rstrip(" \t`\"'*").endswith("|") or begins_line(
            text, name_start
        )
    if joined.lastgroup == "said":
        return ("_" in key and key.isupper()) or _is_camel(key)
    if joined.lastgroup == "part":
        return text[max(0, name_start - 7) : name_start].endswith(('name="', 'name=\\"'))
    if joined.lastgroup == "space":
        if begins_line(text, name_start) and _ENDS_LINE.match(text, joined.end()):
            return True
        if key.startswith("-") or _DECLARES.search(text[max(0, name_start - 24) : name_start]):
            return True
        return joined[0].isspace() and text.startswith(("'", '"'), joined.end())
    return text[max(0, name_start - 5) : name_start - 1] != "case"


_IN_REFERENCE = re.compile(r"arn:|\{\{resolve:")
"""The name of a secret's place, whose parts colons separate."""


def _is_checksum(text: str, name_start: int, value: Value) -> bool:
    """CocoaPods' lock file gives every pod, whatever its name, a SHA-1."""
    is_sha1 = not value.quoted and value.end - value.start == 40
    return is_sha1 and "CHECKSUMS:" in text[max(0, name_start - 4_000) : name_start]


def _is_camel(key: str) -> bool:
    return key[:1].islower() and not key.islower()


_DECLARES = re.compile(
    r"(?:\A|[\n\r;&`>]|\\n)[ \t>$-]{0,12}"
    r"(?:#define|ENV|ARG|setx|setenv|export|config|set(?: -\w{1,3}| Global)?|@|env)[ \t]{0,4}@?\Z"
)


_IS_NOTE = re.compile(r"(?:\A|\n)(?:[-*•] )?[*]{0,2}[A-Za-z ]{0,24}:[*]{0,2} {1,8}$")
"""A word or two before the name, and a space behind the colon: somebody's note, no program."""
_ENDS_LINE = re.compile(r"[^\s\"'(){}\[\];,=]{6,128}[ \t]*(?:\r?\n|\Z|\\n)")
_NAMES_ANOTHER = re.compile(r"\\{0,7}[\"'`]\s{0,4}(?:[:=]|=>)")


def _is_loose(text: str, name_start: int, key: str, joined: Joint) -> bool:
    """`password 'x'` (SQL), `["password", "x"]` and `hash("x")`: the joint says little, so the value must say more."""
    match joined.lastgroup:
        case "space":
            return (
                not key.startswith("-")
                and not key.isupper()
                and not (_is_camel(key) and begins_line(text, name_start))
                and not _DECLARES.search(text[max(0, name_start - 24) : name_start])
            )
        case "cell" | "said":
            return True
        case "comma":
            return not key.startswith("-") and not sets_something(text, name_start)
        case "call":
            return not key.lower().startswith(("set", "with")) and text[max(0, name_start - 1) : name_start] != "."
    return False


def _value(text: str, name_start: int, key: str, joined: Joint) -> Value | None:
    at, how = joined.end(), joined.lastgroup
    if how == "element":
        return read_element(text, at)
    if how == "encoded":
        return read_encoded(text, at)
    if how == "fallback":
        return read_until_brace(text, at)
    if how in ("part", "scalar"):
        return read_line(text, at)
    if how == "cell":
        return read_cell(text, at)
    quoted = read_quoted(text, at)
    if how == "comma" and quoted and _NAMES_ANOTHER.match(text, quoted.end):
        return None
    if quoted or how in ("call", "comma") or (joined.re is JOINT and joined["quoted_only"]) or joined[0].endswith("("):
        return quoted
    flag = how in ("space", "said") or key.startswith("-")
    own_line = not flag and bool(
        begins_line(text, name_start) or _IS_NOTE.search(text[max(0, name_start - 24) : name_start] + joined[0])
    )
    return read_bare(text, at, tight=joined[0] == "=", own_line=own_line, flag=flag)


_CONSTANT = re.compile(r"[A-Z]+(?:_[A-Z0-9]+)+")


def _is_secret(value: str, row: KeyName, need: Need, *, loose: bool, is_quoted: bool = False) -> bool:
    if is_stand_in(value):
        return False
    if loose and (_CONSTANT.fullmatch(value) or not is_firm(value)):
        return False
    if loose and not (is_firm(value) and (row.kind == "password" or is_strong(value)) and is_made_up(value)):
        return False
    match need:
        case "any":
            return True
        case "firm":
            return is_firm(value) and (is_quoted or not (value.isalpha() and value[1:].islower()))
        case "strong":
            may_be_chosen = is_quoted or (row.kind == "credentials" and "/" not in value)
            return is_strong(value) or (may_be_chosen and oddness_of_password(value) >= 2.5)
        case "random":
            return is_random(value)
