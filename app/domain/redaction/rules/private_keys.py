"""Private keys, whatever their armour, also those that are cut off before their end."""

from dataclasses import replace

from app.domain.redaction.rules.rule import Rule, holds_key, mixed, token

# RFC 7468, RFC 1421, RFC 9580: armour, and what stands between its lines when it is quoted inside other text.
_GAP = r"(?:\s|\\{1,4}+[nrt]|[\"'+,>#;|])"
_BASE64 = r"(?:[A-Za-z0-9+/]|\\/)"
_PRIVATE = r"[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
_KEY_HEADERS = rf"(?:{_GAP}{{1,20}}+(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\n\\]{{0,120}}+){{0,6}}+"
_CUT_OFF_BODY = (
    rf"{_KEY_HEADERS}(?:{_GAP}{{0,30}}+{_BASE64}{{24,}}+={{0,2}}+)*+"
    rf"(?:{_GAP}{{0,30}}+{_BASE64}{{4,}}+={{0,2}}+(?=\s{{0,20}}+\Z|[\"'\\]))?+"
)
_PEM = rf"-----BEGIN {_PRIVATE}(?:(?:[^-]++|-(?!----))*+-----END {_PRIVATE}|{_CUT_OFF_BODY})"

PRIVATE_KEYS: tuple[Rule, ...] = (
    replace(
        token(
            "private_key",
            "-----BEGIN",
            rf"(?P<secret>{_PEM})",
            goes="«-----BEGIN RSA PRIV"
            + "ATE KEY-----\n"
            + mixed(64)
            + "\n"
            + mixed(20)
            + "==\n-----END RSA PRIV"
            + "ATE KEY-----»",
            stays="-----BEGIN PUBLIC KEY-----\n" + mixed(64) + "\n-----END PUBLIC KEY-----",
            inside=True,
        ),
        check=holds_key,
    ),
    # PuTTY's .ppk: the private lines follow their count.
    token(
        "private_key",
        "Private-Lines:",
        r"Private-Lines: [0-9]{1,4}+\s{1,4}+(?P<secret>(?:[A-Za-z0-9+/=]{1,128}+(?:\r?\n|\\n|\Z))++)",
        goes="Private-Lines: 2\n«" + mixed(64) + "\n" + mixed(40) + "=\n»Private-MAC: 00",
        stays="Public-Lines: 2\n" + mixed(64) + "\n",
    ),
    token(
        "age_secret_key",
        "AGE-SECRET-KEY-1",
        r"AGE-SECRET-KEY-1[A-Z0-9]{50,}+",
        goes="# key\n«AGE-SECRET-" + "KEY-1" + mixed(58).upper() + "»",
        stays="age1" + mixed(58).lower(),
    ),
)
