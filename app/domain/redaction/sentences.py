"""Passwords told in sentences: "the password for the VPN is ...", in the languages that people chat in.

Each language is a row: its words for a password, and what may stand between the word and the password. In a sentence
anything may follow, so the value has to look like no word of a language: a digit or a sign among its letters, or a PIN.
"""

import re

from app.domain.redaction.rules.rule import Check, Match, Rule, mixed
from app.domain.redaction.values import is_stand_in, is_strong

KIND = "password"

_FILLER = r"(?:[ \t]{1,3}+[^\W\d_][\w.@'’/-]{0,40}+){0,6}?"
_OPEN, _CLOSE = "\"'`«»“”„‘’「『*_", "\"'`»«”“’‘」』*_"
_COLON = r"[ \t]{0,3}+(?:[:：→]|[-=]>|[–—])[ \t]{0,3}+"
_STOPS = rf"\s{_OPEN}{_CLOSE}<>()\[\]，。、；：！"
_ENDS = rf"(?=[.,;?…]{{0,3}}+(?:[{_STOPS}]|\Z)|です|입니다)"
_VALUE = rf"[{_OPEN}]{{0,3}}+(?P<secret>(?![&:*])[^{_STOPS}]{{4,100}}?){_ENDS}"

_ASCII_VALUE = rf"[{_OPEN}]{{0,3}}+(?P<secret>(?![&:*])[!#-&*-~]{{4,100}})"

_ALGORITHM = re.compile(
    r"(?:sha|md|utf|base|aes|rsa|b?crypt|argon|pbkdf|hmac|tls|ssl|oauth|http|iso|rfc|ascii|v)[\d-]\S*", re.I
)
_ORDINARY = re.compile(
    r"""[\w.+-]+@[\w-]+\.[\w.]+             # an address
      | [\w-]+=\S*                         # an assignment
      | \w+://\S* | (?:[\w-]+/)+[\w.-]*     # a link, a path
      | \d{1,4}(?:[-./:]\d{1,4}){1,3}       # a date, a time, a version
      | \d+(?:[-–]\d+)?(?:%|[a-z]{1,3}|-\w+)?     # 8-16, 12px, 8-character
      | [^\W\d_]+(?:[-'’./][^\W\d_]+)*      # words
      | \$[A-Z_]+ | \$?\w*[{(]\S*          # a variable
      | [\w.-]+\.(?:md|txt|ya?ml|json|env|py|js|ts|sh|ini|cfg|conf|toml|xml|csv|pdf|html?|docx?|xlsx?)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _is_told(match: Match) -> bool:
    value = match["secret"]
    return not _ORDINARY.fullmatch(value) and not _ALGORITHM.fullmatch(value) and _is_odd(value)


def _is_made_by_machine(match: Match) -> bool:
    value = match["secret"]
    has_digits = sum(character.isdigit() for character in value) >= 2
    return (
        has_digits
        and is_strong(value)
        and not _ORDINARY.fullmatch(value)
        and not _ID.fullmatch(value)
        and not is_stand_in(value)
    )


_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:[a-z]+[-_.])+[a-z]+\d{0,3}", re.IGNORECASE)


def _is_odd(value: str) -> bool:
    """Return whether no language has such a word: letters together with digits or signs."""
    letters = any(character.isalpha() for character in value)
    others = any(not character.isalpha() and character not in "-'’.,/_" for character in value)
    return letters and others and not is_stand_in(value)


def _is_number(match: Match) -> bool:
    return len(set(match["secret"])) > 1


def _row(words: str, joints: str, goes: str, stays: str, *, check: Check = _is_told, value: str = _VALUE) -> Rule:
    """A rule for `words`, separated by bars, with one of `joints` (or a colon) between them and the password."""
    joint = rf"(?:{_COLON}|[ \t]{{0,3}}+(?:{joints})[ \t:]{{0,4}}+)"
    pattern = rf"(?<!\w)(?:{words}){_FILLER}{joint}{value}"
    return Rule(KIND, tuple(words.split("|")), re.compile(pattern, re.IGNORECASE), goes, stays, check, True, True)


def _foreign(words: str, joints: str, sentence: str, prose: str) -> Rule:
    """A row of the table below; « » in `sentence` is where its password goes.

    Where words are written without spaces, the password is what is not written in the same script."""
    value = _VALUE if words.isascii() or " " in joints else _ASCII_VALUE
    return _row(words, joints, sentence.replace("«»", "«Sommer" + "2024!x»"), prose, value=value)


_SPACED = r"(?<=[ \t])(?:{})(?=[ \t:])"


def _spaced(words: str) -> str:
    return _SPACED.format(words)


SENTENCES: tuple[Rule, ...] = (
    _foreign(
        "password|passphrase|passcode|passwd|pwd|pw",
        _spaced(
            r"(?:(?:is|was|be|been|gets|got) )?"
            r"(?:is|was|now|still|currently|will be|(?:re)?set to|changed to|updated to)"
        ),
        "The password for the VPN is «», ask me",
        "The password is required. The password is hashed with SHA-256. Your password was reset 3 times.",
    ),
    _foreign(
        "passwort|kennwort",
        _spaced("ist|lautet|war|ist jetzt|ist nun"),
        "Das Passwort zum Server lautet «»",
        "Das Passwort ist falsch, mindestens 8 Zeichen",
    ),
    _foreign(
        "contraseña|clave", _spaced("es|era|será"), "La contraseña del wifi es «»", "La contraseña es obligatoria"
    ),
    _foreign(
        "mot de passe|mdp", _spaced("est|était|sera"), "Le mot de passe du serveur est «»", "Le mot de passe est requis"
    ),
    _foreign("senha|palavra-passe", _spaced("é|e|era|será"), "A senha do banco é «»", "A senha é obrigatória"),
    _foreign("password|parola d'ordine", _spaced("è|era"), "La password del server è «»", "La password è errata"),
    _foreign("wachtwoord", _spaced("is|was|wordt"), "Het wachtwoord is «»", "Het wachtwoord is verlopen"),
    _foreign("hasło|haslo", _spaced("to|jest|brzmi"), "Hasło do serwera to «»", "Hasło jest wymagane"),
    _foreign("heslo", _spaced("je|zní|bylo"), "Heslo k serveru je «»", "Heslo je povinné"),
    _foreign("lösenordet|lösenord", _spaced("är|var"), "Lösenordet till servern är «»", "Lösenordet är fel"),
    _foreign("adgangskoden|adgangskode|passordet|passord", _spaced("er|var"), "Passordet er «»", "Passordet er feil"),
    _foreign("salasana", _spaced("on|oli"), "Salasana on «»", "Salasana on väärä"),
    _foreign("şifre|sifre|parola", _spaced("şu|este|e"), "Parola este «»", "Parola este incorectă"),
    _foreign("jelszó|jelszo", _spaced("ez|az"), "A jelszó: «»", "A jelszó hibás"),
    _foreign("пароль", _spaced("это|такой|был"), "Пароль от сервера: «»", "Пароль: обязательное поле"),
    _foreign("κωδικός|κωδικος", _spaced("είναι"), "Ο κωδικός είναι «»", "Ο κωδικός είναι λάθος"),
    _foreign("mật khẩu", _spaced("là"), "Mật khẩu là «»", "Mật khẩu là bắt buộc"),
    _foreign("kata sandi", _spaced("adalah|ialah"), "Kata sandi adalah «»", "Kata sandi adalah wajib"),
    _foreign("סיסמה|הסיסמה", _spaced("היא"), "הסיסמה היא «»", "הסיסמה היא שגויה"),
    _foreign("كلمة المرور|كلمة السر", _spaced("هي"), "كلمة المرور هي «»", "كلمة المرور مطلوبة"),
    _foreign("密码|密碼|口令", "是|为|為|就是", "密码是«»", "密码是必填项"),
    _foreign("パスワード", "は", "パスワードは「«»」です", "パスワードは必須です"),
    _foreign("비밀번호|암호", "는|은", "비밀번호는 «»", "비밀번호는 필수입니다"),
    _foreign("पासवर्ड", _spaced("है"), "पासवर्ड: «»", "पासवर्ड ज़रूरी है"),
    _row(
        "pin|pin code|passcode",
        _spaced("is|was|ist|lautet|es|est"),
        "the PIN for the door is «48" + "21»",
        "pin 4 is 3.3 V; PIN: 4 to 6 digits",
        value=r"(?P<secret>[0-9]{4,12})(?![\w.-])",
        check=_is_number,
    ),
    _row(
        "credentials|creds|login|logins|zugangsdaten|identifiants|credenciales",
        _spaced("are|is|with|as|using|sind|sont|son"),
        "creds: admin / «Winter" + "2024!»",
        "login: see https://example.org/a1 or ask",
        value=rf"[\w.@-]{{1,64}}+[ \t]{{0,2}}+[/:|](?!/)[ \t]{{0,2}}+{_VALUE}",
    ),
    Rule(
        KIND,
        ("user", "login", "account"),
        re.compile(
            r"(?<!\w)(?:user(?:name)?|login|account)[ \t:=]{1,4}+[\w.@+-]{1,64},?[ \t]{1,3}(?:(?:and|with)[ \t])?"
            rf"(?:password|pass|pwd|pw)[ \t]{{1,3}}+{_VALUE}",
            re.IGNORECASE,
        ),
        "user bob, password «hunter" + "2xyz»",
        "user bob, password expired yesterday",
        _is_told,
        True,
        True,
    ),
    Rule(
        "token",
        ("token", "api key", "access key", "secret key", "apikey", "secret"),
        re.compile(
            r"(?<!\w)(?:token|api key|apikey|access key|secret key|secret)(?:[ \t]{1,3}+[a-z]{1,20}){0,4}?"
            rf"(?:{_COLON}|[ \t]{{1,3}}+(?:(?:is|was|=)[ \t]{{1,3}}+)?)[{_OPEN}]{{0,3}}"
            rf"(?P<secret>[A-Za-z0-9][\w~+/=-]{{15,200}}?){_ENDS}",
            re.IGNORECASE,
        ),
        "the API key for prod is «" + mixed(22) + "7q9»",
        "the token 550e8400-e29b-41d4-a716-446655440000 is an id; the secret to a well-organised-kitchen2",
        _is_made_by_machine,
        True,
        True,
    ),
    Rule(
        KIND,
        ("use ", "enter ", "type ", "with "),
        re.compile(
            rf"(?<!\w)(?:use|enter|type|with)[ \t]{{1,3}}+{_VALUE}[{_CLOSE}]{{0,3}}+[ \t]{{1,3}}+(?:as|for)[ \t]"
            r"(?:the|your|my|our|a)?[ \t]{0,2}(?:\w{1,20}[ \t])?(?:password|passphrase|passcode|pw)",
            re.IGNORECASE,
        ),
        "use «hunter" + "2!x» as the password",
        "use argon2id for the password; use utf-8 as the password encoding",
        _is_told,
        True,
        True,
    ),
)
