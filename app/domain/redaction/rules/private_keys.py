"""Private keys, whatever their armour: whole, cut off before their end, or left with their end alone.

The armour is RFC 7468's, RFC 1421's, RFC 9580's, PuTTY's, SSH2's and OpenVPN's. Where a key is quoted inside other
text, its lines carry what that text puts before them: white space, quotes, comment marks, line numbers.
"""

import base64
import binascii
import re
from bisect import bisect_left
from collections.abc import Iterator

from app.domain.redaction.rules.rule import Match, Rule, mixed, token
from app.domain.redaction.spans import Span

KIND = "private_key"
FARTHEST = 20_000
"""Characters between the two ends of a key at most."""
MARKS = ("-----BEGIN", "---- BEGIN", "-----END", "---- END")

_NAME = r"[A-Z0-9 ]{0,30}(?:PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)"
_BEGIN = re.compile(rf"-----BEGIN {_NAME}-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----")
_END = re.compile(rf"-----END {_NAME}-----|---- END SSH2 ENCRYPTED PRIVATE KEY ----")
_STATEMENT = r"[\w.$]{1,40}(?:[ \t]{1,4}+(?:\+|\.|<<|\|\|)?+=?+[ \t]{1,4}+|\()(?=\\{0,3}[\"'`])"
"""What a program writes before the next line of a key: `pem += "`, `$key .= '`, `lines.append("`."""
_GAP = rf"(?:\s|\\{{1,4}}+[nrt]|[\"'+,>#;|*`()]|//|\.(?=[ \t]\\{{0,3}}[\"'])|[0-9]{{1,4}}(?=[ \t:|])|{_STATEMENT})"
_BASE64 = r"(?:[A-Za-z0-9+/]|\\{1,3}/)"
_BODY = re.compile(
    rf"(?:{_GAP}{{1,40}}+(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|Subject|x-[\w-]{{1,20}}):(?:[^\n\\]|\\{{1,3}}[\"']){{0,120}}+){{0,6}}+"
    rf"(?:{_GAP}{{0,40}}+{_BASE64}{{24,}}+={{0,2}}+)*+"
    rf"(?:{_GAP}{{0,40}}+{_BASE64}{{4,}}+={{0,2}}+(?=[ \t]{{0,20}}+(?:\Z|[\r\n]|\\[rn]|\[|\(|\.\.|…|<)|[\"'\\`]))?+"
)
_RUN = re.compile(r"[A-Za-z0-9+/]{16}")
_LINE_BACK = re.compile(rf"{_BASE64}{{4,}}+={{0,2}}")
_SHORTEST_LINE = 40
_LINE_MARKS = " \t\r>#*|+/;"
"""What a quoted line begins with."""


def find_private_keys(text: str) -> Iterator[Span]:
    """Find every key whose beginning or end stands in the text."""
    begins, ends = list(_BEGIN.finditer(text)), list(_END.finditer(text))
    done = 0
    for number, begin in enumerate(begins):
        if begin.start() < done:
            continue
        another = begins[number + 1].start() if number + 1 < len(begins) else len(text)
        end = _end_of(text, begin, ends, another)
        if _RUN.search(text, begin.end(), end):
            yield Span(begin.start(), end, KIND)
            done = end
    yield from _headless(text, begins, ends)


def _end_of(text: str, begin: Match, ends: list[Match], another: int) -> int:
    """Where a key's last line ends: at its own end, if that stands before another key begins."""
    following = bisect_left(ends, begin.end(), key=Match.start)
    if following < len(ends) and ends[following].start() <= min(another, begin.end() + FARTHEST):
        return ends[following].end()
    body = _BODY.match(text, begin.end())
    return body.end() if body else begin.end()


def _headless(text: str, begins: list[Match], ends: list[Match]) -> Iterator[Span]:
    """The last lines of a key whose first ones are not in the text."""
    after = 0
    for end in ends:
        start = _first_line(text, after, end.start())
        if start is not None:
            near = bisect_left(begins, max(after, start - 200), key=Match.start)
            if near == len(begins) or begins[near].end() > end.start():
                yield Span(start, end.end(), KIND)
        after = end.end()


def _first_line(text: str, after: int, at: int) -> int | None:
    first, lines = None, 0
    while at > after:
        newline = text.rfind("\n", max(after, at - 400), at)
        line_start = newline + 1 if newline >= 0 else after
        runs = list(_LINE_BACK.finditer(text, line_start, at))
        run = max(runs, key=lambda one: one.end() - one.start(), default=None)
        is_key = run is not None and (run.end() - run.start() >= _SHORTEST_LINE or lines == 0)
        if text[line_start:at].strip(_LINE_MARKS) and not is_key:
            break
        if run is not None and is_key:
            first, lines = run.start(), lines + 1
        if newline < 0:
            break
        at = newline
    return first if lines > 1 or (first is not None and lines == 1 and _RUN.search(text, first)) else None


def _decodes_to_key(match: Match) -> bool:
    """Base64 of a whole PEM file, as Kubernetes and CI systems store it."""
    head = re.sub(r"\s", "", match["secret"])[:88]
    try:
        return b"PRIVATE KEY" in base64.b64decode(head[: len(head) // 4 * 4])
    except binascii.Error:
        return False


PRIVATE_KEYS: tuple[Rule, ...] = (
    token(
        KIND,
        "LS0tLS1CRUdJTi",
        r"(?P<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,}+={0,2}+(?:(?:\s|\\n){1,40}+[A-Za-z0-9+/]{40,}+={0,2}+)*+"
        r"(?:(?:\s|\\n){1,40}+[A-Za-z0-9+/]{2,}+={0,2}+(?=\s{0,20}+\Z|[\"'\\]|[^\S\n]*+\n|={1,2}))?+)",
        goes="key: «"
        + base64.b64encode(b"-----BEGIN RSA PRIV" + b"ATE KEY-----\nMIIEpAIBAAKCAQEA" + b"x7Vq" * 9).decode()
        + "»",
        stays="crt: " + base64.b64encode(b"-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA" + b"x7Vq" * 9).decode(),
        inside=True,
        check=_decodes_to_key,
    ),
    # PuTTY's .ppk: the private lines follow their count.
    token(
        KIND,
        "Private-Lines:",
        r"Private-Lines: [0-9]{1,4}+\s{1,4}+"
        r"(?P<secret>(?:(?:\+ |[\s>#*|0-9]{0,12}?)[A-Za-z0-9+/=]{1,128}+(?:\r?\n|\\n|\Z))++)",
        goes="Private-Lines: 2\n«" + mixed(64) + "\n" + mixed(40) + "=\n»Private-MAC: 00",
        stays="Public-Lines: 2\n" + mixed(64) + "\n",
    ),
    token(
        "age_secret_key",
        "AGE-SECRET-KEY-1 AGE-PLUGIN-",
        r"AGE-(?:SECRET-KEY-1|PLUGIN-[A-Z0-9]{1,16}-1)[A-Z0-9]{50,}+",
        goes="# key\n«AGE-SECRET-" + "KEY-1" + mixed(58).upper() + "»",
        stays="age1" + mixed(58).lower(),
    ),
    # BIP 32: extended private keys, in base58.
    token(
        "wallet_key",
        "xprv yprv zprv tprv",
        r"[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,108}",
        goes="«xprv" + "9s21ZrQH143K" + "".join(c for c in mixed(160) if c not in "0OIl")[:95] + "»",
        stays="xprv9s21",
    ),
)
