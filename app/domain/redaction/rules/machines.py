"""Secrets of machines and services: network devices, Windows, vaults, caches and brokers, as they are set up."""

from app.domain.redaction.rules.commands import LINE, command
from app.domain.redaction.rules.rule import (
    Rule,
    hexed,
    mixed,
    secret_is_firm,
    secret_is_firmly_odd,
    secret_is_made_up,
    secret_is_odd,
)

MACHINES: tuple[Rule, ...] = (
    command(
        "wg genkey|wg genpsk",
        r"(?:\s{1,8}(?:\w{2,10}:?\s{1,4}){0,3}|[^\n]{0,40}\n[> ]{0,4})",
        argument=r"(?P<secret>[A-Za-z0-9+/]{43}=)",
        goes="$ wg genkey\n«" + mixed(43) + "=»",
        stays="wg genkey | wg pubkey\nand so on",
    ),
    # developer.hashicorp.com/vault/docs/concepts/tokens: the form before 1.10
    command(
        "vault_token|x-vault-token",
        r"\\{0,3}[\"']?\s{0,4}[:=]\s{0,4}\\{0,3}[\"']?",
        argument=r"(?P<secret>[sbr]\.[A-Za-z0-9]{20,95})",
        goes="VAULT_TOKEN=«s." + mixed(24) + "»",
        stays="VAULT_TOKEN=s.token",
    ),
    # rubyonrails.org credentials: the key file holds nothing but the key
    command(
        "config/master.key|credentials/production.key|credentials/staging.key|credentials/development.key",
        r"[^\n\w]{0,8}\r?(?:\n|\\n)[> ]{0,4}",
        argument=r"(?P<secret>[0-9a-f]{32})(?![\w])",
        goes="$ cat config/master.key\n«" + hexed(32) + "»",
        stays="config/master.key\nconfig/credentials.yml.enc",
    ),
    # redis.io ACL SETUSER: a password stands behind ">"
    command(
        "user|setuser",
        r"[ \t]{1,4}[\w.@-]{1,64}[ \t]{1,4}(?:[\w+~&*@%-]{1,64}[ \t]{1,4}){0,8}(?:on[ \t]{1,4})?",
        argument=r"[\"']?[<>](?P<secret>[^\s\"'<>]{3,256})"
        r"(?=[\"']?(?:[ \t]{1,4}(?:[~+&@%-]|on\b|off\b|all\w{4,8}\b)|\s{0,4}\n|\s{0,4}$))",
        goes="user default on >«» ~* +@all",
        stays="user default on nopass ~* +@all",
        check=secret_is_firm,
    ),
    command(
        "convertto-securestring",
        r"\s{1,8}(?:-(?:AsPlainText|Force|String)\s{1,8}){0,3}(?=[\"'])",
        goes='ConvertTo-SecureString "«»" -AsPlainText -Force',
        stays='ConvertTo-SecureString "$env:PW" -AsPlainText -Force',
    ),
    command(
        "winexe|smbclient|rpcclient|smbmap|net rpc|wmiexec.py|psexec.py|smbget",
        rf"\s{LINE}(?:-U|--user)[ \t=]{{1,4}}[\"']?[^\s%\"']{{1,64}}%",
        argument=r"(?P<secret>[^\s\"']{2,128})",
        goes="smbclient -U ACME/bob%«» //host/share",
        stays="smbclient -U bob //host/share",
    ),
    command(
        "ipmitool|racadm",
        rf"\s{LINE}\s-[Pp]\s{{1,4}}",
        goes="ipmitool -H 10.0.0.9 -U admin -P «» chassis",
        stays="ipmitool -H 10.0.0.9 -E chassis",
    ),
    command(
        "snmpget|snmpwalk|snmpset|snmpbulkwalk|snmptrap",
        rf"\s{LINE}\s-A\s{{1,4}}",
        goes="snmpget -v3 -u bob -A «» host",
        stays="snmpget -v3 -u bob -a SHA host",
    ),
    command(
        "snmpget|snmpwalk|snmpset|snmpbulkwalk|snmptrap",
        rf"\s{LINE}\s-X\s{{1,4}}",
        goes="snmpget -v3 -u bob -X «» host",
        stays="snmpget -v3 -u bob -x AES host",
    ),
    command(
        "snmpget|snmpwalk|snmpset|snmpbulkwalk|snmptrap",
        rf"\s{LINE}\s-c\s{{1,4}}",
        goes="snmpwalk -v2c -c «» host system",
        stays="snmpwalk -v2c -c public host system",
        check=secret_is_made_up,
    ),
    command(
        "net use",
        rf"\s{LINE}/user:\S{{1,64}}\s{{1,4}}",
        argument=r"[\"']?(?P<secret>[^\s\"'/]{3,128})",
        goes=r"net use Z: \\host\share /user:bob «»",
        stays=r"net use Z: \\host\share /user:bob /persistent:no",
    ),
    command(
        "net use",
        r"\s{1,8}(?:[A-Za-z*]:?\s{1,8})?\\\\\S{1,120}\s{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"'/*]{3,128})(?=[\"']?\s{1,8}/user:)",
        goes=r"net use Z: \\host\share «» /user:bob",
        stays=r"net use Z: \\host\share * /user:bob",
    ),
    command(
        "schtasks|cmdkey|runas|net user|reg add|dsquery|csvde|ldifde|djoin",
        rf"\s{LINE}/(?:rp|pass|p|password|passwordd)[ :]{{1,2}}",
        goes="cmdkey /add:host /user:bob /pass:«»",
        stays="cmdkey /add:host /user:bob /pass",
    ),
    # docs.vyos.io, junos, arubanetworks.com and others: settings whose name says that what follows is shared or secret
    command(
        "pre-shared-secret|pre-shared-key|preshared-key|shared-secret|plaintext-password|plaintext-password-value|"
        "ppp-password|authentication-key|authentication-password|privacy-password|encrypted-password|key-string|"
        "md5-key|message-digest-key|insecure-password|psksecret|wpa-passphrase|wpa-psk|shared-key|auth-password|priv-password",
        r"[ \t]{1,4}(?:(?:ascii-text|ascii|hex|plaintext|cipher|local|remote|simple|encrypted|md5|sha"
        r"|[0-9]{1,3})[ \t]{1,4}){0,3}"
        r"(?:address[ ]\S{1,64}[ ]key[ ])?",
        argument=r"[\"']?(?P<secret>[^\s\"'<>;{}]{4,256})",
        goes="set vpn ipsec site-to-site peer 192.0.2.9 authentication pre-shared-secret «»",
        stays="set authentication mode pre-shared-secret; a pre-shared-key is set with the command authentication-key",
        check=secret_is_firmly_odd,
    ),
    command(
        "ppp chap password|ppp pap sent-username|enable password|enable secret|local-user|set passwd|set password|"
        "password cipher|password irreversible-cipher|password manager plaintext|password simple|phash",
        r"[ \t]{1,4}(?:[\w.@-]{1,64}[ \t]{1,4}(?:password|privilege [0-9]{1,2} password)[ \t]{1,4})?"
        r"(?:(?:cipher|irreversible-cipher|simple|plaintext|ENC|[0-9])[ \t]{1,4})?",
        argument=r"[\"']?(?P<secret>[^\s\"'<>;{}]{4,256})",
        goes="local-user bob password irreversible-cipher «»",
        stays="set password expiry 90; enable secret 5 levels; local-user bob class manage",
        check=secret_is_odd,
    ),
    # netsh wlan show profile ... key=clear, in the languages that Windows speaks
    command(
        "key content|schlüsselinhalt|contenu de la clé|contenido de la clave|contenuto chiave|conteúdo da chave|"
        "sleutelinhoud|zawartość klucza|содержимое ключа|nyckelinnehåll|nøgleindhold|nøkkelinnhold|anahtar içeriği|"
        "obsah klíče|キー コンテンツ|关键内容|키 콘텐츠",
        r"[ \t]{0,24}:[ \t]{1,4}",
        argument=r"(?P<secret>[^\s\"'<>][^\r\n\"'<>\\]{6,62}[^\s\"'<>\\])",
        goes="    Key Content            : «»",
        stays="    Key Content            : Absent",
        check=secret_is_firm,
    ),
    command(
        "requirepass|masterauth",
        r"[ \t]{1,4}",
        goes="requirepass «»",
        stays="requirepass <password>",
    ),
    command(
        "sentinel auth-pass",
        r"[ \t]{1,4}\S{1,64}[ \t]{1,4}",
        goes="sentinel auth-pass mymaster «»",
        stays="sentinel auth-pass mymaster <password>",
    ),
    command(
        "auth",
        r"[ \t]{1,4}(?:default[ \t]{1,4})?",
        argument=r"(?P<secret>[^\s\"']{4,128})(?=\s{0,8}\n\s{0,8}(?:\+?OK|\(error\)))",
        goes="> AUTH «»\nOK",
        stays="> AUTH is needed\nfirst",
    ),
    command(
        "stats auth",
        r"[ \t]{1,4}[\w.@-]{1,64}:",
        argument=r"(?P<secret>[^\s\"']{3,128})",
        goes="stats auth admin:«»",
        stays="stats auth admin:${PW}",
    ),
    command(
        "vault login|op signin|doppler login|flyctl auth|heroku authorizations",
        r"\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}(?:token=)?",
        argument=r"(?P<secret>[\w.-]{16,256})",
        goes="vault login «" + mixed(24) + "»",
        stays="vault login -method=oidc",
        check=secret_is_made_up,
    ),
    command(
        "oathtool",
        rf"\s{LINE}(?:-b|--base32)\s{{1,4}}(?:--totp\s{{1,8}})?",
        argument=r"[\"']?(?P<secret>[A-Z2-7]{16,128})",
        goes="oathtool --totp -b «JBSWY3DP" + "EHPK3PXP»",
        stays="oathtool --totp -b -",
    ),
    command(
        "rabbitmqctl add_user|rabbitmqctl change_password|rabbitmqctl authenticate_user|"
        "samba-tool user create|smbpasswd -a",
        r"\s{1,8}[\w.@-]{1,64}\s{1,8}",
        goes="rabbitmqctl add_user bob «»",
        stays="rabbitmqctl add_user bob <password>",
        check=secret_is_firm,
    ),
    command(
        "rabbitmqadmin|restic|borg|ansible-vault|lftp|openssl|gpg|cryptsetup|net ads|redis-cli|redis-server|"
        "keydb-cli|iredis",
        rf"(?=\s){LINE}(?:\s-(?:p|k|a|pass|passin|passout)[ =]"
        r"|--(?:passphrase|password-command|pass|requirepass|masterauth|vault-password-file)[ =]|-U[ ]\S{1,64}%)"
        r"(?:pass:|<\(echo |[\"']echo |[\"'](?=pass:)pass:)?",
        goes="openssl enc -aes-256-cbc -k «» -in a",
        stays="openssl enc -pass env:PW; redis-cli -a $PW; gpg --passphrase-file x",
        check=secret_is_firm,
    ),
    command(
        "password 0|password 7|secret 0|secret 5|secret 8|secret 9|secret 4|key 0|key 7",
        r"[ ]{1,2}",
        argument=r"(?P<secret>[^\s\"']{4,256})",
        goes="username bob privilege 15 secret 0 «»",
        stays="there are password 0 rules",
        check=secret_is_made_up,
    ),
    command(
        "snmp-server community|rocommunity|rwcommunity",
        r"[ ]{1,2}",
        argument=r"[\"']?(?P<secret>[^\s\"']{4,128})",
        goes="snmp-server community «» RO",
        stays="snmp-server community public RO",
        check=secret_is_made_up,
    ),
    # man 5 snmpd.conf
    command(
        "com2sec",
        r"[ \t]{1,8}\S{1,64}[ \t]{1,8}\S{1,64}[ \t]{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"']{4,128})",
        goes="com2sec readonly 10.104.113.0/24 «»",
        stays="com2sec readonly default public",
        check=secret_is_made_up,
    ),
    command(
        "ntp authentication-key",
        r"[ ]{1,2}\d{1,10}[ ]{1,2}md5[ ]{1,2}",
        argument=r"(?P<secret>[^\s\"']{6,128})",
        goes="ntp authentication-key 1 md5 «» 7",
        stays="ntp authentication-key 1 md5 <key>",
    ),
    command(
        "crypto isakmp key|tacacs-server key|radius-server key",
        r"[ ]{1,2}(?:[0-9] )?",
        argument=r"(?P<secret>[^\s\"']{6,128})",
        goes="crypto isakmp key «» address 10.104.113.209",
        stays="crypto isakmp key <key> address 10.104.113.209",
    ),
    command(
        "radius-server host|tacacs-server host|radius host|tacacs host",
        rf"[ ]{LINE}\bkey[ ]{{1,2}}(?:[0-9][ ])?",
        argument=r"[\"']?(?P<secret>[^\s\"']{4,128})",
        goes="radius-server host 192.0.2.9 auth-port 1812 key «»",
        stays="radius-server host 192.0.2.9 auth-port 1812 key <key>",
    ),
    command(
        "unseal key|recovery key",
        r"\s{1,8}[0-9]{1,2}\s{0,2}:\s{1,4}",
        argument=r"(?P<secret>[A-Za-z0-9+/]{40,120}+={0,2}+)",
        goes="Unseal Key 1: «" + mixed(44) + "»",
        stays="Unseal Key 1: <key>",
    ),
    command(
        "operator unseal|operator rekey",
        r"\s{1,8}(?:-\S{1,40}\s{1,4}){0,6}",
        argument=r"(?P<secret>[A-Za-z0-9+/=]{32,90})",
        goes="vault operator unseal «" + mixed(44) + "»",
        stays="vault operator unseal -migrate",
    ),
    command(
        "net user",
        r"\s{1,8}[\w.-]{1,64}\s{1,8}",
        argument=r"[\"']?(?P<secret>[^\s\"'/*][^\s\"'/]{3,127})(?=[\"']?\s{1,8}/(?:add|domain|active))",
        goes="net user bob «» /add",
        stays="net user bob * /add",
        check=secret_is_made_up,
    ),
    command(
        "nmcli",
        rf"\s{LINE}(?:password|wifi-sec\.psk)\s{{1,8}}",
        goes="nmcli dev wifi connect Home password «»",
        stays="nmcli dev wifi list",
        check=secret_is_made_up,
    ),
)
