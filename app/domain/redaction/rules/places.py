"""Secrets known by the place they stand in, whatever they look like: settings, pages, lists."""

import re
from dataclasses import replace

from app.domain.redaction.rules.rule import (
    Rule,
    is_app_password,
    is_behind_address,
    is_escaped_key,
    is_in_list_of_logins,
    is_in_telling_tag,
    is_mysql_flag,
    is_named_in_brackets,
    is_named_in_escaped_quotes,
    is_user_password,
    mixed,
    place,
    secret_is_made_up,
    secret_is_odd,
    secret_is_real,
    secret_is_strong,
    secret_is_varied,
)

_UNTIL_SPACE = r"[^\s\"'`<>]"

PLACES: tuple[Rule, ...] = (
    place(
        "password",
        ("-u ", "--user ", "-u", "--user=", "--proxy-user ", "--proxy-user=", "-u:"),
        r"(?<=\s)(?:-u|--user|--proxy-user)[ =]?[\"']?+(?P<user>[^\s:,\"'/-][^\s:,\"'/]{0,127}+|(?=:))[:,](?!//)"
        r"(?:\\{0,3}[\"'](?=[^\s\"'`\\]{3}))?+"
        r"(?P<secret>(?<![,])(?:[^\s\"'`\\]|\\(?![\"'])){3,256}+|(?<=,)[^\s\"'`,]{6,256}+)",
        goes="curl -u bob:«hunter" + "2» https://example.org",
        stays="docker run -u 1000:1000 image; docker run --user root:root image; curl -u bob:'$PW' https://x.example",
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
    # kubernetes.io/docs, "Docker config Secrets": the whole file, in Base64
    place(
        "kubernetes_secret",
        (".dockerconfigjson", ".dockercfg"),
        r"\.docker(?:configjson|cfg)\\{0,3}+[\"']?+:[ \t]{0,8}+\\{0,3}+[\"']?+(?P<secret>[a-z0-9+/]{24,}+={0,2}+)",
        goes="  .dockerconfigjson: «" + mixed(48) + "»",
        stays="  .dockerconfigjson: <base64>; type: kubernetes.io/dockerconfigjson",
        check=secret_is_varied,
    ),
    # json.dumps for HTML writes a quote as \u0022
    place(
        "password",
        ("\\u0022:",),
        r"\\u0022:[ \t]{0,4}+\\{1,4}+u0022"
        r"(?P<secret>(?:[^\s\"'\\]|\\(?!\\{0,3}u0022)[^\s\"']){3,512}?)(?=\\{1,4}u0022)",
        goes="{\\u0022password\\u0022:\\u0022«S3cr" + "et!x9»\\u0022}",
        stays="{\\u0022user\\u0022:\\u0022bob-77\\u0022}",
        check=is_named_in_escaped_quotes,
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
    # Somebody is told how to get in: admin:secret on ..., bob@example.org | secret | role
    place(
        "password",
        ("try ", "use ", "using ", "with ", "as ", "login ", "log in "),
        r"(?<!\w)(?:try|us(?:e|ing)|with|as|log ?in) (?:[\w.-]{0,24}(?:admin|root|demo|test|guest|user|svc|deploy)"
        r"[\w.-]{0,24}|[\w.+-]{1,64}@[\w.-]{1,80}):(?P<secret>[^\s\"'`<>/:]{5,100})(?= (?:on|at|to|for|in)\b)",
        goes="Try admin:«Summer" + "2024&» on https://example.org",
        stays="use test:integration on Monday, try user:group2 at home",
        check=secret_is_odd,
    ),
    place(
        "password",
        (" | ",),
        r" \| (?P<secret>[^\s|]{6,100}) \|",
        goes="bob@example.org | «Summer" + "2024&» | reader",
        stays="bob@example.org | 2024-10-11 | reader",
        check=is_behind_address,
    ),
    place(
        "password",
        (" / ",),
        r" / (?P<secret>[^\s\"'`<>|]{6,100})(?=\s|\Z)",
        goes="logins for the demo:\n- admin / «Summer" + "2024&»",
        stays="releases so far:\n- stable / Summer2024&",
        check=is_in_list_of_logins,
    ),
    replace(
        place(
            "pin",
            (" is your",),
            r"(?P<secret>) is your (?:[\w-]{1,24} ){0,2}"
            r"(?:one-time|verification|security|login|pin|passcode|otp|2fa|code)",
            goes="«4827" + "78» is your one-time code for the shop",
            stays="What is your code? 12 is your code of conduct",
            check=None,
        ),
        lead=re.compile(r"(?<![\w.-])(?:[A-Z]-)?[0-9]{4,8}\Z"),
    ),
    place(
        "pin",
        ("use ", "enter "),
        r"(?<!\w)(?:use|enter) (?:code |the code )?(?P<secret>[0-9]{4,8}) (?:to (?:verify|log|sign|confirm"
        r"|complete|authenticate|access)\b"
        r"|as your (?:[\w-]{1,24} ){0,2}(?:code|otp|pin|passcode))",
        goes="Use «4827" + "19» to verify your account",
        stays="use 1024 to see, enter 2024 as your year",
        check=secret_is_real,
    ),
    # A wireless network's name, and its key
    place(
        "password",
        ("ssid", "wlan", "wifi", "wi-fi"),
        r"(?:ssid|wlan|wi-?fi)[^\n]{0,60}(?:\r?\n|\\n|[,;/|])[ \t>+*-]{0,6}(?:key|schl.ssel|cl.|clave"
        r"|chiave|chave|klucz|sleutel)"
        r" ?[:=]\*{0,2} {0,3}[\"'`*]{0,3}(?P<secret>[^\s\"'`*<>\\]{8,63})",
        goes="SSID: Home\nKey: «Summer" + "2024»",
        stays="wifi settings, key: wifi.enabled",
        check=secret_is_odd,
    ),
    place(
        "pin",
        ("pin =", "pin="),
        r"(?<![\w-])pin ?= ?(?P<secret>[0-9]{4,8})(?![\w.])",
        goes="sim pin = «5878" + "09»",
        stays="pin = 13, spin = 5878, pin = 0000",
        check=secret_is_real,
    ),
    place(
        "password",
        ("u: ", "user: ", "username: ", "login: "),
        r"(?<!\w)(?:u|user|username|login): [^\s:]{1,64}[ ,;/|]{1,4}(?:p|pw|pwd|pass): (?P<secret>[^\s\"'`<>]{5,128})",
        goes="u: bob p: «Summer" + "2024»",
        stays="u: 12 p: 34, user: bob, pass: <password>",
        check=secret_is_made_up,
    ),
    # php.net print_r and var_dump
    place(
        "secret",
        ("] => ", "]=>"),
        r"\](?: => |=>\s{1,20}string\([0-9]{1,4}\) \")(?P<secret>[^\s\"']{4,200})",
        goes="[password] => «Summer" + "2024»",
        stays="[user] => Summer2024",
        check=is_named_in_brackets,
    ),
    # Google's app passwords: four groups of four letters
    place(
        "password",
        ("app password", "app-password", "app-specific password", "application password"),
        r"app(?:lication)?[ -](?:specific )?password[^\n]{0,60}?(?:\n\s{0,12}){0,2}"
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
    place(
        "token",
        ("github-oauth", "gitlab-token"),
        r"(?:github-oauth|gitlab-token)\\?\"\s{0,4}:\s{0,8}\{\s{0,8}\\?\"[^\"\\]{1,80}\\?\"\s{0,4}:\s{0,4}\\?\"(?P<secret>[\w-]{20,256})",
        goes='{"github-oauth": {"github.com": "«' + mixed(40) + '»"}}',
        stays='{"github-oauth": {}}',
        check=secret_is_varied,
    ),
)
