"""Values: does this look like a secret, or is it plainly a stand-in for one?

A wrong "stand-in" leaks, a wrong "secret" spoils somebody's text, so both questions are answered narrowly and
the name beside the value (see `key_names`) decides how much convincing is needed.
"""

import re
from functools import lru_cache

from app.domain.redaction import words
from app.domain.redaction.languages import WORDS
from app.domain.redaction.prefilter import Prefilter

# Past this length nobody writes a stand-in by hand, except by leaning on one key.
_LONG = 256

_STAND_IN = re.compile(
    r"""
      <[^<>]{0,200}+>                                   # <token>, <%= token %>
    | \$\{.{0,240}+ | \$\(.{0,240}+                     # ${ENV}, $(command)
    | \$\$?(?:[A-Za-z_]{1,80}+|(?-i:[A-Z_][A-Z0-9_]{0,80}+))(?:[\[.:>-].{0,200}+)?+     # $VAR, $row['x']
    | %\w{1,80}+% | %\(\w{1,80}+\)s | %[sdq@]
    | \{\{.{0,240}+ | \{[\w.:!\[\]'" -]{0,100}+\} | \#\{.{0,240}+
    | (?:@@?\{?|:|\*)[A-Za-z_]{1,80}+[}@]?+ | \?++ | ![A-Za-z]{2,20}+(?:[ ].{0,200}+)?+
    | [\w.]{0,60}?(?-i:[a-z](?:Password|Passphrase|Secret|Token|Key|Credentials?))   # challengePassword
    | ENC\[.{0,240}+ | \([\w\ ,.-]{0,80}+\)
    | (?:@@|<<|__|%%|\#\#)[A-Za-z][\w .-]{0,80}?(?:@@|>>|__|%%|\#\#)
    | [\w-]{0,16}<[^<>]{1,80}+>[\w-]{0,16}                              # sk-<your key>
    | \#[0-9a-fA-F]{3,8}                                              # a colour
    | [A-Za-z]{2,8}[-_](?:your|my|some|the|insert|example|fake|dummy)[-_][\w-]{1,60}+      # ghp_your_token_here
    | [0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{5,15}+(?:Z|[+-][0-9:]{2,6}+)?)?+        # a date
    | [a-z]{1,30}(?:[-_][a-z]{1,30}){0,5}[-_]
        (?:password|passwords|passphrase|secret|secrets|token|tokens|credentials|key|keys)
    | [0-9]{1,4}-(?:char(?:acter)?|letter|digit|bit|byte|word|second|minute|hour|day|week|month|year)s?      # a measure
    | @Microsoft\.KeyVault.{0,240}+ | projects/[\w-]{1,80}+/secrets/.{0,240}+
    | (?:required|nullable|optional|sometimes)[|:,;].{0,240}+            # validation rules
    | (?:os\.(?:environ|getenv)|process\.env|import\.meta\.env|ENV\[|env\(|System\.getenv|getenv|Deno\.env
        |(?:ref\+)?vault:|secretsmanager:|secretref:|ssm:|op:|file:|data:|https?:|arn:|env:|keyring:|secrets?:|keychain:
        |pass:|sops:|doppler:|infisical:|bws:|lastpass:|bitwarden:|awssm:|gcpsm:|akv:|kms:|conjur:|valueFrom:|akeyless:).{0,240}+
    | your(?:[-_ ]?[A-Za-z]++){0,12}+[.!]{0,3}+
    | (?:insert|replace|enter|put|change|fill|add|paste)(?:[-_ ][A-Za-z]++){1,12}+[.!]{0,3}+
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.ASCII,
)
_PATTERN = re.compile(
    r"\[[^\]\s]{0,40}(?:\w-\w|\\{1,2}[wdsS])[^\]\s]{0,40}\](?:[+*?]|\{[0-9])|\\{1,2}[dwS](?:[+*]\??|\{[0-9]{1,3},?[0-9]{0,3}\})"
    r"|\(\?(?:[:=!]|P?<)|[\])]\{[0-9]{1,3},?[0-9]{0,3}(?:\}|\Z)"
)
"""A regular expression says what secrets look like: classes, how often, groups."""
_BRACKETED = re.compile(r"\[[\w .-]{0,80}+\]", re.ASCII)
_MASK = re.compile(r"x{3,}+|y{4,}+|z{4,}+|0{6,}+|\*{2,}+|\.{3,}+|…++|•++|_{4,}+|-{4,}+|#{3,}+|●++", re.IGNORECASE)
_SPLIT = re.compile(r"[\s_\-.,;:!?/']+")
_SLUG = re.compile(r"[a-z]++(?:[-_./:][a-z]++)*+(?:[-_.]?+v?[0-9]{1,2}+)?+")
_LABEL_SIGNS = re.compile(r"[!@#$%^&*=~<>|\\+_]")
_TELLING = Prefilter([word.text for word in WORDS if len(word.text) > 3 or not word.text.isascii()])
"""A pattern of so many words would try each of them at every character."""
_PATH = re.compile(r"(?:~|\.{1,2}+)?/(?:[\w.@+ -]{1,80}+/){0,20}+[\w.@+ -]{0,80}+|[A-Za-z]:\\.{0,250}+", re.ASCII)
_MIXED = re.compile(r"(?=[^A-Z]*+[A-Z])(?=[^a-z]*+[a-z])(?=[^0-9]*+[0-9])")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"[0-9]")
_SPACE = re.compile(r"\s")
_LOWER = re.compile(r"[a-z]")
_UPPER = re.compile(r"[A-Z]")


@lru_cache(maxsize=4_096)
def is_stand_in(value: str) -> bool:
    """Return whether a value plainly stands for a secret without being one: empty, masked, a template, a
    reference to where the secret is, a label, a path or a sentence."""
    if len(value) > _LONG:
        return len(set(value)) < 4
    if len(value) < 3 or len(set(value)) < 2:
        return True
    if value[0] == "[" and _BRACKETED.fullmatch(value):  # as our own placeholders are: there may be many
        return True
    if _STAND_IN.fullmatch(value) or _PATTERN.search(value):
        return True
    return _is_masked(value) or _is_words(value) or _is_path(value)


def forget_values() -> None:
    """Forget which values were asked about: they are secrets, and answers are remembered only while a text is read."""
    is_stand_in.cache_clear()


def is_strong(value: str) -> bool:
    """Return whether a value looks made by a machine (or a careful person), whatever stands beside it."""
    if len(value) < 8 or _SPACE.search(value):
        return False
    if len(value) > _LONG:
        return True
    if _SLUG.fullmatch(value):
        return len(value) >= 20 and value.isalpha()
    if not _LETTER.search(value):
        return False
    mixed_case = bool(_LOWER.search(value) and _UPPER.search(value[1:]))
    return bool(_DIGIT.search(value)) or (len(value) >= 16 and mixed_case)


def is_firm(value: str) -> bool:
    """Return whether a value is more than one plain word: it has a digit or a symbol, or is long."""
    return len(value) >= 6 and not _SPACE.search(value) and (not value.isalpha() or len(value) >= 12)


def is_made_up(value: str) -> bool:
    """Return whether there is a digit or a sign in the value that no label has."""
    return _DIGIT.search(value) is not None or _LABEL_SIGNS.search(value) is not None


def is_unmistakable(value: str) -> bool:
    """Return whether a value that was a secret once is one wherever it stands: no word, and no short number."""
    return 8 <= len(value) <= 512 and _LETTER.search(value) is not None and is_made_up(value)


UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_random(value: str) -> bool:
    """Return whether a value can have been made by nothing but a machine: long, with digits all over it."""
    if len(value) < 20 or _SPACE.search(value) or "/" in value.strip("/")[:12] or _SLUG.fullmatch(value.lower()):
        return False
    if UUID.fullmatch(value):
        return True
    return _LETTER.search(value) is not None and len(_DIGIT.findall(value)) * 12 >= len(value)


def has_digit(value: str) -> bool:
    """Return whether there is a digit in the value."""
    return _DIGIT.search(value) is not None


def is_varied(value: str) -> bool:
    """Return whether a token's body could be random: not a run of one letter, not masked."""
    return len(set(value)) >= 6 and not _is_masked(value)


def _is_masked(value: str) -> bool:
    rest, masks = _MASK.subn("", value)
    return masks > 0 and (len(rest) <= 8 or (len(rest) <= 20 and value.endswith(("...", "…", "***", "xxxx", "XXXX"))))


def _is_words(value: str) -> bool:
    """A label ("Reset password"), a name made of stand-in words ("my-secret-token"), or a sentence."""
    if value.isalnum() and _DIGIT.search(value):
        return value.lower() in words.STAND_IN
    parts = [word for word in _SPLIT.split(value.strip("<>[](){}\"' ").lower()) if word]
    if all(word in words.STAND_IN for word in parts):
        return True
    if _is_label(value):
        return True
    if _DIGIT.search(value) and len(parts) < 5:
        return False
    spaced = value.split()
    if len(spaced) < 2:
        return False
    return not words.SECRET.isdisjoint(parts) or sum(word in words.PROSE for word in parts) * 5 >= len(parts)


def _is_label(value: str) -> bool:
    """What a form calls a password, in any language: `Passwort vergessen?`."""
    if len(value) > 60 or _DIGIT.search(value) or _LABEL_SIGNS.search(value):
        return False
    return _TELLING.occurs_in(value.lower())


def _is_path(value: str) -> bool:
    """A file's path; but a base64 secret may begin with a slash too."""
    return bool(_PATH.fullmatch(value)) and not (len(value) >= 32 and "." not in value and _MIXED.match(value))
