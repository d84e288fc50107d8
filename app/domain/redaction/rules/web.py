"""Secrets that travel the web: in headers, in addresses, in cookies."""

from dataclasses import replace

from app.domain.redaction.rules.rule import (
    DSN_PASSWORD,
    Rule,
    hexed,
    is_basic,
    is_bearer,
    is_dsn_password,
    is_signed_address,
    mixed,
    place,
    secret_is_machine_made,
    secret_is_random,
    secret_is_real,
    secret_is_strong,
    secret_is_varied,
)

WEB: tuple[Rule, ...] = (
    # RFC 3986 3.2.1: user ":" password "@" in the authority of any scheme.
    place(
        "url_password",
        ("://",),
        r"://[^\s/?#:@\"'`<>]{0,128}+:(?P<secret>[^\s/\"'`<>]{1,256})@(?=[^\s@])",
        goes="postgres://app:«p%40ss" + "w0rd!»@db.example:5432/app",
        stays="http://localhost:8080/@scope ssh://git@host:22 redis://:${REDIS_PASSWORD}@cache",
        check=secret_is_real,
    ),
    place(
        "url_password",
        ("%3a%2f%2f",),
        r"%3a%2f%2f(?:[^\s%\"'`<>&]|%(?!2f|3a)){0,160}+%3a(?P<secret>(?!x-oauth-basic)(?:[^\s%\"'`<>&]|%(?!2f|3f|23)){1,128})%40",
        goes="?next=smtps%3A%2F%2Fbob%2540example.org%3A«hunter" + "2»%40example.org",
        stays="?next=https%3A%2F%2Fexample.org%3A8080%2Fa",
        check=secret_is_real,
    ),
    place(
        "url_token",
        ("%3a%2f%2f",),
        r"%3a%2f%2f(?P<secret>[\w.~-]{20,256}+)(?:%3ax-oauth-basic)?%40",
        goes="?repo=https%3A%2F%2F«" + hexed(40) + "»%40git.example.org%2Facme",
        stays="?next=https%3A%2F%2Fsome-long-user-name-of-somebody%40example.org",
        check=secret_is_machine_made,
    ),
    # RFC 6750
    place(
        "bearer_token",
        ("bearer",),
        r"(?<![a-z0-9_])(?:bearer,?+(?:[ \t]|%20){1,4}+){1,3}+(?P<secret>[\w.~+/%-]{6,}+"
        r"(?:[!|:][\w.~+/%-]{20,}+)?+={0,2}+)",
        goes="Authorization: Bearer «" + mixed(32) + "»",
        stays="Bearer authentication: Authorization: Bearer <token>, Bearer $TOKEN, Bearer YOUR_TOKEN",
        check=is_bearer,
    ),
    # RFC 7617
    place(
        "basic_credentials",
        ("basic",),
        r"(?<![a-z0-9_])basic(?:[ \t]|%20){1,4}+(?P<secret>[a-z0-9+/_-]{6,}+={0,2}+)",
        goes="Authorization: Basic «YWxhZGRpbjpv" + "cGVuc2VzYW1l»",
        stays="Basic authentication sends a user and a password",
        check=is_basic,
    ),
    place(
        "authorization_token",
        ("authorization",),
        r"authorization\\{0,3}+[\"']?+\]?+\s{0,4}+[:=]\s{0,4}+\\{0,3}+[\"'`]?+"
        r"(?:[a-z][a-z0-9-]{1,24}+[ \t]{1,4}+)?+(?P<secret>[\w.~+/-]{16,}+={0,2}+)(?![\w=(])",
        goes="Authorization: Token «" + hexed(40) + "»",
        stays="Authorization: Digest username=bob; authorization = build_authorization_header(x)",
        check=secret_is_strong,
    ),
    # The same header where code, a proxy or a browser's recording sets it: the name and the value are two strings.
    place(
        "authorization_token",
        ("authorization",),
        r"(?<![a-z0-9_])authorization"
        r"(?:\\{0,3}+[\"']\s{0,8}+,\s{0,60}+(?:\\{0,3}+[\"']value\\{0,3}+[\"']\s{0,8}+:\s{0,8}+)?+|[ \t]{1,8}+)"
        r"\\{0,3}+[\"'](?:[a-z][\w-]{1,24}+[ \t]{1,4}+)?+(?P<secret>(?!x-)[\w.~+/-]{16,}+={0,2}+)(?=\\{0,3}+[\"'])",
        goes='{"name": "Authorization", "value": "«' + hexed(32) + '»"}',
        stays='proxy_set_header Authorization "$http_authorization"; .header("authorization", "GenieKey <key>")',
        check=secret_is_machine_made,
    ),
    place(
        "azure_sas_signature",
        ("sig=",),
        r"(?<=[?&;])sig=(?P<secret>[\w%+/=-]{30,}+)",
        goes="https://shop.blob.core.windows.net/a?sv=2022-11-02&sig=«" + mixed(43) + "%3D»",
        stays="config=" + "a" * 40,
        check=secret_is_strong,
    ),
    # docs.aws.amazon.com SigV4, cloud.google.com signed URLs: whoever has the signature may do what it signs.
    place(
        "url_signature",
        ("x-amz-signature=", "x-goog-signature=", "x-amz-security-token="),
        r"x-(?:amz|goog)-(?:signature|security-token)=(?P<secret>[\w%+/=-]{32,}+)",
        goes="https://b.s3.example/a?X-Amz-Expires=60&X-Amz-Signature=«" + hexed(64) + "»",
        stays="X-Amz-Signature=<signature>",
        check=secret_is_strong,
    ),
    # docs.aws.amazon.com signature version 2, CloudFront and Cloud Storage: the name alone says little.
    place(
        "url_signature",
        ("signature=",),
        r"(?:(?<=[?&;])|(?<=u0026))signature=(?P<secret>[\w%+/=~-]{20,}+)",
        goes="https://b.s3.example/a?AWSAccessKeyId=x&Expires=1899999999&Signature=«" + mixed(27) + "%3D»",
        stays="https://example.org/hook?id=1&signature=" + mixed(40),
        check=is_signed_address,
    ),
    # RFC 7616
    place(
        "digest_response",
        ("response=",),
        r"(?<![\w-])response=\\{0,3}+\"?+(?P<secret>[0-9a-f]{32,64})(?![0-9a-z])",
        goes='Authorization: Digest username="bob", nonce="a1", response="«' + hexed(32) + '»"',
        stays='response="ok", response = requests.get(url)',
        check=secret_is_strong,
    ),
    # Addresses that take what is sent to them: the last part of the path is the key.
    place(
        "webhook",
        (
            "/incomingwebhook/",
            "/webhookb2/",
            "/hooks/catch/",
            "/workflows/",
            "/hooks/",
        ),
        r"/(?:webhookb2/[\w@-]{1,90}/IncomingWebhook/|IncomingWebhook/|hooks/catch/[0-9]{3,12}/|workflows/[0-9a-f]{20,40}/triggers/[^\s?]{3,60}\?[^\s]{0,200}sig=|hooks/(?=[a-z0-9]{26}\b))(?P<secret>(?<=webhook/)[\w-]{7,64}|(?<!webhook/)[\w@/-]{7,300})",
        goes="https://acme.webhook.office.com/webhookb2/a@b/IncomingWebhook/«" + hexed(32) + "»/c",
        stays="https://hooks.zapier.com/hooks/catch/ takes it",
        check=secret_is_varied,
    ),
    place(
        "webhook",
        ("chat.googleapis.com/", "hooks.chime.aws/", "?code=", "&code=", "?key=", "&key=", "?token=", "&token="),
        r"[^\s\"'<>]{0,200}?[?&](?:token|code|key)=(?P<secret>[\w%+/=.~-]{30,200})",
        goes="https://chat.googleapis.com/v1/spaces/A/messages?key=x&token=«" + mixed(43) + "»",
        stays="https://example.org/?key=title&token=next",
        check=secret_is_strong,
    ),
    # A token as the user of an address, without a password
    place(
        "url_token",
        ("://",),
        r"://(?P<secret>[\w.~-]{20,256}+)(?::x-oauth-basic)?@(?=[\w.-])",
        goes="git clone https://«" + mixed(40) + "»@git.example.org/acme/app.git",
        stays="https://some-long-user-name-of-somebody@example.org",
        check=secret_is_machine_made,
    ),
    # docs.aws.amazon.com SigV4 in a header
    place(
        "url_signature",
        ("aws4-hmac-sha256", "aws4-ecdsa-p256-sha256"),
        r"aws4-(?:hmac|ecdsa-p256)-sha256[^\n]{0,400}?signature=(?P<secret>[0-9a-f]{64,144})",
        goes="AWS4-HMAC-SHA256 SignedHeaders=host, Signature=«" + hexed(64) + "»",
        stays="AWS4-HMAC-SHA256 SignedHeaders=host, Signature=<signature>",
        check=secret_is_strong,
    ),
    # openweathermap.org and others that call the key of an application its id
    place(
        "url_token",
        (
            "appid=",
            "app_id=",
            "app_key=",
            "appkey=",
            "api_sig=",
            "hapikey=",
            "authkey=",
            "licensekey=",
            "subscription-key=",
        ),
        r"(?<=[?&;])(?:app_?id|app_?key|api_sig|hapikey|authkey|licensekey|subscription-key)=(?P<secret>[\w%.~-]{16,256})",
        goes="https://api.example.org/weather?q=Berlin&appid=«" + hexed(32) + "»&units=metric",
        stays="https://store.example.org/game?appid=730&l=german, ?appid=com.example.app-release",
        check=secret_is_random,
    ),
    # What is set as a cookie, without the word
    place(
        "session_cookie",
        ("sid=", "sessionid=", "session=", "sessid=", "token=", "auth=", "jwt="),
        r"(?:sid|session|sessionid|sessid|token|auth|jwt)=(?P<secret>[\w%.+/=~-]{16,4096}+)"
        r"(?=; ?(?:path|domain|expires|max-age|httponly|secure|samesite)\b)",
        goes="sid=«" + hexed(32) + "»; Path=/",
        stays="sid=deleted; Path=/, csrf_token=next; csrf",
        check=secret_is_strong,
    ),
    # github.com/go-sql-driver/mysql: user:password@tcp(host)
    replace(
        place(
            "url_password",
            ("@tcp(", "@unix("),
            r"(?P<secret>)@(?:tcp|unix)\(",
            goes='sql.Open("mysql", "bob:«Summer' + '2024»@tcp(db.example.org:3306)/shop")',
            stays='sql.Open("mysql", "user:password@tcp(127.0.0.1:3306)/db"), "bob:"+pw+"@tcp(db)", bob:${PW}@tcp(db)',
            check=is_dsn_password,
        ),
        lead=DSN_PASSWORD,
    ),
    # Whoever has the link may set a new password.
    place(
        "url_token",
        ("/reset/", "/reset-password/", "/password-reset/", "/reset_password/", "/magic-link/"),
        r"/(?:reset|reset-password|password-reset|reset_password|magic-link)/(?P<secret>[\w-]{20,512}+)(?![\w/])",
        goes="https://example.org/password/reset/«" + mixed(40) + "»",
        stays="https://example.org/password/reset/confirm",
        check=secret_is_machine_made,
    ),
)
