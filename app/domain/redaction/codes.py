"""Recovery codes: whoever has one gets in without the second factor. A site hands them out ten at a time, so behind the
words that announce them stands a list, and every code of it is a secret of its own.
"""

import re
from collections.abc import Iterator

from app.domain.redaction.prefilter import Hits
from app.domain.redaction.spans import Span
from app.domain.redaction.values import has_digit, is_stand_in

KIND = "otp_secret"
MOST_CODES = 32

_WORDS = (
    "recovery code|backup code|scratch code|rescue code|emergency code|recovery key|backup key|wiederherstellungscode|"
    "wiederherstellungsschlüssel|backup-code|backupcode|ersatzcode|sicherungscode|notfallcode|code de récupération|"
    "codes de récupération|code de secours|codes de secours|código de recuperación|códigos de recuperación|"
    "código de respaldo|códigos de respaldo|código de recuperação|códigos de recuperação|código de backup|"
    "códigos de backup|codice di recupero|codici di recupero|codice di backup|codici di backup|herstelcode|back-upcode|"
    "reservecode|kody zapasowe|kod zapasowy|kody odzyskiwania|kod odzyskiwania|záložní kód|záložné kód|"
    "återställningskod|"
    "reservkod|gendannelseskode|gjenopprettingskode|varmuuskoodi|palautuskoodi|yedek kod|kurtarma kod|"
    "coduri de rezervă|"
    "cod de rezervă|coduri de recuperare|cod de recuperare|helyreállítási kód|tartalék kód|rezervni kod|"
    "kod za oporavak|"
    "резервные коды|резервный код|коды восстановления|код восстановления|резервні коди|резервний код|"
    "κωδικοί ανάκτησης|κωδικός ανάκτησης|קודי שחזור|קוד שחזור|קודי גיבוי|رموز الاسترداد|رمز الاسترداد|"
    "リカバリーコード|バックアップコード|回復コード|恢复代码|恢复码|备用码|备份码|備用碼|"
    "복구 코드|백업 코드|mã dự phòng|mã khôi phục|kode cadangan|kode pemulihan|รหัสสำรอง|รหัสกู้คืน"
)
CODE_NEAR = frozenset(_WORDS.split("|"))

_HEAD = re.compile(
    r"[^\W\d_]{0,6}[\"'`*]{0,4}(?:[ \t]{0,4}\([^()\n]{0,60}\))?(?:[^:：=\n]{0,40}?[:：=][\"'`*]{0,4}|[ \t]"
    r"(?:is|are|ist|sind|est|es|è|é)\b"
    r"|(?=[ \t]*+(?:\r?\n|\\n))|(?=[ \t]))"
)
_CODE = re.compile(
    r"(?:\s|\\[nrt]|[,;|>+*•`\"'\[\]]|-[ ]|[0-9]{1,2}[.)][ ]){1,24}+"
    r"(?P<code>[a-z0-9]{4,10}(?:-[a-z0-9]{4,10}){1,7}|[0-9]{4} [0-9]{4}(?! ?[0-9])|[a-z0-9]{8,16})(?![\w(=-]|[.:/@]\w)",
    re.IGNORECASE,
)


def find_codes(text: str, hits: Hits) -> Iterator[Span]:
    """Find the codes behind every word that announces some."""
    done = 0
    for at, word in hits.of(CODE_NEAR):
        if at < done:
            continue
        head = _HEAD.match(text, at + len(word))
        done = head.end() if head else at + len(word)
        for code in _codes(text, done):
            yield Span(*code.span("code"), KIND)
            done = code.end()


def _codes(text: str, at: int) -> Iterator[re.Match[str]]:
    """Yield one code after another, until something else follows."""
    for _ in range(MOST_CODES):
        code = _CODE.match(text, at)
        if not code or not has_digit(code["code"]) or is_stand_in(code["code"]):
            return
        yield code
        at = code.end()
