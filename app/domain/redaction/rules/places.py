"""Secrets known by the place they stand in, whatever they look like: headers, addresses, commands, files."""

from app.domain.redaction.rules.rule import (
    Rule,
    hexed,
    is_basic,
    is_bearer,
    is_escaped_key,
    is_identified_by,
    is_mysql_flag,
    is_user_password,
    mixed,
    place,
    secret_is_firm,
    secret_is_real,
    secret_is_strong,
    secret_is_varied,
)

_UNTIL_SPACE = r"[^\s\"'`<>]"

PLACES: tuple[Rule, ...] = (
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
        r"%3a%2f%2f[^\s%\"'`<>]{0,128}+%3a(?P<secret>(?:[^\s%\"'`<>&]|%(?!40|2f|3a)){1,128}+)%40",
        goes="?next=https%3A%2F%2Fbob%3A«hunter" + "2»%40example.org",
        stays="?next=https%3A%2F%2Fexample.org%3A8080%2Fa",
        check=secret_is_real,
    ),
    # RFC 6750
    place(
        "bearer_token",
        ("bearer",),
        r"(?<![a-z0-9_])(?:bearer(?:[ \t]|%20){1,4}+){1,3}+(?P<secret>[\w.~+/%-]{6,}+={0,2}+)",
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
        r"authorization\\{0,3}+[\"']?+\s{0,4}+[:=]\s{0,4}+\\{0,3}+[\"']?+"
        r"(?:[a-z][a-z0-9-]{1,24}+[ \t]{1,4}+)?+(?P<secret>[\w.~+/-]{16,}+={0,2}+)(?![\w=(])",
        goes="Authorization: Token «" + hexed(40) + "»",
        stays="Authorization: Digest username=bob; authorization = build_authorization_header(x)",
        check=secret_is_strong,
    ),
    place(
        "password",
        ("-u ", "--user "),
        r"(?<=\s)(?:-u|--user) [\"']?+(?P<user>[^\s:\"'/]{1,128}+):(?P<secret>[^\s\"'`/]{3,256}+)",
        goes="curl -u bob:«hunter" + "2» https://example.org",
        stays="docker run -u 1000:1000 image; docker run --user root:root image",
        check=is_user_password,
    ),
    place(
        "password",
        (" -p",),
        rf" -p[\"']?+(?P<secret>{_UNTIL_SPACE}{{2,128}}+)",
        goes="mysql -u root -p«hunter" + "2» shop",
        stays="mkdir -parents x; ssh -p2222 host; mysql -u root -p shop",
        check=is_mysql_flag,
    ),
    place(
        "password",
        ("sshpass",),
        rf"sshpass\s{{1,4}}+-p\s{{0,4}}+[\"']?+(?P<secret>{_UNTIL_SPACE}{{2,256}}+)",
        goes="sshpass -p '«hunter" + "2»' ssh host",
        stays='sshpass -p "$PASSWORD" ssh host; sshpass -e ssh host',
        check=secret_is_real,
    ),
    # dev.mysql.com CREATE USER, Oracle CREATE USER
    place(
        "password",
        ("identified",),
        r"identified(?:\s{1,8}+with\s{1,8}+[\"'`]?+\w{1,64}+[\"'`]?+)?+\s{1,8}+(?:by|as)\s{1,8}+(?:password\s{1,8}+)?+"
        r"(?P<quote>['\"])(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.|''){1,256}+)(?P=quote)",
        goes="CREATE USER bob IDENTIFIED BY '«hunter" + "2»'",
        stays="CREATE USER bob IDENTIFIED BY '<password>'; a library identified by 'name'",
        check=is_identified_by,
    ),
    # netrc(5)
    place(
        "password",
        ("login",),
        r"(?<!\w)login\s{1,10}+[^\s\"']{1,128}+\s{1,10}+password\s{1,10}+(?P<secret>[^\s\"'\\]{3,256}+)",
        goes="machine example.org login bob password «hunter" + "2»",
        stays="the login page's password field",
        check=secret_is_firm,
    ),
    # learn.microsoft.com: storage and service bus connection strings, shared access signatures.
    place(
        "azure_storage_key",
        ("accountkey=",),
        r"accountkey=(?P<secret>[a-z0-9+/]{40,}+={0,2}+)",
        goes="AccountName=shop;AccountKey=«" + mixed(86) + "==»;EndpointSuffix=core.windows.net",
        stays="AccountKey=<key>",
        check=secret_is_strong,
    ),
    place(
        "azure_shared_access_key",
        ("sharedaccesskey=",),
        r"sharedaccesskey=(?P<secret>[a-z0-9+/]{20,}+={0,2}+)",
        goes="SharedAccessKeyName=root;SharedAccessKey=«" + mixed(43) + "=»",
        stays="SharedAccessKey={key}",
        check=secret_is_strong,
    ),
    place(
        "azure_sas_signature",
        ("sig=",),
        r"(?<=[?&;])sig=(?P<secret>[\w%+/=-]{30,}+)",
        goes="https://shop.blob.core.windows.net/a?sv=2022-11-02&sig=«" + mixed(43) + "%3D»",
        stays="config=" + "a" * 40,
        check=secret_is_strong,
    ),
    # postgresql.org/docs: the password file, host:port:database:user:password
    place(
        "password",
        (":5432:", ":5433:", ":6432:"),
        rf":[56]43[23]:[^\s:]{{1,64}}+:[^\s:]{{1,64}}+:(?P<secret>{_UNTIL_SPACE}{{3,256}}+)",
        goes="db.example:5432:shop:app:«s3cr" + "et!»",
        stays="listen on 0.0.0.0:5432: see the log; *:5432:*:*:<password>",
        check=secret_is_real,
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
    # RFC 7616
    place(
        "digest_response",
        ("response=",),
        r"(?<![\w-])response=\\{0,3}+\"?+(?P<secret>[0-9a-f]{32,64})(?![0-9a-z])",
        goes='Authorization: Digest username="bob", nonce="a1", response="«' + hexed(32) + '»"',
        stays='response="ok", response = requests.get(url)',
        check=secret_is_strong,
    ),
    # RFC 7517, RFC 7518 6: the private members of a key.
    place(
        "private_key",
        ('"d":', '"d" :', '\\"d\\":'),
        r"\\{0,3}+\"?+d\\{0,3}+\"\s?+:\s{0,4}+\\{0,3}+\"(?P<secret>[\w-]{40,}+)",
        goes='{"kty":"EC","d":"«' + mixed(43) + '»"}',
        stays='{"kty":"EC","x":"' + mixed(43) + '"}',
        check=secret_is_strong,
    ),
    # Key URI format of authenticator apps
    place(
        "otp_secret",
        ("otpauth://",),
        r"otpauth://[^\s\"'<>]{1,200}?[?&]secret=(?P<secret>[a-z2-7]{16,}+)",
        goes="otpauth://totp/Shop:bob?secret=«JBSWY3DP" + "EHPK3PXP»&issuer=Shop",
        stays="otpauth://totp/Shop:bob?issuer=Shop",
        check=secret_is_varied,
    ),
    # BIP 39: twelve to twenty-four words
    place(
        "seed_phrase",
        ("seed phrase", "recovery phrase", "mnemonic", "seed words"),
        r"(?:seed phrase|recovery phrase|mnemonic(?: phrase)?|seed words)[^a-z\n]{1,12}+(?:is[^a-z\n]{1,6}+)?+"
        r"(?P<secret>(?:[a-z]{3,8}[ ,]{1,3}){11,23}[a-z]{3,8})(?![\w])",
        goes="seed phrase: «" + "abandon ability able about above absent absorb abstract absurd abuse access accident»",
        stays="A seed phrase has twelve words. Mnemonic: never tell it to anybody",
        check=secret_is_varied,
    ),
    place(
        "password",
        ("redis-cli", "--requirepass", "net user", "pass:"),
        rf"(?:redis-cli[^\n]{{0,80}}? -a|--requirepass|net user [^\s]{{1,64}}|-(?:pass|passin|passout) pass:)"
        rf"[ \t]{{0,4}}+[\"']?+(?P<secret>{_UNTIL_SPACE}{{4,128}}+)",
        goes="redis-cli -h db -a «s3cr" + "et!x» ping",
        stays="redis-cli -a $REDIS_PASSWORD ping; net user bob /delete",
        check=secret_is_firm,
    ),
    # yaml.org/spec/1.2.2 8.1: a block scalar begins on the next line.
    place(
        "secret",
        ("password:", "passwd:", "secret:", "token:", "key:", "passphrase:"),
        r"(?:password|passwd|secret|token|key|passphrase):[ \t]{1,4}+"
        r"(?:[|>][-+0-9]{0,2}+[ \t]{0,4}+\r?\n[ \t]{1,40}+|!!\w{1,12}+ )"
        rf"(?P<secret>{_UNTIL_SPACE}{{6,}}+)",
        goes="api_token: |\n  «" + hexed(32) + "»\n",
        stays="key: |\n  ordinary text\n",
        check=secret_is_strong,
    ),
    # JSON may write any character of a key as an escape.
    place(
        "password",
        ("\\u00",),
        r"(?:\\u00[0-9a-f]{2}|[\w.-]){3,60}+\"\s{0,8}+:\s{0,8}+\"(?P<secret>[^\"\\\n]{3,256}+)\"",
        goes='{"\\u0070assword": "«hunter' + '2»"}',
        stays='{"\\u0070assenger": "hunter2", "a\\u0026b": "c"}',
        check=is_escaped_key,
    ),
)
