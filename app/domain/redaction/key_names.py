"""Names that tell a secret: which keys have secret values, and how convincing such a value must be.

A key is cut into words (`dbPassword`, `DB_PASSWORD` and `db-password` are the same two), and judged by how it
ends: `github_token` is a token, `token_count` is a count. Names differ in how often something harmless stands
behind them ("token" is also a word of linguistics and of parsers), which is what `need` says.
"""

import re
from dataclasses import dataclass
from typing import Literal

from app.domain.redaction.words import NEUTRAL, OTHER_BEFORE, OTHER_THING

# any: everything but a stand-in. firm: more than a plain word. strong: looks made by a machine. random: cannot be
# anything else.
Need = Literal["any", "firm", "strong", "random"]


@dataclass(frozen=True, slots=True)
class KeyName:
    """One row: a kind, what its values must look like, the endings of its names (words run together), and
    examples as in `rules`. With `whole`, the ending must be whole words: `pass` ends `db_pass`, not
    `compass`."""

    kind: str
    need: Need
    endings: tuple[str, ...]
    goes: str
    stays: str
    whole: bool = False


def _row(kind: str, need: Need, endings: str, goes: str, stays: str, *, whole: bool = False) -> KeyName:
    return KeyName(kind, need, tuple(endings.split()), goes, stays, whole)


_HEX = "9f86d081884c7d65" + "9a2feaa0c55ad015"

# Earlier rows win: `aws_secret_access_key` also ends like an access key.
NAMES: tuple[KeyName, ...] = (
    _row(
        "aws_secret_access_key",
        "firm",
        "awssecretaccesskey awssecretkey secretaccesskey",
        "aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG" + "/bPxRfiCYEXAMPLEKEY»",
        "aws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}",
    ),
    _row(
        "client_secret",
        "firm",
        "clientsecret appsecret consumersecret",
        "'client-secret' => '«" + _HEX + "»'",
        "'client-secret' => env('CLIENT_SECRET')",
    ),
    _row(
        "api_key",
        "firm",
        "apikey apihash artapi honeycombteam subscriptionkey integrationkey licensekey authkey",
        'API_KEY="«' + _HEX + '»"',
        'API_KEY="YOUR_API_KEY"',
    ),
    _row(
        "access_key",
        "firm",
        "accesskey accountkey storagekey sharedkey masterkey",
        "accessKey: «" + _HEX + "»",
        "accessKeyId: someone",
    ),
    _row(
        "private_key",
        "firm",
        "privatekey privkey signingkey clientkeydata",
        '"private_key": "«' + _HEX + '»"',
        '"private_key_id": "' + _HEX + '"',
    ),
    _row(
        "secret_key",
        "firm",
        "secretkey secretkeybase encryptionkey encryptkey cipherkey hmackey fernetkey "
        "aeskey cryptokey cryptkey jwtkey macaroonkey appkey cookiekey sessionkey secureauthkey "
        "loggedinkey noncekey authsalt secureauthsalt loggedinsalt noncesalt",
        "SECRET_KEY_BASE=«" + _HEX + "»",
        "primary_key=invoice_9 public_key=" + _HEX,
    ),
    _row(
        "password",
        "any",
        "password passwd passphrase passcode passwort pwd psk passwrd "
        " userpass dbpass rootpass mailpass adminpass ftppass smtppass loginpass mypass sudopass sshpass storepass "
        "keypass bindpw rootpw olcrootpw adminpw keymaterial smtppw",
        "export DB_PASSWORD=«hunter" + "2»",
        '"password_hint": "the dog from 1999", password: str',
    ),
    _row(
        "password",
        "firm",
        "pw parola sifre mdp clave contrasena kennwort senha wachtwoord haslo heslo salasana adgangskode motdepasse "
        "demotdepasse passe passord",
        "ADMIN_PW=«s3cr" + "et!»",
        "pw: 12",
        whole=True,
    ),
    _row("password", "firm", "pass", "SMTP_PASS=«s3cr" + "et!»", "bypass=abc123! pass: 12", whole=True),
    _row(
        "session_id",
        "strong",
        "sessionid sessid connectsid laravelsession cookiesession sessioncookie aspnetcorecookies authcookie "
        "usersession",
        "PHPSESSID=«" + _HEX + "»",
        "session_id: 12",
    ),
    _row(
        "token",
        "strong",
        "token bearer",
        "curl --token «" + _HEX + "» https://example.org",
        "max_tokens=100 token_count: 12 token = get_token() csrf_token=" + _HEX,
    ),
    _row(
        "otp_secret",
        "strong",
        "mfaseed totpseed otpseed otpsecret totpsecret mfasecret",
        "MFA_SEED=«" + "JBSWY3DP" + "EHPK3PXP2»",
        "otp_length=6",
    ),
    _row("token", "strong", "pat", "AZURE_DEVOPS_EXT_PAT=«" + _HEX + "»", "pat=12 file.pat: x", whole=True),
    _row("secret", "firm", "secret", "secret: '«s3cr" + "et!»'", "secret: my-secret"),
    _row(
        "credentials",
        "strong",
        "credential credentials creds cred",
        "credentials: «" + _HEX + "»",
        "credentials: true",
    ),
    _row("auth", "strong", "auth", "_auth=«" + _HEX + "»", "auth: basic", whole=True),
    _row(
        "session",
        "random",
        "session",
        "_shop_session=«" + _HEX + "»",
        "session=" + _HEX + " session = Session()",
        whole=True,
    ),
    _row(
        "key",
        "random",
        "key",
        "ROUTING_KEY=«" + _HEX + "»",
        "primary_key=" + _HEX + " key=" + _HEX + " sort_key=12",
        whole=True,
    ),
)

_ORDINALS = frozenset(
    ["first", "second", "third", "last", "next", "single", "one", "two", "multi", "all", "did", "to", "boarding"]
)
_FOREIGN = next(row for row in NAMES if row.kind == "password")
_FOREIGN_ENDINGS = (
    "密码",
    "密碼",
    "口令",
    "密钥",
    "密鑰",
    "パスワード",
    "비밀번호",
    "пароль",
    "ключ",
    "şifre",
    "hasło",
    "contraseña",
    "lösenord",
    "κωδικός",
    "סיסמה",
    "schlüssel",
)
_ANY_ENDING = tuple(ending + plural for row in NAMES for ending in row.endings for plural in ("", "s"))

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LONGEST_KEY = 96


def find_key_name(key: str) -> tuple[KeyName, Need] | None:
    """Find the row a key falls under, and what its value must look like; None for a key that tells no
    secret."""
    if len(key) > _LONGEST_KEY:
        return None
    if not key.isascii():
        return (_FOREIGN, "firm") if key.lower().rstrip("0123456789_.- ").endswith(_FOREIGN_ENDINGS) else None
    words = [word.lower() for word in _WORDS.findall(key)]
    for end in range(len(words), max(0, len(words) - 3), -1):
        row = _row_for(words[:end])
        if row:
            need = _need(row, words[:end], words[end:], is_option=key.startswith("--"))
            return (row, need) if need else None
    return None


def _row_for(words: list[str]) -> KeyName | None:
    joined = "".join(words)
    if not joined.endswith(_ANY_ENDING):
        return None
    for row in NAMES:
        if words[-1] in row.endings if row.whole else joined.endswith(row.endings):
            return None if row.kind in ("key", "session") and len(words) < 2 else row
    # `passwords`, `api_keys`: the singular decides.
    return _row_for([*words[:-1], words[-1][:-1]]) if words[-1].endswith("s") and len(words[-1]) > 3 else None


def _need(row: KeyName, words: list[str], rest: list[str], *, is_option: bool) -> Need | None:
    if is_option and rest[-1:] == ["env"]:
        return None
    if any(word in OTHER_THING for word in rest) or any(word in OTHER_BEFORE for word in words[-3:-1]):
        return None
    if row.whole and row.kind == "password" and len(words) > 1 and words[-1] in ("pass", "pw") and not rest:
        return None if words[-2] in _ORDINALS else "any"
    plain = all(word.isdigit() or word in NEUTRAL for word in rest)
    singular = "".join(words).endswith(row.endings)
    return row.need if (plain and singular) or row.need == "random" else "strong"
