"""Secrets in program text that are told by the function they are handed to, not by a name."""

import re
from dataclasses import replace

from app.domain.redaction.rules.rule import (
    Check,
    Rule,
    is_named_before,
    is_sent_for_password,
    is_typed_into_password,
    mixed,
    place,
    secret_is_made_up,
    secret_is_odd,
    secret_is_random,
    secret_is_real,
)

_STRING = (
    r"(?:String::from\(|Some\()?[bruf@]{0,2}"
    r"(?:\\{0,3}\"[^\"\\\n]{0,200}\\{0,3}\"|'[^'\n]{0,200}')(?:\.[a-z_]{2,16}\(\))?\)?"
)
"""An argument before the secret; quoted again inside a string of JSON, and in Rust made a `String`."""
_PW = "S3cr" + "et!x9"


def _call(
    names: str, arguments: int, *, goes: str, stays: str, kind: str = "password", check: Check = secret_is_real
) -> Rule:
    """A rule for functions, separated by bars, whose secret stands behind so many other arguments."""
    near = tuple(f"{name}(" for name in names.lower().split("|"))
    lead = (
        rf"(?:{'|'.join(map(_escaped, near))})\s{{0,40}}"
        + rf"(?:{_STRING}|[\w.:&*$]{{1,60}}(?:\(\))?|\{{[^{{}}\n]{{0,200}}\}})\s{{0,4}},\s{{0,40}}" * arguments
    )
    pattern = (
        rf"{lead}(?:String::from\(|Some\(|@|[bruf]{{1,2}})?"
        r"(?P<quote>\\{0,3}[\"'])(?P<secret>(?:(?!(?P=quote))(?:[^\\\n]|\\.)){3,256}+)(?P=quote)"
    )
    return place(kind, near, pattern, goes=goes.replace("«»", f"«{_PW}»"), stays=stays, check=check)


def _escaped(name: str) -> str:
    return name.replace("(", r"\(").replace(".", r"\.")


CALLS: tuple[Rule, ...] = (
    _call(
        "getconnection|dbi->connect|new pdo|pdo|mysqli_connect|mysql_connect|new mysqli|createconnection|mysqli|"
        "plainauth|ftp.open|ftps.open|login_tls|dsa.connect|keyring.set_password|set_password|usernamepasswordauthenticationtoken|oracledb.connect|cx_oracle.connect|"
        "dbconnect",
        2,
        goes='DriverManager.getConnection("jdbc:mysql://db/x", "bob", "«»")',
        stays='DriverManager.getConnection("jdbc:mysql://db/x", "bob", "<password>")',
    ),
    _call(
        "networkcredential|auth=|sqlcredential|.login|login|basic_auth|basicauth|setbasicauth|httpbasicauth|pscredential|authenticate|wifi.begin|"
        "usernamepasswordcredentials|passwordauthentication|basicawscredentials|usernamepassword|plaintextauthprovider|db.auth|"
        "basiccredentials|signin|sign_in|log_in|http_basic_authenticate_with|basicauthentication|credentials|passwordcredential|"
        "createuser|create_user|create_superuser|signinwithemailandpassword|setcredentials|set_credentials|authorize|"
        "credentials::new|credential::new|username_pw_set|httpdigestauth|httpntlmauth|digestauth|passwordauthenticator|"
        "simple_bind|simple_bind_s|bind_s|createuserwithemailandpassword|with_credentials|withcredentials|userpasscredentials|"
        "credentials.basic|auth.basic|basicauth::new",
        1,
        goes='new NetworkCredential("bob", "«»")',
        stays='login("bob", "password"); authenticate(user, "...")',
    ),
    place(
        "secret",
        ("config(", "env(", ".str(", ".get(", "fetch("),
        r"(?:config|env|\.str|\.get|fetch)\(\s{0,40}+[\"'](?P<name>[\w.-]{2,80}+)[\"']\s{0,4}+,\s{0,40}+(?:cast=\w{1,20}+,\s{0,4}+)?+"
        r"(?:default|fallback)\s{0,2}+[=:]\s{0,2}+[bruf]?(?P<quote>[\"'])"
        r"(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.){3,256}+)(?P=quote)",
        goes=f"config('DB_PASSWORD', default='«{_PW}»')",
        stays="config('DB_PASSWORD', default=''), config('DB_NAME', default='shop7')",
        check=is_named_before,
    ),
    # A database's name, or its host, comes first; these are plain words, so the password must look like one.
    _call(
        "database|pymysql.connect|mysqldb.connect|mysql.connect|pgsql.connect|connection|ssh.connect|sftp.connect|"
        "dbi.connect|mysql.createconnection|odbc_connect|oci_connect|ibase_connect|db2_connect|"
        "ssh2_auth_password|ftp_login|ftp|ftp_tls|client.connect|ldap_bind|smb.connect",
        2,
        goes="conn = database('shop', 'bob', '«»');",
        stays="database('shop', 'bob', 'orders'); connection('a', 'b', 'release-2')",
        check=secret_is_odd,
    ),
    # Net::SMTP: host, port, own domain, user
    _call(
        "smtp.start|smtp.new|net::smtp.start",
        4,
        goes="Net::SMTP.start('mail.example.org', 587, 'example.org', 'bob', '«»', :login)",
        stays="Net::SMTP.start('mail.example.org', 587, 'example.org', 'bob', ENV['SMTP_PW'], :login)",
    ),
    _call(
        "pyotp.totp|new totp|totp|new_totp",
        0,
        goes='pyotp.TOTP("«JBSWY3DP' + 'EHPK3PXP»")',
        stays='TOTP("{secret}")',
        kind="otp_secret",
    ),
    _call(
        "client|linebotapi|rollbar.init|sendgridapiclient|webclient|telegram.bot|openai|anthropic|stripe|slackclient|bot|configure|"
        "api|init|auth|setup|connect|new_client|newclient|pusher|groq|mistral|asyncopenai|asyncanthropic|token.credentials",
        0,
        goes='cohere.Client("«' + mixed(40) + '»")',
        stays='Client("https://example.org/a1b2c3d4e5f6a7b8c9d0"), init("production")',
        kind="token",
        check=secret_is_random,
    ),
    _call(
        "client|algoliasearch|twilio|searchclient|razorpay|auth=|basicawscredentials|new_client|oauth|oauth1|oauth1session|sheets",
        1,
        goes='algoliasearch("ZDJ9NJIDJ4", "«' + mixed(32) + '»")',
        stays='Client("eu-west-1", "https://example.org/a1b2c3d4e5f6a7b8c9d0")',
        kind="token",
        check=secret_is_random,
    ),
    # Java asks for passwords as characters, and for hardly anything else.
    replace(
        place(
            "password",
            ('".tochararray()', '\\".tochararray()'),
            r"(?P<secret>)\\{0,3}\"\.tochararray\(\)",
            goes='keyStore.load(in, "' + f"«{_PW}»" + '".toCharArray());',
            stays='"hello".toCharArray(); "".toCharArray(); "abcdefghijklmnop".toCharArray()',
            check=None,
        ),
        lead=re.compile(r"(?<=\")(?=[^\"\n]{0,90}[0-9!@#$%^&*?+])[^\s\"\\]{4,90}\Z"),
    ),
    # Browser tests, and what drives a terminal: the password is typed where a password is asked for.
    place(
        "password",
        (
            *(".fill(", ".type(", ".sendkeys(", ".send_keys(", ".val(", ".settext(", ".set_text(", ".setvalue("),
            *(".typetext(", ".fillfield(", ".entertext(", ".inputtext(", ".set_value(", "fill_in ", "fill_in("),
            *(".press_sequentially(", ".presssequentially(", ".value = ", ".value="),
        ),
        r"(?:[\w.]{3,24}\(\s{0,8}|\.value ?= ?|fill_in )"
        r"(?:\\{0,3}[\"'`][^\n,]{1,120}?\\{0,3}[\"'`]\s{0,4},\s{0,8}(?:with: ?)?)?"
        r"[bruf]?(?P<quote>\\{0,3}[\"'`])(?P<secret>[^\"'`\\\n{}]{4,128})(?:\\{1,4}[rn]|\{[a-z]{3,12}\}){0,2}(?P=quote)",
        goes="cy.get('[name=password]').type('" + f"«{_PW}»" + "')",
        stays="cy.get('[name=user]').type('" + _PW + "'); page.fill('#password', 'wrong password')",
        check=is_typed_into_password,
    ),
    # expect(1): what is sent once the password is asked for
    place(
        "password",
        ("send ", "send_user ", "exp_send ", ".send(", ".sendline("),
        r"(?:(?:(?<![\w.])|(?<=\\n))(?:exp_)?send(?:_user)? (?:-- |-s |-h )?|\.send(?:line)?\([bruf]?)"
        r"(?P<quote>\\{0,3}[\"'])"
        r"(?P<secret>[^\"'\\\n$]{4,128})(?:\\{1,4}[rn]){0,2}(?P=quote)",
        goes='expect "assword:" { send "' + f"«{_PW}»" + '\\r" }',
        stays='expect "assword:"\nsend "$pw\\r"; expect "name:"\nsend "' + _PW + '\\r"',
        check=is_sent_for_password,
    ),
    _call(
        "mysql_real_connect|pqsetdblogin|mysqli_real_connect|createuserwithpassword",
        3,
        goes='mysql_real_connect(conn, "db", "bob", "«»", "shop", 0, NULL, 0);',
        stays='mysql_real_connect(conn, host, user, pw, "shop", 0, NULL, 0);',
    ),
    _call(
        "jwt.sign|jwt.verify|jwt.encode|jwt.decode|createhmac|hash_hmac|hmac_sha256|crypto.createcipher|cryptojs.aes.encrypt",
        1,
        goes="jwt.sign({ id: user.id }, '«»', { expiresIn: '1h' })",
        stays="createHmac('sha256', 'hex'); jwt.verify(token, process.env.JWT_SECRET)",
        kind="secret",
        check=secret_is_made_up,
    ),
    _call(
        "hash_hmac",
        2,
        goes="hash_hmac('sha256', $data, '«»')",
        stays="hash_hmac('sha256', $data, $key)",
        kind="secret",
        check=secret_is_made_up,
    ),
    _call(
        "hmac.hexdigest|hmac.digest|hmac.base64digest",
        1,
        goes="OpenSSL::HMAC.hexdigest('SHA256', '«»', data)",
        stays="OpenSSL::HMAC.hexdigest('SHA256', key, data)",
        kind="secret",
        check=secret_is_made_up,
    ),
    _call(
        "hmac.new|urlsafetimedserializer|fernet|aes.new|session_secret|cookiesession|cookieparser|signedcookies",
        0,
        goes="hmac.new(b'«»', body, 'sha256')",
        stays="hmac.new(b'', body)",
        kind="secret",
        check=secret_is_made_up,
    ),
)
