"""Secrets on command lines, where the command and not a telling name says what an argument is."""

import re

from app.domain.redaction.rules.rule import (
    Check,
    Rule,
    hexed,
    mixed,
    secret_is_firm,
    secret_is_machine_made,
    secret_is_made_up,
    secret_is_real,
)

_ARGUMENT = r"[\"']?(?P<secret>(?<=[\"'])[^\"'\n]{2,256}|[^\s\"'`<>|;&()]{2,256})"
_LINE = r"[^\n|]{0,200}?"
_PW = "S3cr" + "et!x9"


def _command(
    names: str, lead: str, *, goes: str, stays: str, check: Check = secret_is_real, argument: str = _ARGUMENT
) -> Rule:
    """A rule for commands, separated by bars: what stands between them and the secret argument. In `goes` the argument
    stands between « and »."""
    spelt = names.split("|")
    # A command is followed by white space; looking for that as well saves most looks at short names.
    near = tuple(name + gap for name in spelt for gap in ((" ", "\t") if name.isalnum() else ("",)))
    pattern = rf"(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))(?i:{'|'.join(map(_spaced, spelt))}){lead}{argument}"
    return Rule(
        "password",
        near,
        re.compile(pattern, re.ASCII),
        goes.replace("«»", f"«{_PW}»"),
        stays,
        check,
        any_case=True,
        by_place=True,
    )


def _spaced(name: str) -> str:
    return name.replace(" ", r"\s{1,4}").replace("(", r"\(").replace(")", r"\)").replace(".py", r"\.py")


COMMANDS: tuple[Rule, ...] = (
    _command(
        "htpasswd",
        r"\s{1,8}(?:-\w{0,40}n\w{0,40}\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}|(?:-\S{1,40}\s{1,4}){1,6}[^\s-]\S{0,80}\s{1,8})[^\s-]\S{0,80}\s{1,8}",
        goes="htpasswd -b /etc/nginx/.htpasswd bob «»",
        stays="htpasswd -c /etc/nginx/.htpasswd bob",
    ),
    _command(
        "ldapsearch|ldapmodify|ldapadd|ldapdelete|ldapwhoami|ldappasswd|ldapcompare",
        rf"\s{_LINE}-w\s{{0,4}}",
        goes="ldapsearch -x -D cn=admin -w «» -b dc=example",
        stays="ldapsearch -x -W -b dc=example",
    ),
    _command(
        "ldappasswd", rf"\s{_LINE}\s-s\s{{1,4}}", goes="ldappasswd -x -s «» uid=bob", stays="ldappasswd -x -S uid=bob"
    ),
    _command(
        "echo|printf",
        r"\s{1,8}(?:-[neE]{1,3}\s{1,8})?(?:[\"']%s(?:\\n)?[\"']\s{1,8})?",
        argument=r"[\"']?(?:[\w.@-]{1,32}:(?=[^\n|]{1,256}\|\s{0,8}(?:sudo\s{1,8})?chpasswd))?(?P<secret>(?<=[\"':])[^\"'\n|]{4,256}|[^\s\"'`<>|;&():$]"
        r"[^\s\"'`<>|;&()]{3,256})[\"']?\s{0,8}\|\s{0,8}(?:sudo\s{1,8})?(?:kinit|-S|sudo\s{1,8}-\w{0,40}S|su\b|passwd|runas|chpasswd|cryptsetup|gpg\b"
        r"|[^\n]{1,120}?--(?:password-stdin|with-token|passphrase-fd|stdin)|secret-tool|vault\s{1,8}login)",
        goes="echo '«»' | sudo -S apt-get update",
        stays='echo "hello world" | gpg --verify; echo "$PASSWORD" | docker login --password-stdin',
        check=secret_is_made_up,
    ),
    _command(
        "convertto-securestring",
        r"\s{1,8}(?:-(?:AsPlainText|Force|String)\s{1,8}){0,3}(?=[\"'])",
        goes='ConvertTo-SecureString "«»" -AsPlainText -Force',
        stays='ConvertTo-SecureString "$env:PW" -AsPlainText -Force',
    ),
    _command(
        "sqlplus|rman target|expdp|impdp|sqlldr|connect|conn",
        r"\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}[\"']?[A-Za-z][\w$#]{0,30}/(?:\\{0,3}\")?",
        argument=r"(?P<secret>(?:[^\s@\"'/\\]|\\(?!\\{0,2}\")){3,128})(?=\\{0,3}[\"']?(?:@[\w/\"(]|\s{1,8}@|\s{0,8}$|\s{0,8}\n))",
        goes="sqlplus -s shop/«»@db.example.org:1521/ORCL",
        stays="sqlplus /nolog; connect tcp/ip",
        check=secret_is_made_up,
    ),
    _command(
        "7z|7za|7zz",
        rf"\s{_LINE}\s-p",
        goes="7z x backup.7z -p«» -o/tmp",
        stays="7z x backup.7z -o/tmp",
        argument=r"[\"']?(?P<secret>[^\s\"']{3,128})",
    ),
    _command(
        "zip|unzip",
        rf"\s{_LINE}-P\s{{1,4}}",
        goes="unzip -P «» export.zip",
        stays="unzip -p export.zip",
        check=secret_is_firm,
    ),
    _command(
        "rar|unrar",
        rf"\s{_LINE}\s-h?p",
        goes="rar a -hp«» out.rar",
        stays="rar a -p out.rar",
        argument=r"[\"']?(?P<secret>[^\s\"'-][^\s\"']{2,128})",
    ),
    _command(
        "psexec|psexec64|az login|cf login|twine upload|docker login|podman login|helm registry login|oc login|mongo|"
        "mongosh|mongodump|mongorestore|mongoexport|mongoimport|cqlsh|influx|arangosh|clickhouse-client|mosquitto_pub|"
        "mosquitto_sub|sqlcmd|bcp|isql|mc alias|lftp|vncviewer|xfreerdp|wmic|evil-winrm|az acr login|svn|hg|rpk|nats|"
        "cypher-shell|neo4j-admin",
        rf"[\s.]{_LINE}\s(?:-p|-P|--password|/p:)[ \t=]{{0,4}}",
        goes="twine upload -u bob -p «» dist/*",
        stays="docker login -p $PASSWORD; mongo --port 27017; sqlcmd -P <password>",
        check=secret_is_made_up,
    ),
    _command(
        "winexe|smbclient|rpcclient|smbmap|net rpc|wmiexec.py|psexec.py|smbget",
        rf"\s{_LINE}(?:-U|--user)[ \t=]{{1,4}}[\"']?[^\s%\"']{{1,64}}%",
        argument=r"(?P<secret>[^\s\"']{2,128})",
        goes="smbclient -U ACME/bob%«» //host/share",
        stays="smbclient -U bob //host/share",
    ),
    _command(
        "ipmitool|racadm",
        rf"\s{_LINE}\s-[Pp]\s{{1,4}}",
        goes="ipmitool -H 10.0.0.9 -U admin -P «» chassis",
        stays="ipmitool -H 10.0.0.9 -E chassis",
    ),
    _command(
        "snmpget|snmpwalk|snmpset|snmpbulkwalk|snmptrap",
        rf"\s{_LINE}\s-A\s{{1,4}}",
        goes="snmpget -v3 -u bob -A «» host",
        stays="snmpget -v3 -u bob -a SHA host",
    ),
    _command(
        "snmpget|snmpwalk|snmpset|snmpbulkwalk|snmptrap",
        rf"\s{_LINE}\s-X\s{{1,4}}",
        goes="snmpget -v3 -u bob -X «» host",
        stays="snmpget -v3 -u bob -x AES host",
    ),
    _command(
        "snmpget|snmpwalk|snmpset|snmpbulkwalk|snmptrap",
        rf"\s{_LINE}\s-c\s{{1,4}}",
        goes="snmpwalk -v2c -c «» host system",
        stays="snmpwalk -v2c -c public host system",
        check=secret_is_made_up,
    ),
    _command(
        "net use",
        rf"\s{_LINE}/user:\S{{1,64}}\s{{1,4}}",
        argument=r"[\"']?(?P<secret>[^\s\"'/]{3,128})",
        goes=r"net use Z: \\host\share /user:bob «»",
        stays=r"net use Z: \\host\share /user:bob /persistent:no",
    ),
    _command(
        "net use",
        r"\s{1,8}(?:[A-Za-z*]:?\s{1,8})?\\\\\S{1,120}\s{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"'/*]{3,128})(?=[\"']?\s{1,8}/user:)",
        goes=r"net use Z: \\host\share «» /user:bob",
        stays=r"net use Z: \\host\share * /user:bob",
    ),
    _command(
        "schtasks|cmdkey|runas|net user|reg add|dsquery|csvde|ldifde|djoin",
        rf"\s{_LINE}/(?:rp|pass|p|password|passwordd)[ :]{{1,2}}",
        goes="cmdkey /add:host /user:bob /pass:«»",
        stays="cmdkey /add:host /user:bob /pass",
    ),
    _command(
        "requirepass|masterauth|sentinel auth-pass \\S{1,40}",
        r"[ \t]{1,4}",
        goes="requirepass «»",
        stays="requirepass <password>",
        check=secret_is_real,
    ),
    _command(
        "auth",
        r"[ \t]{1,4}(?:default[ \t]{1,4})?",
        argument=r"(?P<secret>[^\s\"']{4,128})(?=\s{0,8}\n\s{0,8}(?:\+?OK|\(error\)))",
        goes="> AUTH «»\nOK",
        stays="> AUTH is needed\nfirst",
    ),
    _command(
        "stats auth",
        r"[ \t]{1,4}[\w.@-]{1,64}:",
        argument=r"(?P<secret>[^\s\"']{3,128})",
        goes="stats auth admin:«»",
        stays="stats auth admin:${PW}",
    ),
    _command(
        "vault login|op signin|doppler login|flyctl auth|heroku authorizations",
        r"\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}(?:token=)?",
        argument=r"(?P<secret>[\w.-]{16,256})",
        goes="vault login «" + mixed(24) + "»",
        stays="vault login -method=oidc",
        check=secret_is_made_up,
    ),
    _command(
        "configure set",
        r"\s{1,8}\w{0,40}(?:secret|token|password)\w{0,40}\s{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"']{6,512})",
        goes="aws configure set aws_secret_access_key «" + mixed(40) + "»",
        stays="aws configure set aws_secret_access_key $SECRET",
    ),
    _command(
        "secret set|secrets set|secret put|variable set|env set|config:set|secret create",
        rf"\s{_LINE}(?:--body|--value|-b|-v)[ =]{{1,2}}",
        goes='gh secret set DEPLOY --body "«»"',
        stays="gh secret set DEPLOY --body-file x",
        check=secret_is_made_up,
    ),
    _command(
        "oathtool",
        rf"\s{_LINE}(?:-b|--base32)\s{{1,4}}(?:--totp\s{{1,8}})?",
        argument=r"[\"']?(?P<secret>[A-Z2-7]{16,128})",
        goes="oathtool --totp -b «JBSWY3DP" + "EHPK3PXP»",
        stays="oathtool --totp -b -",
    ),
    _command(
        "usermod|useradd|chpasswd|adduser",
        rf"\s{_LINE}(?:-p|--password)[ =]{{1,2}}",
        goes="useradd -p «» bob",
        stays="useradd -m bob",
        check=secret_is_made_up,
    ),
    _command(
        "rabbitmqctl add_user|rabbitmqctl change_password|rabbitmqctl authenticate_user|"
        "samba-tool user create|smbpasswd -a",
        r"\s{1,8}[\w.@-]{1,64}\s{1,8}",
        goes="rabbitmqctl add_user bob «»",
        stays="rabbitmqctl add_user bob <password>",
        check=secret_is_firm,
    ),
    _command(
        "rabbitmqadmin|restic|borg|ansible-vault|lftp|openssl|gpg|cryptsetup|net ads|redis-cli|redis-server|"
        "keydb-cli|iredis",
        rf"(?=\s){_LINE}(?:\s-(?:p|k|a|pass|passin|passout)[ =]"
        r"|--(?:passphrase|password-command|pass|requirepass|masterauth|vault-password-file)[ =]|-U[ ]\S{1,64}%)"
        r"(?:pass:|<\(echo |[\"']echo |[\"'](?=pass:)pass:)?",
        goes="openssl enc -aes-256-cbc -k «» -in a",
        stays="openssl enc -pass env:PW; redis-cli -a $PW; gpg --passphrase-file x",
        check=secret_is_firm,
    ),
    _command(
        "openssl passwd",
        r"\s{1,8}(?:-\w{1,20}\s{1,4}){1,6}",
        goes="openssl passwd -apr1 «»",
        stays="openssl passwd -apr1",
        check=secret_is_made_up,
    ),
    _command(
        "userid=",
        r"[\"']?\w{1,30}/",
        argument=r"(?P<secret>[^\s@\"'/]{3,128})",
        goes="sqlldr userid=shop/«» control=load.ctl",
        stays="userid=shop/",
        check=secret_is_made_up,
    ),
    _command(
        "curlftpfs#",
        r"(?:ftp://)?[\w.-]{1,64}:",
        argument=r"(?P<secret>[^\s@]{3,128})(?=@)",
        goes="curlftpfs#bob:«»@host /mnt fuse rw",
        stays="curlftpfs#bob@host",
    ),
    _command(
        "password 0|password 7|secret 0|secret 5|secret 8|secret 9|secret 4|key 0|key 7",
        r"[ ]{1,2}",
        argument=r"(?P<secret>[^\s\"']{4,256})",
        goes="username bob privilege 15 secret 0 «»",
        stays="there are password 0 rules",
        check=secret_is_made_up,
    ),
    _command(
        "snmp-server community|rocommunity|rwcommunity|com2sec \\S{1,40} \\S{1,40}",
        r"[ ]{1,2}",
        argument=r"[\"']?(?P<secret>[^\s\"']{4,128})",
        goes="snmp-server community «» RO",
        stays="snmp-server community public RO",
        check=secret_is_made_up,
    ),
    _command(
        "unseal key|recovery key",
        r"\s{1,8}[0-9]{1,2}\s{0,2}:\s{1,4}",
        argument=r"(?P<secret>[A-Za-z0-9+/]{40,120}+={0,2}+)",
        goes="Unseal Key 1: «" + mixed(44) + "»",
        stays="Unseal Key 1: <key>",
    ),
    _command(
        "cryptsetup|chpasswd|passwd|sudo|kinit|docker login|mysql|psql|gh auth login|su",
        rf"{_LINE}<<<\s{{0,2}}",
        goes="cryptsetup luksOpen /dev/sdb1 data <<< '«»'",
        stays='cat <<< "$PASSWORD"',
        check=secret_is_made_up,
    ),
    _command(
        "wandb login|snyk auth|add-authtoken|ngrok authtoken|importprivkey|config set|codecov|auth login|"
        "sentry-cli login",
        r"\s{1,8}(?:[\w-]{0,40}(?:key|token|secret)\w{0,40}\s{1,8})?(?:-\S{1,80}\s{1,8}){0,4}",
        argument=r"[\"']?(?P<secret>[\w{1,40}/=.-]{20,512})",
        goes="wandb login «" + hexed(40) + "»",
        stays="wandb login --relogin; npm config set registry https://registry.example.org",
        check=secret_is_machine_made,
    ),
    _command(
        "bash)",
        r"\s{1,8}-t\s{1,8}",
        argument=r"(?P<secret>[0-9a-f-]{36})",
        goes="bash <(curl -s https://codecov.io/bash) -t «" + "550e8400-e29b-41d4-a716-446655440000»",
        stays="bash) -t 5",
    ),
    _command(
        "exp|imp|oracle:thin:",
        r"(?:\s{1,8}|(?<=thin:))[A-Za-z][\w$#-]{0,30}/",
        argument=r"(?P<secret>[^\s@\"'/]{3,128})(?=@)",
        goes="exp bob/«»@PROD file=a.dmp",
        stays="exp bob/@PROD",
        check=secret_is_made_up,
    ),
    _command(
        "poetry config http-basic",
        r"\S{0,60}\s{1,8}\S{1,64}\s{1,8}",
        goes="poetry config http-basic.acme bob «»",
        stays="poetry config http-basic.acme bob",
        check=secret_is_made_up,
    ),
    _command(
        "bundle config",
        r"\s{1,8}(?:set\s{1,8})?(?:--\w{1,20}\s{1,4})?\S{1,80}\s{1,8}[^\s:]{1,64}:",
        goes="bundle config gems.example.org bob:«»",
        stays="bundle config path vendor",
        check=secret_is_made_up,
    ),
    _command(
        "_authtoken|_password|:_auth",
        r"[ =]{1,3}",
        argument=r"[\"']?(?P<secret>[\w{1,40}/=.-]{16,512})",
        goes="npm config set //registry.example.org/:_authToken «" + mixed(36) + "»",
        stays="//registry.example.org/:_authToken=${NPM_TOKEN}",
        check=secret_is_made_up,
    ),
    _command(
        "nuget add source|nuget sources add|dotnet nuget update source",
        rf"{_LINE}\s(?:-p|--password|-Password)\s{{1,8}}",
        goes="dotnet nuget add source https://example.org -u bob -p «»",
        stays="dotnet nuget add source https://example.org",
        check=secret_is_made_up,
    ),
    _command(
        "operator unseal|operator rekey",
        r"\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}",
        argument=r"(?P<secret>[A-Za-z0-9+/=]{32,90})",
        goes="vault operator unseal «" + mixed(44) + "»",
        stays="vault operator unseal -migrate",
    ),
    _command(
        "<(echo|<(printf|<(printf '%s'",
        r"\s{1,8}(?:-n\s{1,8})?",
        argument=r"[\"']?(?P<secret>[^\s\"'()$]{6,256})(?=[\"']?\))",
        goes="rsync --password-file=<(echo '«»') a::b .",
        stays="diff <(echo hello) x",
        check=secret_is_made_up,
    ),
    _command(
        "net user",
        r"\s{1,8}[\w.-]{1,64}\s{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"'/*]{4,128})(?=[\"']?\s{1,8}/(?:add|domain|active))",
        goes="net user bob «» /add",
        stays="net user bob * /add",
        check=secret_is_made_up,
    ),
    _command(
        "nmcli",
        rf"\s{_LINE}(?:password|wifi-sec\.psk)\s{{1,8}}",
        goes="nmcli dev wifi connect Home password «»",
        stays="nmcli dev wifi list",
        check=secret_is_made_up,
    ),
    _command(
        "read|passwd|mysql|su",
        r"[^\n<]{0,40}<<<\s{0,2}",
        goes="read -s x <<< '«»'",
        stays="read x <<< hello",
        check=secret_is_made_up,
    ),
)
