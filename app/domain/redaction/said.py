"""Which words for a password or a key somebody says, and where: `userPassword` and `"password":` are said by nobody."""

import re
from collections.abc import Iterator

from app.domain.redaction.languages import WORDS, Telling, Word
from app.domain.redaction.prefilter import Hits
from app.domain.redaction.words import word_set

SPOKEN = "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uff00-\uff20\uff3b-\uff40\uff5b-\uffef"
"""Scripts written without spaces, and their punctuation: a password of other letters ends where they begin."""


def find_said(text: str, lowered: str, hits: Hits) -> Iterator[tuple[int, int, Telling]]:
    """Return where each word begins and ends, and what it announces; of words that overlap the first and longest."""
    resume = 0
    for at, word in hits.of(WORD_TEXTS):
        if at < resume:
            continue
        match = _PATTERNS[word].match(lowered, at)
        if match and _is_said(text, match):
            if resume and _TELLINGS[word] is Telling.KEY and _OPENED.fullmatch(text, resume, at):
                continue
            resume = match.end()
            yield at, resume, _TELLINGS[word]


_OPENED = re.compile(r"[ ](?:for|of|to|on)[ ](?:(?:the|my|our|this|that|your|its)[ ])?(?:[\w-]{1,16}[ ])?")
"""`passphrase for the key`: of a password and what it opens, the password is told."""


def _pattern_of(word: Word) -> re.Pattern[str]:
    """Return the pattern of a word. A long word may have endings; one of a script that is written without spaces stands
    anywhere."""
    if re.search(f"[{SPOKEN}]", word.text):
        return re.compile(re.escape(word.text))
    takes_endings = len(word.text) >= 4 and word.telling is Telling.PASSWORD and word.text != "pass"
    endings = r"[^\W\d_]{0,6}" if takes_endings else "s?"
    return re.compile(
        rf"(?:(?<![^\W_])|(?<=\\[nrt])){re.escape(word.text)}{endings}(?![\w(\[=/&%-]|(?!\*\*(?:[\s:\\]|\Z))[!@#$*^~+][\w!@#$*^~+])"
    )


WORD_TEXTS = frozenset(word.text for word in WORDS)
_PATTERNS = {word.text: _pattern_of(word) for word in WORDS}
_TELLINGS = {word.text: word.telling for word in WORDS}


def _is_said(text: str, match: re.Match[str]) -> bool:
    """Return whether somebody speaks: `userPassword`, `"password":` and `?q=password` are program text and data."""
    start, end = match.span()
    before, word = text[start - 1 : start], match[0]
    if before == "-" and text[max(0, start - 2) : start - 1].isalpha():
        before = ""  # WLAN-Passwort
    if before in _NAMES_GO_ON or (before in ("'", '"') and text[end : end + 1] == before):
        return False
    if _DATA_FOLLOWS.match(text, end):
        return False
    if word in ("key", "keys") and (_is_another_key(text[max(0, start - 32) : start]) or _OF_A_KEY.match(text, end)):
        return False
    written = text[start:end]
    return written.isupper() or written[1:].islower() or " " in word or not written.isascii()


def _is_another_key(before: str) -> bool:
    named = before.rstrip(" _:-")
    return 1 <= len(before) - len(named) <= 2 and named.lower().endswith(_OTHER_KEYS)


_OTHER_KEYS = tuple(
    word_set("""
    public primary foreign cache partition sort idempotency registry host hash lookup row object record map index
    composite unique natural translation i18n sharding shard routing message document entity storage s3 file item
    publishable anon site measurement ssh gpg pgp dedup etag version answer arrow escape function shortcut hot
    ed25519 rsa ecdsa
    """)
)
_OF_A_KEY = re.compile(
    r" (?:fingerprint|identifier|id|usage|type|size|length|name|path|pair|ring|server|derivation|map|exchange|hash)",
    re.IGNORECASE,
)
"""Keys that open nothing."""
_NAMES_GO_ON = frozenset(".-/$@<_=&?#\\%+|:")
_DATA_FOLLOWS = re.compile(
    r"[\"'`]\s{0,4}[:=,\])}]|[\"'`]?[\])}]|[\\\[|+<>{}$^;@]|[ \t]{0,4}[=!:]?=[^>]|\"[^\s]|'(?!s\b)[^\s]|:[-?+:]|[.?]\w"
)
