"""Secrets in program text that are told by the function they are handed to, not by a name."""

from app.domain.redaction.rules.rule import (
    Check,
    Rule,
    is_named_before,
    mixed,
    place,
    secret_is_made_up,
    secret_is_random,
    secret_is_real,
)

_STRING = r"[bruf]{0,2}(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')"
_PW = "S3cr" + "et!x9"


def _call(
    names: str, arguments: int, *, goes: str, stays: str, kind: str = "password", check: Check = secret_is_real
) -> Rule:
    """A rule for functions, separated by bars, whose secret stands behind so many other arguments."""
    near = tuple(f"{name}(" for name in names.lower().split("|"))
    lead = (
        rf"(?:{'|'.join(map(_escaped, near))})\s{{0,40}}"
        + rf"(?:{_STRING}|[\w.:&*$]{{1,60}}|\{{[^{{}}\n]{{0,200}}\}})\s{{0,4}},\s{{0,40}}" * arguments
    )
    pattern = (
        rf"{lead}(?:Some\(|@|[bruf]{{1,2}})?"
        r"(?P<quote>[\"'])(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.){3,256}+)(?P=quote)"
    )
    return place(kind, near, pattern, goes=goes.replace("«»", f"«{_PW}»"), stays=stays, check=check)


def _escaped(name: str) -> str:
    return name.replace("(", r"\(").replace(".", r"\.")


CALLS: tuple[Rule, ...] = (
    _call(
        "getconnection|dbi->connect|new pdo|pdo|mysqli_connect|mysql_connect|new mysqli|createconnection|mysqli|"
        "keyring.set_password|set_password|usernamepasswordauthenticationtoken|oracledb.connect|cx_oracle.connect|"
        "dbconnect",
        2,
        goes='DriverManager.getConnection("jdbc:mysql://db/x", "bob", "«»")',
        stays='DriverManager.getConnection("jdbc:mysql://db/x", "bob", "<password>")',
    ),
    _call(
        "networkcredential|auth=|sqlcredential|.login|login|basic_auth|basicauth|setbasicauth|httpbasicauth|pscredential|authenticate|wifi.begin|"
        "usernamepasswordcredentials|passwordauthentication|basicawscredentials|usernamepassword|plaintextauthprovider|db.auth|"
        "basiccredentials|signin|sign_in|log_in|http_basic_authenticate_with|basicauthentication|credentials|passwordcredential|"
        "createuser|create_user|create_superuser|signinwithemailandpassword|setcredentials|set_credentials|authorize|plainauth",
        1,
        goes='new NetworkCredential("bob", "«»")',
        stays='login("bob", "password"); authenticate(user, "...")',
    ),
    place(
        "secret",
        ("config(", "env(", ".str(", "getenv(", ".get(", "fetch("),
        r"(?:config|env|\.str|\.get|fetch)\(\s{0,40}+[\"'](?P<name>[\w.-]{2,80}+)[\"']\s{0,4}+,\s{0,40}+(?:cast=\w{1,20}+,\s{0,4}+)?+"
        r"(?:default|fallback)\s{0,2}+[=:]\s{0,2}+[bruf]?(?P<quote>[\"'])"
        r"(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.){3,256}+)(?P=quote)",
        goes=f"config('DB_PASSWORD', default='«{_PW}»')",
        stays="config('DB_PASSWORD', default=''), config('DB_NAME', default='shop7')",
        check=is_named_before,
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
