"""Secrets in files and data that have a shape of their own: password hashes, keys as JSON, one-time-password links."""

import re

from app.domain.redaction.oddness import oddness_of_password
from app.domain.redaction.rules.rule import (
    Match,
    Rule,
    hexed,
    mixed,
    place,
    secret_is_firm,
    secret_is_real,
    secret_is_strong,
    secret_is_varied,
    token,
)
from app.domain.redaction.values import is_stand_in


def _is_jwk(match: Match) -> bool:
    """RFC 7517: a key has a `kty`."""
    text = match.string
    start = max(text.rfind("{", max(0, match.start() - 8_000), match.start()), 0)
    end = text.find("}", match.end(), match.end() + 8_000)
    return "kty" in text[start : end if end >= 0 else match.end() + 8_000]


def _is_random_password(match: Match) -> bool:
    return "random_password" in match.string[max(0, match.start() - 600) : match.start()] and secret_is_real(match)


def _is_configured_key(match: Match) -> bool:
    before = match.string[max(0, match.start() - 240) : match.start()].lower()
    return _SECTIONS.search(before) is not None and secret_is_strong(match)


def _is_in_userlist(match: Match) -> bool:
    """The line has a user before it; that the file is such a list, the form of a hash says, or its name nearby."""
    text, start, end = match.string, match.start(), match.end()
    user = _FIRST_OF_LINE.search(text[max(0, start - 66) : start + 1])
    if user is None or is_stand_in(match["secret"]):
        return False
    around = (text[max(0, start - 400) : start] + text[end : end + 400]).lower()
    is_hashed = match["secret"].startswith(("md5", "SCRAM-SHA-256$")) and len(match["secret"]) >= 35
    return is_hashed or any(name in around for name in ("userlist", "pgbouncer", "auth_file"))


_FIRST_OF_LINE = re.compile(r'(?:\A|\n|\\n)[+> \t]{0,8}"[\w.@*-]{1,63}"\Z')


def _is_second_line(match: Match) -> bool:
    """What stands before the two lines is the tag for them, or names both: first the user, then the password."""
    text, start = match.string, match.start()
    before, behind = text[max(0, start - 120) : start].lower(), match[0].lower()
    named = _LINE_END.split(before)[-1] + _LINE_END.split(behind, maxsplit=1)[0]
    is_named = "<auth" in named or _USER_THEN.search(named) is not None
    return is_named and not is_stand_in(match["secret"]) and oddness_of_password(match["secret"]) >= 1


_LINE_END = re.compile(r"\n|\\n")
_USER_THEN = re.compile(
    r"(?:user|login|benutzer|utilisateur|identifiant|usuario|account|e-?mail)[^\n]{0,60}[^\w\n](?:password|passwort|passphrase|pass|pw)\b"
)
_SECTIONS = re.compile(
    r"(?:crypt|jwt|cosmos|documents\.azure\.com|encryption|signing|aes|cognitive|openai|search\.windows\.net|signalr|symmetric)"
)


def _is_wallet(match: Match) -> bool:
    around = match.string[max(0, match.start() - 60) : match.end() + 60].lower()
    return any(word in around for word in _WALLET_WORDS) and "public" not in around


_WALLET_WORDS = ("private", "accounts:", "wallet", "deployer", "ethereum key", "eth key", "account key", "signer key")
_BIP39 = r"(?:[0-9]{1,2}[.)]?[ ]?)?[a-z]{3,8}"

FILES: tuple[Rule, ...] = (
    # crypt(5), and what frameworks make of it
    token(
        "password_hash",
        "$1$ $2a$ $2b$ $2x$ $2y$ $5$ $6$ $7$ $y$ $gy$ $apr1$ $argon2 $pbkdf2 $scrypt$ $P$ $H$",
        r"\$(?:1|5|6|7|y|gy|apr1|scrypt)\$[\w./$=,+-]{20,}+|\$2[abxy]\$[0-9]{2}\$[\w./]{40,}+|\$(?:argon2|pbkdf2)[\w-]{0,12}\$[\w./$=,+-]{30,}+"
        r"|\$[PH]\$[\w./]{28,}+",
        goes="root:«$6$" + mixed(16) + "$" + mixed(86) + "»:19700:0:99999:7:::",
        stays="costs $5 and $6 and $2b$ is a prefix",
        inside=True,
    ),
    token(
        "password_hash",
        "pbkdf2_sha bcrypt_sha256$ scrypt: {SHA} {SSHA} {CRYPT} {SSHA512}",
        r"(?:pbkdf2_sha\d{1,3}\$[0-9]{3,8}\$[\w./+]{6,64}\$|bcrypt_sha256\$\$2b\$[0-9]{2}\$|scrypt:[0-9:]{6,20}\$\w{6,32}\$|\{(?:SHA|SSHA|CRYPT|SSHA512)\})"
        r"[\w./+$=]{20,}+",
        goes="password: «pbkdf2_sha256$600000$" + mixed(22) + "$" + mixed(43) + "=»",
        stays="pbkdf2_sha256 with 600000 rounds",
    ),
    # netrc(5)
    place(
        "password",
        ("login", "machine"),
        r"(?<!\w)(?:login|machine\s{1,10}+\S{1,128}+\s{1,10}+login)\s{1,10}+(?!anonymous\s|ftp\s)[^\s\"']{1,128}+\s{1,10}+password\s{1,10}+(?P<secret>[^\s\"'\\]{3,256}+)",
        goes="machine example.org login bob password «hunter" + "2»",
        stays="the login page's password field",
        check=secret_is_firm,
    ),
    # postgresql.org/docs: the password file, host:port:database:user:password
    place(
        "password",
        (":5432:", ":5433:", ":6432:", ":5434:", ":6543:", ":*:"),
        r"(?:(?<=[\w.-])|(?<=\A\*)|(?<=[\s\"'`>]\*)|(?<=\\n\*)):(?:[56][0-9]{3}|\*):(?![0-9])[^\s:]{1,64}+:(?![0-9])[^\s:]{1,64}+:"
        r"(?P<secret>(?:\\(?![nr])|[^\s\"'`<>\\]){3,256}+)",
        goes="*:*:*:app:«s3cr" + "et!»",
        stays="listen on 0.0.0.0:5432: see the log; *:5432:*:*:<password>",
        check=secret_is_real,
    ),
    # pgbouncer.org userlist.txt: "user" "password"
    place(
        "password",
        ('" "',),
        r'" "(?P<secret>[^"\s\\]{4,256})"(?=[ \t]{0,8}(?:\r?\n|\Z|\\n))',
        goes='; userlist.txt\n"bob" "«S3cr' + 'et!x9»"',
        stays='; a list\n"bob" "S3cret!x9"',
        check=_is_in_userlist,
    ),
    # openvpn.net auth-user-pass, and whatever else says that the second line is the password
    place(
        "password",
        ("password", "passwort", "passphrase", "<auth>", "<auth-user-pass>", "pass:", "pw:"),
        r"(?:(?<=[^\w\n<-])[^\n:]{0,40}?(?:password|passwort|passphrase|pass|pw)[)\]*:.]{0,3}|<auth>|<auth-user-pass>)"
        r"[ \t]{0,4}(?:\r?\n|\\n)(?:```\w{0,12}(?:\r?\n|\\n))?[+> \t]{0,8}(?!login|password|user"
        r"|pass)[\w.@+-]{2,64}[ \t]{0,4}(?:\r?\n|\\n)[+> \t]{0,8}"
        r"(?P<secret>[^\s<>\"'`\\]{4,128})(?=[ \t]{0,4}(?:\r?\n|\\n|\Z))",
        goes="<auth-user-pass>\nbob\n«Summer" + "2024»\n</auth-user-pass>",
        stays="what to do after the password:\nbob\nSummer2024",
        check=_is_second_line,
    ),
    # strongswan.org ipsec.secrets
    place(
        "password",
        (": psk ", ": eap ", ": xauth ", ": ntlm ", ": ppk "),
        r": (?:PSK|EAP|XAUTH|NTLM|PPK) \\{0,3}\"(?P<secret>[^\"\\\n]{4,256})\\{0,3}\"",
        goes='bob : EAP "«S3cr' + 'et!x9»"',
        stays='bob : EAP "<password>"',
        check=secret_is_real,
    ),
    # pppd(8): user, server, secret, addresses
    place(
        "password",
        ("chap-secrets", "pap-secrets"),
        r"(?:ch|p)ap-secrets[^\n]{0,60}\n"
        r"(?:[+> \t]{0,4}#[^\n]{0,120}\n){0,4}[+> \t]{0,4}[\"']?[\w.@*+-]{1,64}[\"']?[ \t]{1,8}"
        r"[\"']?[\w.*-]{1,64}[\"']?[ \t]{1,8}[\"']?(?P<secret>[^\s\"']{3,128})",
        goes="/etc/ppp/chap-secrets\n# client server secret IP\nbob * «S3cr" + "et!x9» *",
        stays="/etc/ppp/chap-secrets is read\nby pppd",
        check=secret_is_firm,
    ),
    # postfix.org SASL_README: the password map, [host]:port user:password
    place(
        "password",
        ("]:587", "]:465", "]:25", "]:2525"),
        r"\]:[0-9]{2,4}[ \t]{1,8}[^\s:]{1,128}:(?P<secret>[^\s\"'`<>\\]{3,256}+)",
        goes="[mail.example.org]:587 bob@example.org:«s3cr" + "et!»",
        stays="[mail.example.org]:587 bob@example.org:<password>; listen on [::1]:2525 for bob",
        check=secret_is_real,
    ),
    # RFC 2849: what stands behind two colons is base64
    place(
        "password",
        ("userpassword::", "olcrootpw::", "unicodepwd::", "sambantpassword::"),
        r"(?:userpassword|olcrootpw|unicodepwd|sambantpassword):: {0,4}(?P<secret>[A-Za-z0-9+/]{4,512}+={0,2}+)",
        goes="userPassword:: «c2VjcmV0" + "IUp0V1p4Ukk=»",
        stays="userPassword:: <base64>",
        check=secret_is_real,
    ),
    # rclone.org: the remote's section says whose key it is
    place(
        "secret",
        ("type = b2", "type = s3", "type = azureblob", "type = storj", "type = swift", "type=b2"),
        r"type ?= ?\w{2,12}\s{0,4}\n(?:[^\n\[]{0,120}\n){0,8}?"
        r"(?:key|pass|secret_access_key) ?= ?(?P<secret>[^\s]{16,256})",
        goes="[b2]\ntype = b2\naccount = 0090293\nkey = «" + mixed(40) + "»",
        stays="[b2]\ntype = b2\naccount = 0090293\nkey = <key>",
        check=secret_is_strong,
    ),
    # RFC 7517, RFC 7518 6: the private members of a key.
    place(
        "private_key",
        (
            '"d":',
            '"d" :',
            '\\"d\\":',
            '"k":',
            '"k" :',
            '\\"k\\":',
            '"p":',
            '"p" :',
            '"q":',
            '"q" :',
            '"dp":',
            '"dp" :',
            '"dq":',
            '"dq" :',
            '"qi":',
            '"qi" :',
        ),
        r"\\{0,3}+\"?+(?:d|k|p|q|dp|dq|qi)\\{0,3}+\"\s?+:\s{0,4}+\\{0,3}+\"(?P<secret>[\w-]{20,}+)",
        goes='{"kty":"EC","d":"«' + mixed(43) + '»"}',
        stays='{"kty":"EC","x":"' + mixed(43) + '"}, {"d":"' + hexed(40) + '"}',
        check=_is_jwk,
    ),
    # XML keys of .NET: RSAKeyValue's private members
    place(
        "private_key",
        ("<d>", "<p>", "<q>", "<dp>", "<dq>", "<inverseq>"),
        r"<(?:D|P|Q|DP|DQ|InverseQ)>\s{0,20}+(?P<secret>[A-Za-z0-9+/]{40,}+={0,2}+)",
        goes="<RSAKeyValue><D>«" + mixed(86) + "==»</D></RSAKeyValue>",
        stays="<RSAKeyValue><Modulus>" + mixed(86) + "==</Modulus></RSAKeyValue>, <p>text</p>",
        check=secret_is_varied,
    ),
    # Key URI format of authenticator apps
    place(
        "otp_secret",
        ("otpauth://", "otpauth%3a%2f%2f", "otpauth:\\/\\/"),
        r"otpauth(?:://|%3a%2f%2f|:\\/\\/)[^\s\"'<>]{1,200}?(?:[?&]|%3f|%26)secret(?:=|%3d)(?P<secret>[a-z2-7]{16,}+)",
        goes="otpauth://totp/Shop:bob?secret=«JBSWY3DP" + "EHPK3PXP»&issuer=Shop",
        stays="otpauth://totp/Shop:bob?issuer=Shop",
        check=secret_is_varied,
    ),
    place(
        "otp_secret",
        (
            "setup key",
            "totp secret",
            "otp secret",
            "2fa secret",
            "mfa secret",
            "totp key",
            "authenticator key",
            "2fa key",
            "totp seed",
        ),
        r"(?:setup key|totp secret|otp secret|2fa secret|mfa secret|totp key|authenticator key|2fa key|totp seed)"
        r"[^\n:=]{0,60}?[:=\"'` ]{1,6}(?P<secret>(?:[A-Z2-7]{4}[ -]?){4,16})(?![\w])",
        goes="your setup key: «JBSWY3DP" + "EHPK3PXP»",
        stays="the setup key is shown once",
        check=secret_is_varied,
    ),
    # BIP 39: twelve to twenty-four words
    place(
        "seed_phrase",
        (
            "seed phrase",
            "recovery phrase",
            "mnemonic",
            "seed words",
            "backup words",
            "recovery words",
            "backup phrase",
            "wallet words",
            "secret phrase",
            "seed:",
            "wallet phrase",
            "wallet backup",
        ),
        r"(?:(?:seed|recovery|backup|secret|wallet) (?:phrase|words|backup)|mnemonic(?: phrase)?|seed:)[^a-z\n]{0,12}+"
        r"(?:\(?(?:is|are|of|for|the|12|24|my|wallet|words|word)\b[^a-z\n]{0,8}+){0,6}"
        rf"[:\s\"'`=]{{0,8}}(?P<secret>(?:{_BIP39}(?:[ ,]{{1,3}}|,?\r?\n[ ]?)){{11,23}}{_BIP39})(?![\w])",
        goes="seed phrase: «" + "abandon ability able about above absent absorb abstract absurd abuse access accident»",
        stays="A seed phrase has twelve words. Mnemonic: never tell it to anybody",
        check=secret_is_varied,
    ),
    # Terraform's state keeps what it drew.
    place(
        "password",
        ('"result"', '\\"result\\"'),
        r"\\?\"result\\?\"\s{0,4}:\s{0,4}\\?\"(?P<secret>[^\"\\\n]{6,256})",
        goes='"type": "random_password", "instances": [{"attributes": {"result": "«S3cr' + 'et!x9»"}}]',
        stays='{"result": "S3cretariat"}',
        check=_is_random_password,
    ),
    # OpenID Connect, OAuth: what a token endpoint answers is covered by the names; what a hardware token is not.
    place(
        "password",
        ("wpa_passphrase", "psk="),
        r"(?:wpa_passphrase\s{1,4}\S{1,64}\s{1,4}[\"']?|psk=\"?)(?P<secret>[^\s\"']{8,63})",
        goes="wpa_passphrase guest «S3cr" + "et!x9»",
        stays='psk="<password>"',
        check=secret_is_real,
    ),
    # .NET configuration keeps keys under the plainest of names.
    place(
        "key",
        ('key":', 'key" :', 'key\\":', "key' =>", 'key" =>', "key'=>"),
        r"key\\{0,3}[\"']\s{0,4}(?::|=>)\s{0,4}\\{0,3}[\"'](?:base64:)?(?P<secret>[A-Za-z0-9+/=_-]{24,256})\\{0,3}[\"']",
        goes='"Jwt": { "Issuer": "https://example.org", "Key": "«' + mixed(36) + '»" }',
        stays='"item": { "Key": "' + mixed(36) + '" }',
        check=_is_configured_key,
    ),
    place(
        "kubernetes_secret",
        ("get secret",),
        r"get secrets?\s[^\n]{0,200}\.data\.[^\n]{0,120}\n(?:[>$ ]{0,3})"
        r"(?P<secret>[A-Za-z0-9+/]{4,4096}+={0,2}+)(?=\s{0,8}(?:\n|\Z))",
        goes="kubectl get secret shop -o jsonpath='{.data.password}'\n«" + mixed(16) + "»\n",
        stays="kubectl get secret shop\nNAME TYPE",
        check=secret_is_real,
    ),
    # Ethereum: 32 bytes in hex are a key only where somebody says so, a transaction has as many.
    place(
        "wallet_key",
        ("0x",),
        r"(?<![\w])0x(?P<secret>[0-9a-f]{64})(?![\w])",
        goes="deployer private key 0x«" + hexed(64) + "»",
        stays="transaction 0x" + hexed(64),
        check=_is_wallet,
    ),
)
