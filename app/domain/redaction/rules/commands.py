"""Secrets on command lines, where the command and not a telling name says what an argument is."""

from app.domain.redaction.rules.rule import (
    Check,
    Rule,
    hexed,
    mixed,
    secret_is_firm,
    secret_is_machine_made,
    secret_is_made_up,
    secret_is_made_up_or_passphrase,
    secret_is_real,
)

_ARGUMENT = r"(?<!\n)[\"']?(?P<secret>(?<=[\"'])[^\"'\n]{2,256}|[^\s\"'`<>|;&()]{2,256})"
LINE = r"[^\n|]{0,200}?"
_PW = "S3cr" + "et!x9"


def command(
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
        pattern,
        goes.replace("«»", f"«{_PW}»"),
        stays,
        check,
        any_case=True,
        by_place=True,
    )


def _spaced(name: str) -> str:
    return name.replace(" ", r"\s{1,4}").replace("(", r"\(").replace(")", r"\)").replace(".py", r"\.py")


COMMANDS: tuple[Rule, ...] = (
    # httpie.io/docs, httpd.apache.org/docs ab: user:password behind a flag of their own
    command(
        "http|https|xh|xhs|httpie|ab",
        rf"[ \t]{LINE}(?:-a|-A|--auth)[ =]{{1,2}}[\"']?[\w.@+-]{{1,64}}:",
        argument=r"(?P<secret>(?!//)[^\s\"'`<>:/][^\s\"'`<>]{2,256})",
        goes="http -a bob:«» GET https://example.org/api",
        stays="http -a bob: GET https://example.org/api; ab -A bob:$PW https://example.org",
    ),
    command(
        "curl",
        rf"(?=[ \t]){LINE}\s-[a-zA-Z#]{{1,8}}u[ ]{{0,2}}[\"']?[\w.@+-]{{1,64}}:(?:\\{{0,3}}[\"'])?",
        argument=r"(?P<secret>(?:[^\s\"'`<>\\]|\\(?![\"'])){3,256})",
        goes="curl -sSfu bob:«» https://example.org",
        stays="curl -sSfu bob:$PW https://example.org",
    ),
    # pykickstart.readthedocs.io, d-i's preseed, yast: what installs a machine sets its first password
    command(
        "rootpw|grubpw|d-i passwd/root-password|d-i passwd/root-password-again|d-i passwd/user-password|"
        "d-i passwd/user-password-again|passwd/root-password|passwd/user-password|sshpw",
        r"[ \t]{1,4}(?:--(?:plaintext|lock|allow-ssh|username=\S{1,32})[ \t]{1,4}){0,3}(?:password[ \t]{1,4})?",
        argument=r"[\"']?(?P<secret>[^\s\"'<>-][^\s\"'<>]{3,256})",
        goes="rootpw --plaintext «»",
        stays="rootpw --iscrypted --lock; d-i passwd/root-login boolean false",
        check=secret_is_firm,
    ),
    # robotframework.org SeleniumLibrary, Browser: cells are two spaces apart
    command(
        "input password|fill secret|input text|type secret|set password",
        r"[ ]{2,8}\S{0,40}pass\S{0,60}[ ]{2,8}",
        argument=r"(?P<secret>[^\s$%{][^\s{}]{3,128})",
        goes="    Input Password    id=password    «»",
        stays="    Input Password    id=password    ${PASSWORD}",
        check=secret_is_made_up,
    ),
    command(
        "htpasswd",
        r"\s{1,8}(?:-\w{0,40}n\w{0,40}\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}|(?:-\S{1,40}\s{1,4}){1,6}[^\s-]\S{0,80}\s{1,8})"
        r"[^\s-]\S{0,80}[ \t]{1,8}",
        goes="htpasswd -b /etc/nginx/.htpasswd bob «»",
        stays="htpasswd -c /etc/nginx/.htpasswd bob",
    ),
    command(
        "ldapsearch|ldapmodify|ldapadd|ldapdelete|ldapwhoami|ldappasswd|ldapcompare",
        rf"\s{LINE}-w\s{{0,4}}",
        goes="ldapsearch -x -D cn=admin -w «» -b dc=example",
        stays="ldapsearch -x -W -b dc=example",
    ),
    command(
        "ldappasswd", rf"\s{LINE}\s-s\s{{1,4}}", goes="ldappasswd -x -s «» uid=bob", stays="ldappasswd -x -S uid=bob"
    ),
    command(
        "echo|printf",
        r"\s{1,8}(?:-[neE]{1,3}\s{1,8})?(?:[\"']%s(?:\\n)?[\"']\s{1,8})?",
        argument=r"[\"']?(?:[\w.@-]{1,32}:(?=[^\n|]{1,256}\|\s{0,8}(?:sudo\s{1,8})?chpasswd))?(?P<secret>(?<=[\"':])[^\"'\n|]{4,256}|[^\s\"'`<>|;&():$]"
        r"[^\s\"'`<>|;&()]{3,256})[\"']?\s{0,8}\|\s{0,8}(?:sudo\s{1,8})?(?:kinit|-S|sudo\s{1,8}-\w{0,40}S|su\b|passwd|runas|chpasswd|cryptsetup|gpg\b"
        r"|[^\n]{1,120}?--(?:password-stdin|with-token|passphrase-fd|stdin)|secret-tool|vault\s{1,8}login)",
        goes="echo '«»' | sudo -S apt-get update",
        stays='echo "hello world" | gpg --verify; echo "$PASSWORD" | docker login --password-stdin',
        check=secret_is_made_up,
    ),
    command(
        "echo|printf",
        r"\s{1,8}(?:-[neE]{1,3}\s{1,8})?(?:[\"']%s(?:\\n)?[\"']\s{1,8})?\\{0,3}",
        argument=r"[\"']?(?P<secret>(?<=[\"'])[^\"'\n|\\]{4,256}|[^\s\"'`<>|;&():$\\][^\s\"'`<>|;&()\\]{3,256})\\{0,3}[\"']?"
        r"\s{0,8}\|\s{0,8}(?:(?:sudo\s{1,8})?kinit\b|sudo\s{1,8}(?:-\w{1,20}\s{1,8}){0,3}-\w{0,20}S\b|wg\s{1,8}pubkey)",
        goes="echo «correct-horse-" + "battery» | kinit bob@EXAMPLE.ORG",
        stays='echo "$PASSWORD" | kinit bob; echo <password> | sudo -S ls; echo hello | sudo tee x',
    ),
    # passwd asks twice, so what is fed to it has the password twice
    command(
        "echo|printf",
        r"\s{1,8}(?:-[neE]{1,3}\s{1,8})?\\{0,3}[\"'][^\s\"'|\\]{4,256}\\{1,4}n",
        argument=r"(?P<secret>[^\s\"'|\\]{4,256})(?:\\{1,4}n)?\\{0,3}[\"']\s{0,8}\|\s{0,8}(?:sudo\s{1,8})?"
        r"(?:passwd|smbpasswd)\b",
        goes="printf '«»\\n«»\\n' | sudo passwd bob",
        stays="echo -e 'hello\\nworld' | grep passwd",
        check=secret_is_firm,
    ),
    # github.com/fortra/impacket: domain/user:password@host
    command(
        "secretsdump.py|psexec.py|wmiexec.py|smbexec.py|atexec.py|dcomexec.py|smbclient.py|getuserspns.py|getnpusers.py|"
        "gettgt.py|getst.py|lookupsid.py|mssqlclient.py|rpcdump.py|samrdump.py|ticketer.py|impacket-secretsdump|"
        "impacket-psexec|impacket-wmiexec|impacket-smbexec|impacket-smbclient|impacket-mssqlclient|impacket-getuserspns",
        rf"\s{LINE}[\w.-]{{1,64}}/[\w.$-]{{1,64}}:\\{{0,3}}[\"']?",
        argument=r"(?P<secret>[^\s\"'`\\]{3,128})(?=\\{0,3}[\"']?(?:@[\w.-]|\s|\Z))",
        goes="secretsdump.py corp/bob:'«»'@192.0.2.7",
        stays='secretsdump.py corp/bob:"$PW"@192.0.2.7',
    ),
    command(
        "mosquitto_passwd",
        r"\s{1,8}(?:-\w{1,8}\s{1,8}){0,3}-\w{0,4}b\s{1,8}[^\s-]\S{0,120}\s{1,8}[^\s-]\S{0,80}[ \t]{1,8}",
        goes="mosquitto_passwd -b /etc/mosquitto/pw bob «»",
        stays="mosquitto_passwd -c /etc/mosquitto/pw bob",
    ),
    # RFC 959, ftp(1): user name, password
    command(
        "ftp> user|ftp> quote pass",
        r"(?:(?<=user)[ \t]{1,4}[^\s-]\S{0,64}|(?<=pass))[ \t]{1,4}",
        goes="ftp> user bob «»",
        stays="ftp> user bob",
    ),
    command(
        "open",
        r"(?:(?<=\Aopen)|(?<=[\n>]open)|(?<=\\nopen)|(?<=[>\t] open)|(?<=[ ]{2}open))"
        r"[ \t]{1,4}[\w.:/-]{3,120}(?:[ \t]{1,4}[0-9]{1,5})?[ \t]{0,4}(?:\r?\n|\\n)[ \t]{0,8}"
        r"user[ \t]{1,4}[^\s-]\S{0,64}[ \t]{1,4}",
        argument=r"[\"']?(?P<secret>(?<=[\"'])[^\"'\n]{3,256}|[^\s\"'`<>|;&()\\]{3,256})",
        goes="open ftp.example.org\nuser bob «»\nput x",
        stays="open ftp.example.org\nuser bob\nput x; open the door\nuser is happy",
        check=secret_is_made_up,
    ),
    command(
        "-password=",
        r"\\{0,3}\"{1,2}\\{0,3}\"",
        argument=r"(?P<secret>[^\s\"\\]{3,128})(?=\\{0,3}\")",
        goes='WinSCP.com /command "open sftp://bob@example.org -password=""«»"""',
        stays='WinSCP.com /command "open sftp://bob@example.org -password=""%PW%"""',
    ),
    command(
        "kinit",
        r"[^\n|]{0,100}<<<\s{0,2}",
        argument=r"\\{0,3}[\"']?(?P<secret>(?<=[\"'])[^\"'\n\\]{4,256}|[^\s\"'`<>|;&()$\\]{4,256})",
        goes="kinit bob <<< '«»'",
        stays='kinit bob <<< "$PASSWORD"',
    ),
    command(
        "-dsonar.login=|/d:sonar.login=|-dsonar.token=",
        r"[\"']?",
        argument=r"(?P<secret>[\w-]{24,64})",
        goes="sonar-scanner -Dsonar.login=«" + hexed(40) + "»",
        stays="sonar-scanner -Dsonar.login=$SONAR_TOKEN",
    ),
    command(
        "7z|7za|7zz",
        rf"\s{LINE}\s-p",
        goes="7z x backup.7z -p«» -o/tmp",
        stays="7z x backup.7z -o/tmp",
        argument=r"[\"']?(?P<secret>[^\s\"']{3,128})",
    ),
    command(
        "zip|unzip",
        rf"\s{LINE}-P\s{{1,4}}",
        goes="unzip -P «» export.zip",
        stays="unzip -p export.zip",
        check=secret_is_firm,
    ),
    command(
        "rar|unrar",
        rf"\s{LINE}\s-h?p",
        goes="rar a -hp«» out.rar",
        stays="rar a -p out.rar",
        argument=r"[\"']?(?P<secret>[^\s\"'-][^\s\"']{2,128})",
    ),
    command(
        "psexec|psexec64|az login|cf login|twine upload|docker login|podman login|helm registry login|oc login|mongo|"
        "mongosh|mongodump|mongorestore|mongoexport|mongoimport|cqlsh|influx|arangosh|clickhouse-client|mosquitto_pub|"
        "mosquitto_sub|sqlcmd|bcp|isql|mc alias|"
        "az sql|az postgres|az mysql|az vm|az webapp|lftp|vncviewer|xfreerdp|wmic|evil-winrm|az acr login|"
        "svn|hg|rpk|nats|"
        "cypher-shell|neo4j-admin|ncftp|ncftpput|ncftpget|mycli|pgcli|tabcmd|conan|jf|jfrog|ibmcloud|cadaver|mongofiles|"
        "mongostat|mongotop|crackmapexec|netexec|nxc|winrs|kcat|duplicity",
        rf"[\s.]{LINE}\s(?:-p|-P|--password|/p:)[ \t=]{{0,4}}",
        goes="twine upload -u bob -p «» dist/*",
        stays="docker login -p $PASSWORD; mongo --port 27017; sqlcmd -P <password>; psexec -p put-your-password-here",
        check=secret_is_made_up_or_passphrase,
    ),
    command(
        "configure set",
        r"\s{1,8}\w{0,40}(?:secret|token|password)\w{0,40}\s{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"']{6,512})",
        goes="aws configure set aws_secret_access_key «" + mixed(40) + "»",
        stays="aws configure set aws_secret_access_key $SECRET",
    ),
    command(
        "secret set|secrets set|secret put|variable set|env set|config:set|secret create",
        rf"\s{LINE}(?:--body|--value|-b|-v)[ =]{{1,2}}",
        goes='gh secret set DEPLOY --body "«»"',
        stays="gh secret set DEPLOY --body-file x",
        check=secret_is_made_up,
    ),
    command(
        "usermod|useradd|chpasswd|adduser",
        rf"\s{LINE}(?:-p|--password)[ =]{{1,2}}",
        goes="useradd -p «» bob",
        stays="useradd -m bob",
        check=secret_is_made_up,
    ),
    command(
        "openssl passwd",
        r"\s{1,8}(?:-\w{1,20}\s{1,4}){1,6}",
        goes="openssl passwd -apr1 «»",
        stays="openssl passwd -apr1",
        check=secret_is_made_up,
    ),
    command(
        "curlftpfs#",
        r"(?:ftp://)?[\w.-]{1,64}:",
        argument=r"(?P<secret>[^\s@]{3,128})(?=@)",
        goes="curlftpfs#bob:«»@host /mnt fuse rw",
        stays="curlftpfs#bob@host",
    ),
    command(
        "cryptsetup|chpasswd|passwd|sudo|kinit|docker login|mysql|psql|gh auth login|su",
        rf"{LINE}<<<\s{{0,2}}",
        goes="cryptsetup luksOpen /dev/sdb1 data <<< '«»'",
        stays='cat <<< "$PASSWORD"',
        check=secret_is_made_up,
    ),
    command(
        "wandb login|snyk auth|add-authtoken|ngrok authtoken|importprivkey|config set|codecov|auth login|"
        "sentry-cli login",
        r"\s{1,8}(?:[\w-]{0,40}(?:key|token|secret)\w{0,40}\s{1,8})?(?:-\S{1,80}\s{1,8}){0,4}",
        argument=r"[\"']?(?P<secret>[\w{1,40}/=.-]{20,512})",
        goes="wandb login «" + hexed(40) + "»",
        stays="wandb login --relogin; npm config set registry https://registry.example.org",
        check=secret_is_machine_made,
    ),
    command(
        "bash)",
        r"\s{1,8}-t\s{1,8}",
        argument=r"(?P<secret>[0-9a-f-]{36})",
        goes="bash <(curl -s https://codecov.io/bash) -t «" + "550e8400-e29b-41d4-a716-446655440000»",
        stays="bash) -t 5",
    ),
    command(
        "poetry config http-basic|composer config http-basic|composer config --global http-basic",
        r"\S{0,60}\s{1,8}\S{1,64}\s{1,8}",
        goes="poetry config http-basic.acme bob «»",
        stays="poetry config http-basic.acme bob",
        check=secret_is_made_up,
    ),
    command(
        "bundle config",
        r"\s{1,8}(?:set\s{1,8})?(?:--\w{1,20}\s{1,4})?\S{1,80}\s{1,8}[^\s:]{1,64}:",
        goes="bundle config gems.example.org bob:«»",
        stays="bundle config path vendor",
        check=secret_is_made_up,
    ),
    command(
        "_authtoken|_password|:_auth",
        r"[ =]{1,3}",
        argument=r"[\"']?(?P<secret>[\w{1,40}/=.-]{16,512})",
        goes="npm config set //registry.example.org/:_authToken «" + mixed(36) + "»",
        stays="//registry.example.org/:_authToken=${NPM_TOKEN}",
        check=secret_is_made_up,
    ),
    command(
        "nuget add source|nuget sources add|dotnet nuget update source",
        rf"{LINE}\s(?:-p|--password|-Password)\s{{1,8}}",
        goes="dotnet nuget add source https://example.org -u bob -p «»",
        stays="dotnet nuget add source https://example.org",
        check=secret_is_made_up,
    ),
    command(
        "<(echo|<(printf|<(printf '%s'",
        r"\s{1,8}(?:-n\s{1,8})?",
        argument=r"[\"']?(?P<secret>[^\s\"'()$]{6,256})(?=[\"']?\))",
        goes="rsync --password-file=<(echo '«»') a::b .",
        stays="diff <(echo hello) x",
        check=secret_is_made_up,
    ),
    command(
        "read|passwd|mysql|su",
        r"[^\n<]{0,40}<<<\s{0,2}",
        goes="read -s x <<< '«»'",
        stays="read x <<< hello",
        check=secret_is_made_up,
    ),
)
