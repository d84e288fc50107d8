"""Secrets handed to databases: in SQL statements, and on the command lines of their clients."""

from app.domain.redaction.rules.commands import command
from app.domain.redaction.rules.rule import (
    Rule,
    is_identified_by,
    is_named_behind,
    mixed,
    place,
    secret_is_firm,
    secret_is_made_up,
    secret_is_real,
)

_ORACLE_USER = r"\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}[\"']?[A-Za-z][\w$#.-]{0,30}/(?:\\{0,3}\")?"
_AFTER_SLASH = (
    r"(?P<secret>(?<=\")[^\"\\\n]{3,128}(?=\\{0,3}\")|(?:[^\s@\"'/\\]|\\(?!\\{0,2}\")){3,128})"
    r"(?=\\{0,3}[\"']?(?:@[\w/\"(]|\s{1,8}@|\s{0,8}$|\s{0,8}\n))"
)
_STRING = r"N?'[^'\n]{0,200}'"

DATABASES: tuple[Rule, ...] = (
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
    # zetetic.net/sqlcipher, sqlite.org/see
    place(
        "secret",
        ("pragma key", "pragma rekey", "pragma hexkey", "pragma cipher_key", "attach "),
        r"(?:pragma (?:re|hex|cipher_)?key ?[=(]|attach (?:database )?[^;\n]{1,160}? key) ?\\{0,3}[\"']"
        r"(?P<secret>(?:x')?[^\"'\\\n]{4,256})",
        goes="PRAGMA key = '«hunter" + "2»'; ATTACH DATABASE 'a.db' AS b",
        stays="PRAGMA key = '<key>'; ATTACH DATABASE 'a.db' AS b; attach the key 'here'",
        check=secret_is_firm,
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
    # learn.microsoft.com OPENROWSET: provider, then source; user; password
    place(
        "password",
        ("openrowset", "opendatasource"),
        rf"open(?:rowset|datasource)\s{{0,4}}\(\s{{0,8}}{_STRING}\s{{0,4}},\s{{0,8}}{_STRING}\s{{0,4}};\s{{0,8}}{_STRING}\s{{0,4}};"
        r"\s{0,8}N?'(?P<secret>[^'\n]{3,128})'",
        goes="OPENROWSET('SQLOLEDB', 'db.example.org'; 'bob'; '«hunter" + "2»', 'SELECT 1')",
        stays="OPENROWSET('SQLOLEDB', 'db.example.org'; 'bob'; '<password>', 'SELECT 1')",
        check=secret_is_real,
    ),
    # learn.microsoft.com sp_addlogin: login, password; sp_password: old, new
    place(
        "password",
        ("sp_addlogin", "sp_addremotelogin", "sp_password"),
        rf"sp_(?:addlogin|addremotelogin|password)\s{{1,8}}(?:{_STRING}|null)\s{{0,4}},\s{{0,8}}N?'(?P<secret>[^'\n]{{3,128}})'",
        goes="EXEC sp_addlogin 'bob', '«hunter" + "2»', 'shop';",
        stays="EXEC sp_addlogin 'bob', '<password>', 'shop';",
        check=secret_is_real,
    ),
    command(
        "sqlplus|rman target|expdp|impdp|sqlldr",
        _ORACLE_USER,
        argument=_AFTER_SLASH,
        goes="sqlplus -s shop/«»@db.example.org:1521/ORCL",
        stays="sqlplus /nolog; sqlplus shop/<password>@db",
    ),
    command(
        "expdp|impdp|sqlldr",
        _ORACLE_USER,
        argument=r"(?P<secret>[^\s@\"'/\\]{3,128})(?=\s{1,8}\w{2,24}=)",
        goes="expdp shop/«» schemas=shop",
        stays="expdp shop/<password> schemas=shop",
    ),
    # unixodbc.org isql: data source, user, password
    command(
        "isql",
        r"\s{1,8}(?:-\w{1,4}\s{1,4}){0,4}[\w.-]{1,40}\s{1,4}[\w.@-]{1,64}\s{1,4}",
        argument=r"(?P<secret>[^\s\"'<>|-][^\s\"'<>|]{3,128})",
        goes="isql -v shop bob «»",
        stays="isql -v shop bob -b",
        check=secret_is_made_up,
    ),
    # Also words of any text
    command(
        "connect|conn",
        _ORACLE_USER,
        argument=_AFTER_SLASH,
        goes="CONNECT shop/«»@inventory",
        stays="connect tcp/ip",
        check=secret_is_made_up,
    ),
    command(
        "userid=",
        r"[\"']?[\w.-]{1,30}/",
        argument=r"(?P<secret>[^\s@\"'/]{3,128})",
        goes="sqlldr userid=shop/«» control=load.ctl",
        stays="userid=shop/",
    ),
    command(
        "exp|imp|oracle:thin:",
        r"(?:\s{1,8}|(?<=thin:))[A-Za-z][\w.$#-]{0,30}/",
        argument=r"(?P<secret>[^\s@\"'/]{3,128})(?=@)",
        goes="exp bob/«»@PROD file=a.dmp",
        stays="exp bob/@PROD",
        check=secret_is_made_up,
    ),
)
