"""Passwords and keys that people tell each other: "the wifi password? it's ...", in the languages that people chat in.

No grammar is parsed. A word for a password opens a window on what follows it; every piece of text in the window is
weighed by how odd it is as a word, and by what stands before it: a colon, a word like "is", quotes, the word itself.
Only together they convince, so a sentence about passwords stays, in any language. The weights were set on a corpus of
both (`tests/redaction_corpus`). Windows do not overlap, so the time is in proportion to the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.redaction.languages import BETWEEN, FROM, JOINTS, MOVES, PLACING, TO, TYPING, Telling
from app.domain.redaction.oddness import is_pin, oddness_of_key, oddness_of_password
from app.domain.redaction.placeholders import PLACEHOLDER
from app.domain.redaction.prefilter import Hits, Repeats
from app.domain.redaction.said import SPOKEN, find_said
from app.domain.redaction.spans import Span
from app.domain.redaction.values import is_stand_in
from app.domain.redaction.words import COMMON_PASSWORDS, PROSE, STAND_IN

WINDOW = 160
"""Characters that are looked at behind a word: a long sentence, or a short one and the line below it."""
ENOUGH = 4.0
FAR = 10
"""Pieces behind the word, from which on it takes more to convince."""

_PIECE = re.compile(rf"[^\s{SPOKEN}]+")
_OPENERS = "\"'`“”„‚‘’«»‹›*_([{<「『|"
_CLOSERS = "\"'`“”‘’«»‹›*_)]}>」』|"
_PLAIN = re.compile(r"[^\W\d_]+[,.;:!?]?")
_QUOTES = "\"'`“”„‚‘’«»‹›*「『"
_QUOTED, _UNQUOTED, _ESCAPED = frozenset(_QUOTES), frozenset(_CLOSERS), frozenset("\"'\\")
_LOOSE_END = ".,;:?…，。、#"
_PHRASE = re.compile(r"[\"'`“„«‘「『] ?([^\W\d_]{2,20}(?: [^\W_]{1,20}){1,6}) ?[\"'`”“»’」』]")
_SHORT_NAME = re.compile(r"[A-Za-z][a-z]{2}\d{2,3}!?")
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|.[。！？]", re.DOTALL)
_COLON = re.compile(r"(?:[:：→–—]|[-=]>|(?:^|\s)[-=])[\s*_`]*$")
_ASKED = re.compile(r"[ \t]*(?:again|please|then|now)?[ \t]*[?？]")
_AROUND_WORDS = ".,;:!?*_\"'`()"
_LEADS_ON = re.compile(
    r"(?:^[ \t]*(?:again|please|then|now)?[ \t]*[?？]|[:：→]|\b(?:is|was|ist|es|est|lautet|è|é))"
    r"[\s*_`\"']*(?:```\w*)?\s*$"
)
_AND = re.compile(rf"(?:\A|\s)(?:(?P<sign>[/|:])|with|mit|avec|con|com|met|med)[\s{re.escape(_OPENERS)}]{{0,8}}\Z")
_WITH_AND = re.compile(
    r"(?<![^\W_])(?:with|as|mit|als|avec|con|com|met|med|som)[ \t][^\s,;]{2,64}[ \t](?:and|und|et|y|e|en"
    r"|og|och|i)[ \t]\Z",
    re.IGNORECASE,
)
_PAIR = re.compile(r"([^\s:/|,;\"'`]{1,64})([:/|])(?!/)(\S{4,})")


class Piece(NamedTuple):
    """`text[start:end]`, without its quotes and what ends the sentence."""

    start: int
    end: int
    is_quoted: bool


def find_told(text: str, lowered: str, hits: Hits) -> Iterator[Span]:
    """Find what is told behind every word that somebody says."""
    text = _without_marks(text)
    said = list(find_said(text, lowered, hits))
    ends = [start for start, _, _ in said[1:]] + [len(text)]
    repeats = Repeats(text, len(said))
    for (start, after, telling), next_start in zip(said, ends, strict=False):
        if (outcome := repeats.recall(start)) is None:
            spans = list(_look_back(text, start, telling))
            spans += _read_window(text, after, min(after + WINDOW, next_start), telling)
            repeats.note(start, spans, after)
        else:
            spans = outcome.spans
        yield from spans


def _without_marks(text: str) -> str:
    """Blank what a diff, or an answer to a mail, puts before its lines, and read the line ends that are escaped: nobody
    says them."""
    if "\\n" in text:
        text = _ESCAPED_LINE_END.sub(_line_end, text)
    for mark in _MARKS:
        text = text.replace(f"\n{mark}", "\n ")
    if text.startswith(_MARKS):
        text = f" {text[1:]}"
    return _REMOVED.sub("\n ", text) if "@@ -" in text else text


def _line_end(escape: re.Match[str]) -> str:
    return " " * (len(escape[0]) - 1) + "\n"


_ESCAPED_LINE_END = re.compile(r"\\{1,4}n")
_MARKS = ("+", ">")
_REMOVED = re.compile(r"\n-(?=[^\W\d_])")


_LEADS_TO = re.compile(rf"//|#|--|\(|[ \t](?:{PLACING})[ \t]", re.IGNORECASE)
_COMMENTED = re.compile(
    r"(?P<quote>[\"'])(?P<secret>[^\"'\n]{6,120})[\"'][^\"'\n]{0,40}?(?://|#|--)[ \t][^\"'\n]{0,24}$"
)


def _look_back(text: str, at: int, telling: Telling) -> Iterator[Span]:
    """Find what is mentioned before the word: "use ... as the password", "with ... (zip password)"."""
    if not _is_led_to(text[max(0, at - 36) : at]):
        return
    start = max(0, at - 240)
    start = max(start, text.rfind("\n", start, at) + 1)
    before = text[start:at]
    mentioned = (_PLACED.search(before) and _MENTIONED.search(before)) or _COMMENTED.search(before)
    if not mentioned:
        return
    secret = mentioned["secret"]
    if telling is Telling.KEY:
        is_told = oddness_of_key(secret) >= 2
    else:
        is_told = telling is not Telling.PIN and oddness_of_password(secret) >= (1 if mentioned["quote"] else 2)
    if is_told:
        first = start + mentioned.start("secret")
        yield Span(first, first + len(secret), "token" if telling is Telling.KEY else "password")


def _is_led_to(before: str) -> bool:
    sentence = before[max(before.rfind("."), before.rfind("\n")) + 1 :]
    return any(len(sentence) - match.end() <= 30 for match in _LEADS_TO.finditer(sentence))


def _read_window(text: str, start: int, end: int, telling: Telling) -> Iterator[Span]:
    """Weigh the pieces of one window."""
    end = _window_end(text, start, end)
    if telling is Telling.PASSWORD and (change := list(_read_change(text, start, end))):
        yield from change
        return
    if telling is Telling.PASSWORD and (phrase := _bare_phrase(text, start, end)):
        yield phrase
        return
    sentence_ends = 0
    last_end = start
    for number, match in enumerate(_PIECE.finditer(text, start, end)):
        if last_end > start and _SENTENCE_END.match(text, last_end - 1):
            sentence_ends += 1
            if sentence_ends > 1:
                return
        last_end = match.end()
        if _is_plain(match[0]) and text[match.start() - 1] not in "「『":
            continue
        if match[0][0] == "[" and _IS_TAKEN.fullmatch(match[0]):
            continue
        data = _DATA_GOES_ON.search(text, *match.span())
        piece = _strip(text, match.start(), data.start() + (text[data.start()] != "<") if data else match.end())
        before = text[start : piece.start]
        joint = _joint(before, piece)
        if phrase := _phrase(text, piece, joint, telling):
            yield phrase
            return
        joint -= sentence_ends + (number >= FAR)
        is_foreign = text[start - 1] > _LAST_LATIN
        if is_foreign and not before.strip(_OPENERS + " \t\n"):
            joint += 1
        if span := _judge(text, piece, joint, telling, is_foreign=is_foreign, is_next=number < 2):
            yield span
        if data:
            return


_BARE_PHRASE = re.compile(
    r"[^:\n.?!]{0,40}?(?:[ \t]{0,4}:|[ \t](?:is|ist|est|es|è|é|är|er|to|je|este|lautet)(?::|(?=[ \t])))[ \t]{1,4}"
    r"(?P<phrase>[a-z]{3,12}(?:(?:[ ][a-z]{3,12}){3,11}|(?:-[a-z]{3,12}){3,11}))[ \t.]{0,8}(?:\Z|\r?\n|\\n|[\"'])"
)
_CALLED_PHRASE = ("phrase", "frase", "fra", "satz", "zi")


def _bare_phrase(text: str, start: int, end: int) -> Span | None:
    """Several words without quotes: of a pass*phrase* that is no sentence."""
    if not text[max(0, start - 8) : start].lower().rstrip("sn").endswith(_CALLED_PHRASE):
        return None
    found = _BARE_PHRASE.match(text, start, end)
    if not found or any(word in PROSE or word in STAND_IN for word in re.split("[ -]", found["phrase"])):
        return None
    return Span(*found.span("phrase"), "password")


def _is_plain(piece: str) -> bool:
    """A word, and not `qwertz!` or `xSBKUEuqmDGS`, which only passwords are."""
    if not _PLAIN.fullmatch(piece):
        return False
    is_shouted = piece.endswith("!") and piece[:-1].lower() in COMMON_PASSWORDS
    return not is_shouted and not (_HUMP.search(piece) and oddness_of_password(piece) >= 2)


_IS_TAKEN = re.compile(rf"{PLACEHOLDER.pattern}[.,;:]?")
_HUMP = re.compile(r"[a-z][A-Z]")


def _read_change(text: str, start: int, end: int) -> Iterator[Span]:
    """Find both in "... from X to Y": where one of them is no word, the other was or is a password too."""
    for match in filter(None, (change.search(text, start, end) for change in _CHANGES)):
        pieces = [_strip(text, *match.span(name)) for name in ("old", "new")]
        odd = [oddness_of_password(text[at:to], is_quoted=is_quoted) for at, to, is_quoted in pieces]
        if max(odd) < 2 and min(odd) < 1:
            continue
        for piece, oddness in zip(pieces, odd, strict=True):
            word = text[piece.start : piece.end]
            is_plain = _PLAIN.fullmatch(word) and not piece.is_quoted and not oddness
            if len(word) >= 4 and not is_plain and not is_stand_in(word):
                yield Span(piece.start, piece.end, "password")
        return


def _window_end(text: str, start: int, end: int) -> int:
    """A window ends with its line, unless the line leads on to the next one that is not empty."""
    line_end = _NEW_LINE.search(text, start, end)
    if not line_end:
        return end
    begins = _BLANK.match(text, line_end.start(), end).end()  # type: ignore[union-attr]  # it matches nothing too
    line_start = text.rfind("\n", max(0, start - 200), start) + 1
    answers = _ANSWER.match(text, begins, end) if _CHAT.match(text, line_start, start) else None
    said = text[start : line_end.start()]
    if _IS_GIVEN.search(said):
        return line_end.start()
    if not answers and not _LEADS_ON.search(said) and not _is_label(text, line_start, line_end.start()):
        return line_end.start()
    if underline := _UNDERLINE.match(text, begins, end):
        begins = underline.end()
    following = _NEW_LINE.search(text, begins, end)
    line_end_of_next = following.start() if following else end
    is_one_piece = answers or len(text[begins:line_end_of_next].split()) == 1
    return line_end_of_next if is_one_piece else line_end.start()


_IS_GIVEN = re.compile(r"\*{3}|[•●]{2}|x{4}|:\s{0,8}(?:\"\"|''|``(?!`))")
"""The value is there, and masked or empty: nothing is left for the next line."""
_LABEL = re.compile(
    r"(?:[^\n]{0,40}[^\W\d_]: )?[ \t>]{0,12}[#*_=]{0,6}[ \t]{0,4}(?:[\w-]{1,20}[ \t]){0,3}[\w-]{1,20}[*_=]{0,6}:?"
    r"[*_]{0,3}[ \t\r]{0,4}"
)
_UNDERLINE = re.compile(
    r"[ \t>]{0,12}(?:-{3,60}|={3,60}|~{3,60})[ \t]{0,8}(?:\r?\n|\\n)(?:[ \t>]{0,12}(?:\r?\n|\\n)){0,4}"
)


def _is_label(text: str, line_start: int, line_end: int) -> bool:
    """Return whether a line says what the next one is, and no more: `**Password**`, `## API key`."""
    return line_end - line_start <= 80 and _LABEL.fullmatch(text, line_start, line_end) is not None


def _strip(text: str, start: int, end: int) -> Piece:
    """Return the piece without quotes, brackets and what ends the sentence."""
    opened = start
    while opened < end and text[opened] in _OPENERS:
        opened += 1
    while end > opened and text[end - 1] in _LOOSE_END:
        end -= 1
    closed = end
    while closed > opened and (
        text[closed - 1] in _CLOSERS
        or _escapes(text, closed - 1)
        or (text[closed - 1] == "\\" and text[closed : closed + 1] in _UNQUOTED)
    ):
        closed -= 1
    while closed > opened and text[closed - 1] in _LOOSE_END and closed < end:
        closed -= 1
    is_quoted = text[opened - 1 : opened] in _QUOTED and text[closed : closed + 1] in _UNQUOTED
    return Piece(opened, closed, is_quoted)


def _escapes(text: str, at: int) -> bool:
    """Backslashes belong to the quote behind them."""
    return text[at] == "\\" and text[at + 1 : at + 2] in _ESCAPED


def _joint(before: str, piece: Piece) -> float:
    """Return how much what stands before a piece says that it is the one."""
    bare = before.rstrip(_OPENERS + " \t\n")
    score = 0.0
    if _COLON.search(bare) or _ASKED.fullmatch(bare):
        score = 3
    elif words := bare[-48:].lower().split()[-2:]:
        last = words[-1].strip(_AROUND_WORDS)
        both = f"{words[0]} {last}"
        score = 3 if last in JOINTS or both in JOINTS else 2 if last in MOVES else 0
    if bare.endswith(_SPOKEN_JOINTS):
        score = 3
    if not bare or bare.isspace() or _SPOKEN_END.match(bare[-1]):
        score = max(score, 2)
    if _ENDS_HEADING.match(before):
        score = 3
    return score + 2 * piece.is_quoted


_ENDS_HEADING = re.compile(
    r"s?(?:[*_]{1,3}[ \t]{0,4}(?:\r?\n|\\n)"
    r"|[ \t]{0,4}(?:\r?\n|\\n)[ \t>]{0,12}(?:-{3,60}|={3,60}|~{3,60})[ \t]{0,8}(?:\r?\n|\\n))"
)
"""`**Password**`, and words with a line drawn below them."""
_SPOKEN_END = re.compile(f"[{SPOKEN}]")
_SPOKEN_JOINTS = tuple(joint for joint in JOINTS if re.match(f"[{SPOKEN}]", joint))


def _is_setting_by_chance(word: str, joint: float) -> bool:
    """`Kaffee=1610` and `60-Galaxy`: no setting and no measure, where a word like "is" stands right before it."""
    if _NUMBER_AND_NAME.fullmatch(word) or (joint >= 3 and _NAME_AND_NUMBER.fullmatch(word)):
        return True
    setting = _SETTING.fullmatch(word)
    if not setting or (setting["name"].islower() and len(setting["name"]) > 2):
        return False
    return _MIXED.match(word) is not None and oddness_of_password(word.replace("=", "_")) >= 2


_NUMBER_AND_NAME = re.compile(r"[0-9]{2,4}-[A-Z][a-zà-ÿ]{3,16}")
_NAME_AND_NUMBER = re.compile(r"[A-Z][a-zà-ÿ]{4,16}=[0-9]{2,4}")
_SETTING = re.compile(r"(?P<name>[\w.-]{1,20})=[^\s\"'<>(){}]{4,64}")
_MIXED = re.compile(r"(?=[^A-Z]{0,90}[A-Z])(?=[^a-z]{0,90}[a-z])(?=[^0-9]{0,90}[0-9])")


def _judge(text: str, piece: Piece, joint: float, telling: Telling, *, is_foreign: bool, is_next: bool) -> Span | None:
    word = text[piece.start : piece.end]
    match telling:
        case Telling.PASSWORD:
            odd = oddness_of_password(word, is_quoted=piece.is_quoted)
            if not odd and joint >= 3 and is_pin(word) and len(word) > 4:
                odd = 1
            if not odd and joint >= 2 and is_next and _is_setting_by_chance(word, joint):
                odd = 2
            if not odd and is_foreign and joint >= 3 and _SHORT_NAME.fullmatch(word):
                odd = 1
            return Span(piece.start, piece.end, "password") if odd and joint + odd >= ENOUGH else None
        case Telling.KEY:
            odd = oddness_of_key(word)
            return Span(piece.start, piece.end, "token") if odd and joint + odd >= ENOUGH else None
        case Telling.PIN:
            return Span(piece.start, piece.end, "pin") if joint >= 2 and is_pin(word) else None
        case Telling.PAIR:
            return _judge_pair(text, piece)


def _judge_pair(text: str, piece: Piece) -> Span | None:
    """`bob:secret` in one piece, or `bob / secret` in three."""
    pair = _PAIR.fullmatch(text, piece.start, piece.end)
    if pair and ":" not in pair[3] and oddness_of_password(pair[3]) >= 1:
        return Span(pair.start(3), piece.end, "password")
    before = _AND.search(text[max(0, piece.start - 12) : piece.start]) or _WITH_AND.search(
        text[max(0, piece.start - 96) : piece.start]
    )
    if not before:
        return None
    needed = 1 if before.groupdict().get("sign") or piece.is_quoted else 2
    is_told = oddness_of_password(text[piece.start : piece.end], is_quoted=piece.is_quoted) >= needed
    return Span(piece.start, piece.end, "password") if is_told else None


def _phrase(text: str, piece: Piece, joint: float, telling: Telling) -> Span | None:
    """Several words in quotes, straight behind a colon or an "is"."""
    if telling is not Telling.PASSWORD or piece.start == 0 or joint < 2:
        return None
    phrase = _PHRASE.match(text, piece.start - 1)
    if not phrase:
        return None
    parts = phrase[1].lower().split()
    common = sum(part in PROSE or part in STAND_IN for part in parts)
    if joint < 3 and (common or len(parts) < 3 or not phrase[1].islower()):
        return None
    if is_stand_in(phrase[1]) or common * 3 > len(parts) or (len(parts) == 2 and (common or min(map(len, parts)) < 4)):
        return None
    return Span(*phrase.span(1), "password")


_LAST_LATIN = "\u024f"
_VALUE = rf"[「『]?+(?P<%s>[^\s{SPOKEN}]{{3,80}}+)[」』]?+"


def _between(words: str, spoken: str) -> str:
    return rf"(?:[ \t]{{1,3}}+(?:{words})[ \t]{{1,3}}+|[ \t]{{0,3}}+(?:{spoken})[ \t]{{0,3}}+)"


_CHANGES = (
    re.compile(
        rf"(?:(?<![^\W_])(?:{FROM[0]})[ \t]{{1,3}}+|(?:{FROM[1]})[ \t]{{0,3}}+-?+)"
        rf"{_VALUE % 'old'}(?:{_between(*TO)}|[ \t]{{1,3}}+ל-?+){_VALUE % 'new'}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![^\s{SPOKEN}]){_VALUE % 'old'}{_between(*BETWEEN)}{_VALUE % 'new'}", re.IGNORECASE),
)
_NEW_LINE = re.compile(r"\n|\\{1,4}n")
_BLANK = re.compile(r"(?:[ \t]*(?:\r?\n|\\{1,4}n)(?:[ \t]*```\w*)?)*")
_CHAT = re.compile(r" {0,8}(?:\[[\d:]{4,8}\] ?)?\w{1,20}: \S")
_ANSWER = re.compile(r" {0,8}(?:\[[\d:]{4,8}\] ?)?\w{1,20}: (?:yes, |sure, |it's |it is )*\S+[ \t]*(?:\r?\n|\\n|\Z)")
_PLACED = re.compile(rf"[ \t](?:\(|(?:{PLACING})\b)[^.\n]{{0,24}}$", re.IGNORECASE)
"""How `_MENTIONED` ends: looked for first, because that tries every beginning with every length."""
_MENTIONED = re.compile(
    rf"(?:\b(?:{TYPING}|with|and(?:[ \t]then)?|is|mit|und|con|avec|com|met|med)[ \t]+"
    rf"|(?P<quote>[\"'`“«*]))[\"'`“«*]{{0,2}}(?P<secret>[^\s\"'`“”«»]{{4,200}}?)"
    rf"[\"'`”»*]{{0,2}}[ \t]+(?:\(|(?:{PLACING})\b)[^.\n]{{0,24}}$",
    re.IGNORECASE,
)
_DATA_GOES_ON = re.compile(r"[\"'][,;:}\])]|</?\w")
