"""Texts made to keep a redactor busy: one beginning, and one unit repeated for as long as one likes."""

from app.domain.redaction.rule import mixed

BEGIN = "-----BEGIN "
RUNS = [
    "a",
    "A",
    "0",
    " ",
    "\n",
    "-",
    "=",
    ":",
    '"',
    "\\",
    "/",
    "[",
    "<",
    "_",
    ".",
    "@",
    "\0",
    "\ud800",
    "\u200b",
    "İ",
]
REPEATED = [
    *(BEGIN, f"{BEGIN}RSA PRIVATE KEY-----", f"{BEGIN}RSA PRIVATE KEY-----\n", f"{mixed(40)}\n"),
    *(
        "password=",
        'password="',
        "password='",
        'password=\\"',
        'password="\\',
        "password: ",
        '"password":',
        '"\\"',
    ),
    *(
        "eyJ",
        "eyJ.",
        "eyJaaaaaaaaaa.eyJaaaaaaaaaa.",
        "ghp_",
        "sk-",
        "SK",
        "SG.",
        "xoxb-",
        "AKIA",
        ":AA",
        "1//0",
    ),
    *(
        "://",
        "://a:",
        "://a:b@",
        "%3a%2f%2fa%3a",
        "bearer ",
        "basic aaaaaaaa ",
        "authorization: ",
        "sig=",
        "login ",
    ),
    *(
        "cookie: a=",
        "cookie=a=b;",
        "-u a:",
        " -p",
        "mysql -p",
        "identified by '",
        "<password>",
        "<password ",
        "[A_1]",
    ),
    *(
        "--token ",
        "--token a1b2c3d4e5 ",
        "api key: ",
        "password value=",
        "password=[A_1]",
        "password=hunter2&",
    ),
]

HOSTILE_UNITS = [*RUNS, *REPEATED]
HOSTILE_STARTS = ["", f'{BEGIN}RSA PRIVATE KEY-----\npassword="']
