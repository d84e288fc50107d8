"""Secrets known by the place they stand in, whatever they look like: headers, addresses, commands, files."""

from app.domain.redaction.rules.rule import (
    Rule,
    hexed,
    is_app_password,
    is_basic,
    is_bearer,
    is_escaped_key,
    is_identified_by,
    is_in_telling_tag,
    is_mysql_flag,
    is_named_behind,
    is_signed_address,
    is_user_password,
    mixed,
    place,
    secret_is_machine_made,
    secret_is_made_up,
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
        r"%3a%2f%2f(?:[^\s%\"'`<>&]|%(?!2f|3a)){0,160}+%3a(?P<secret>(?:[^\s%\"'`<>&]|%(?!40|2f|3a)){1,128}+)%40",
        goes="?next=smtps%3A%2F%2Fbob%2540example.org%3A«hunter" + "2»%40example.org",
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
    # The same header where code, a proxy or a browser's recording sets it: the name and the value are two strings.
    place(
        "authorization_token",
        ("authorization",),
        r"(?<![a-z0-9_])authorization"
        r"(?:\\{0,3}+[\"']\s{0,8}+,\s{0,8}+(?:\\{0,3}+[\"']value\\{0,3}+[\"']\s{0,8}+:\s{0,8}+)?+|[ \t]{1,8}+)"
        r"\\{0,3}+[\"'](?:[a-z][\w-]{1,24}+[ \t]{1,4}+)?+(?P<secret>(?!x-)[\w.~+/-]{16,}+={0,2}+)(?=\\{0,3}+[\"'])",
        goes='{"name": "Authorization", "value": "«' + hexed(32) + '»"}',
        stays='proxy_set_header Authorization "$http_authorization"; .header("authorization", "GenieKey <key>")',
        check=secret_is_machine_made,
    ),
    place(
        "password",
        ("-u ", "--user ", "-u", "--user=", "--proxy-user ", "--proxy-user=", "-u:"),
        r"(?<=\s)(?:-u|--user|--proxy-user)[ =]?[\"']?+(?P<user>[^\s:,\"'/-][^\s:,\"'/]{0,127}+|(?=:))[:,](?!//)"
        r"(?P<secret>(?<![,])[^\s\"'`]{3,256}+|(?<=,)[^\s\"'`,]{6,256}+)",
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
        r"identified(?:\s{1,8}+with\s{1,8}+[\"'`]?+\w{1,64}+[\"'`]?+)?+\s{1,8}+(?:by|as)\s{1,8}+(?:password\s{1,8}+|values\s{1,8}+)?+"
        r"(?P<quote>['\"])(?P<secret>(?:(?!(?P=quote))[^\\\n]|\\.|''){1,256}+)(?P=quote)",
        goes="CREATE USER bob IDENTIFIED BY '«hunter" + "2»'",
        stays="CREATE USER bob IDENTIFIED BY '<password>'; a library identified by 'name'",
        check=is_identified_by,
    ),
    place(
        "password",
        ("identified by ", "replace "),
        r"(?:identified by|(?<=\s)replace) (?P<secret>[^\s;'\"(),]{4,128})"
        r"(?=\s{0,8};|\s{1,8}(?:replace|account|default|profile|quota)\b)",
        goes="ALTER USER bob IDENTIFIED BY «S3cr" + "et9»;",
        stays="a file that is identified by name1; replace it",
        check=secret_is_made_up,
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
    # JSON may write any character of a key as an escape.
    place(
        "password",
        ("\\u00",),
        r"(?:\\u00[0-9a-f]{2}|[\w.-]){1,60}+\"\s{0,8}+:\s{0,8}+\"(?P<secret>(?:[^\"\\\n]|\\u[0-9a-f]{4}|\\[^u]){3,512}+)\"",
        goes='{"\\u0070assword": "«hunter' + '2»"}',
        stays='{"\\u0070assenger": "hunter2", "a\\u0026b": "c"}',
        check=is_escaped_key,
    ),
    # A tag's attributes come in any order.
    place(
        "password",
        ('value="', "value='", 'content="', "content='"),
        r"(?:value|content)=(?P<quote>[\"'])(?P<secret>[^\"'<>\n]{3,2048}+)(?P=quote)(?P<rest>[^<>]{0,400}+)>",
        goes='<input value="«hunter' + '2!»" type="password">',
        stays='<input value="Password" type="password"><input value="hunter2!" name="user">',
        check=is_in_telling_tag,
    ),
    # Addresses that take what is sent to them: the last part of the path is the key.
    place(
        "webhook",
        (
            "/incomingwebhook/",
            "/webhookb2/",
            "hooks.zapier.com/",
            "/api/webhooks/",
            "hook.integromat.com/",
            "hook.eu1.make.com/",
            "chat.googleapis.com/",
            "/hooks/catch/",
            "maker.ifttt.com/",
            "/workflows/",
            "n8n.cloud/webhook/",
            "hooks.chime.aws/",
            "/hooks/",
        ),
        r"/(?:webhookb2/|IncomingWebhook/|hooks/catch/[0-9]{3,12}/|use/key/|workflows/[0-9a-f]{20,40}/triggers/[^\s?]{3,60}\?[^\s]{0,200}sig=|hooks/(?=[a-z0-9]{26}\b))(?P<secret>[\w@/-]{7,300})",
        goes="https://acme.webhook.office.com/webhookb2/«a@b/IncomingWebhook/" + hexed(32) + "/c»",
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
    # Google's app passwords: four groups of four letters
    place(
        "password",
        ("app password", "app-password", "app-specific password", "application password"),
        r"app(?:lication)?[ -](?:specific )?password[^\n]{0,40}?"
        r"(?P<secret>(?<![a-z])(?:[a-z]{4}[ -]){3}[a-z]{4})(?![\w-])",
        goes="Gmail app password: «ufyy zgrn " + "jvzp upgo»",
        stays="an app password that will only ever work here",
        check=is_app_password,
    ),
    # github.com/zxing "Barcode Contents": Wi-Fi networks
    place(
        "password",
        ("wifi:",),
        r"wifi:(?:[a-z]:[^;\n]{0,64};){0,4}?p:\"?(?P<secret>(?:[^;\\\n]|\\.){4,128})\"?;",
        goes="WIFI:T:WPA;S:Home;P:«S3cr" + "et!x9»;;",
        stays="WIFI:T:nopass;S:Home;;",
        check=secret_is_real,
    ),
    # A setting kept as a row: the name stands behind the value.
    place(
        "secret",
        ("set value", "set setting_value", "set val", "set option_value", "set config_value"),
        r"set \w{0,40}val\w{0,40}\s{0,4}=\s{0,4}'(?P<secret>[^'\n]{4,4096})'"
        r"\s{1,8}where\s{1,8}\w{1,40}\s{0,4}=\s{0,4}'(?P<name>[\w.-]{2,80})'",
        goes="UPDATE config SET value='«" + mixed(32) + "»' WHERE name='MISTRAL_API_KEY'",  # noqa: S608 - an example
        stays="UPDATE config SET value='dark' WHERE name='theme'",
        check=is_named_behind,
    ),
    place(
        "token",
        ("github-oauth", "gitlab-token", "bitbucket-oauth", "http-basic"),
        r"(?:github-oauth|gitlab-token)\\?\"\s{0,4}:\s{0,8}\{\s{0,8}\\?\"[^\"\\]{1,80}\\?\"\s{0,4}:\s{0,4}\\?\"(?P<secret>[\w-]{20,256})",
        goes='{"github-oauth": {"github.com": "«' + mixed(40) + '»"}}',
        stays='{"github-oauth": {}}',
        check=secret_is_varied,
    ),
)
