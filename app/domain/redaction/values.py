"""Values: does this look like a secret, or is it plainly a stand-in for one?

A wrong "stand-in" leaks, a wrong "secret" spoils somebody's text, so both questions are answered narrowly and
the name beside the value (see `key_names`) decides how much convincing is needed.
"""

import re

from app.domain.redaction import words

# Past this length nobody writes a stand-in by hand, except by leaning on one key.
_LONG = 256

_STAND_IN = re.compile(
    r"""
      <[^<>]{0,200}+>                                   # <token>, <%= token %>
    | \$\{.{0,240}+ | \$\(.{0,240}+                     # ${ENV}, $(command)
    | \$\$?(?:[A-Za-z_]{1,80}+|(?-i:[A-Z_][A-Z0-9_]{0,80}+))(?:[\[.:>-].{0,200}+)?+     # $VAR, $row['x']
    | %\w{1,80}+% | %\(\w{1,80}+\)s | %[sdq@]
    | \{\{.{0,240}+ | \{[\w.:!\[\]'" -]{0,100}+\} | \#\{.{0,240}+
    | (?:@@?\{?|:|\*)[A-Za-z_]{1,80}+[}@]?+ | \?++ | __\w{1,80}+__ | ![A-Za-z]{2,20}+(?:[ ].{0,200}+)?+
    | [\w.]{0,60}?(?-i:[a-z](?:Password|Passphrase|Secret|Token|Key|Credentials?))   # challengePassword
    | ENC\[.{0,240}+ | \[[\w\ .-]{0,80}+\]
    | (?:required|nullable|optional|sometimes)[|:,;].{0,240}+            # validation rules
    | (?:os\.(?:environ|getenv)|process\.env|import\.meta\.env|ENV\[|env\(|System\.getenv|getenv|Deno\.env
        |vault:|secretsmanager:|ssm:|op:|file:|data:|https?:|arn:|env:).{0,240}+
    | your(?:[-_ ]?[A-Za-z]++){0,12}+[.!]{0,3}+
    | (?:insert|replace|enter|put|change|fill|add|paste)(?:[-_ ][A-Za-z]++){1,12}+[.!]{0,3}+
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.ASCII,
)
_MASK = re.compile(r"x{3,}+|\*{2,}+|\.{3,}+|…++|•++|_{4,}+|-{4,}+|#{3,}+|●++", re.IGNORECASE)
_SPLIT = re.compile(r"[\s_\-.,;:!?/']+")
_SLUG = re.compile(r"[a-z]++(?:[-_./:][a-z]++)*+(?:[-_.]?+v?[0-9]{1,2}+)?+")
_PATH = re.compile(r"(?:~|\.{1,2}+)?/(?:[\w.@+ -]{1,80}+/){0,20}+[\w.@+ -]{0,80}+|[A-Za-z]:\\.{0,250}+", re.ASCII)
_MIXED = re.compile(r"(?=[^A-Z]*+[A-Z])(?=[^a-z]*+[a-z])(?=[^0-9]*+[0-9])")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"[0-9]")
_SPACE = re.compile(r"\s")
_LOWER = re.compile(r"[a-z]")
_UPPER = re.compile(r"[A-Z]")


def is_stand_in(value: str) -> bool:
    """Return whether a value plainly stands for a secret without being one: empty, masked, a template, a
    reference to where the secret is, a label, a path or a sentence."""
    if len(value) > _LONG:
        return len(set(value)) < 4
    if len(value) < 3 or len(set(value)) < 2:
        return True
    return bool(_STAND_IN.fullmatch(value)) or _is_masked(value) or _is_words(value) or _is_path(value)


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
    mixed_case = bool(_LOWER.search(value) and _UPPER.search(value))
    return bool(_DIGIT.search(value)) or (len(value) >= 16 and mixed_case)


def is_firm(value: str) -> bool:
    """Return whether a value is more than one plain word: it has a digit or a symbol, or is long."""
    return len(value) >= 6 and not _SPACE.search(value) and (not value.isalpha() or len(value) >= 12)


def has_digit(value: str) -> bool:
    """Return whether there is a digit in the value."""
    return _DIGIT.search(value) is not None


def is_varied(value: str) -> bool:
    """Return whether a token's body could be random: not a run of one letter, not masked."""
    return len(set(value)) >= 6 and not _is_masked(value)


def _is_masked(value: str) -> bool:
    rest, masks = _MASK.subn("", value)
    return masks > 0 and len(rest) <= 8


def _is_words(value: str) -> bool:
    """A label ("Reset password"), a name made of stand-in words ("my-secret-token"), or a sentence."""
    parts = [word for word in _SPLIT.split(value.strip("<>[](){}\"' ").lower()) if word]
    if all(word in words.STAND_IN for word in parts):
        return True
    if _DIGIT.search(value) and len(parts) < 5:
        return False
    spaced = value.split()
    if len(spaced) < 2:
        return False
    return not words.SECRET.isdisjoint(parts) or sum(word in words.PROSE for word in parts) * 5 >= len(parts)


def _is_path(value: str) -> bool:
    """A file's path; but a base64 secret may begin with a slash too."""
    return bool(_PATH.fullmatch(value)) and not (len(value) >= 32 and "." not in value and _MIXED.match(value))
