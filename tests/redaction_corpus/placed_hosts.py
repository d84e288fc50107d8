"""Files of a machine: its accounts, services, mounts, schedules and mail."""

from tests.redaction_corpus.placed_makers import parse

HOSTS = parse(r"""
== my_cnf
[client]
user=«user»
password=«!pw»
host=«host»
--
[mysqldump]
user = backup
password = "«!quoted»"
--
[client]
host = «ip»
?? port = 3306
password='«!pw»'
--
cat > ~/.my.cnf <<EOF
[client]
user=root
password=«!word»
EOF
== wpa_supplicant
network={
    ssid="AcmeGuest"
    psk="«!quoted»"
    key_mgmt=WPA-PSK
}
--
wpa_passphrase AcmeOffice «!word» | sudo tee /etc/wpa_supplicant.conf
--
network={
  ssid="shop-wifi"
  #psk="«!pw»"
  psk=«!longhex»
}
--
nmcli dev wifi connect "AcmeGuest" password "«!quoted»"
--
[wifi-security]
key-mgmt=wpa-psk
psk=«!psk»
--
interface=wlan0
ssid=shop
wpa_passphrase=«!psk»
wpa=2
== smb_credentials
username=«user»
password=«!pw»
domain=ACME
--
mount -t cifs //«host»/share /mnt -o username=«user»,password=«!word»,vers=3.0
--
//«host»/backup /mnt/backup cifs username=«user»,password=«!word»,uid=1000 0 0
--
smbclient //«host»/public -U «user»%«!word» -c ls
== htpasswd_hash
«user»:«!htpasswd»
--
$ cat /etc/nginx/.htpasswd
admin:«!htpasswd»
«user»:«!htpasswd2»
--
- "traefik.http.middlewares.auth.basicauth.users=«user»:«!htpasswd»"
--
basic_auth_users:
  «user»: «!bcrypt»
--
htpasswd -nbB admin prints admin:«!bcrypt»
== shadow_hash
root:«!shadow»:19700:0:99999:7:::
daemon:*:18858:0:99999:7:::
--
$ sudo grep «user» /etc/shadow
«user»:«!shadow»:19«n»:0:99999:7:::
--
passwd: «!shadow»
--
usermod -p '«!shadow»' «user»
--
rootpw --iscrypted «!shadow»
== cloud_init
#cloud-config
chpasswd:
  list: |
    root:«!word»
    «user»:«!word2»
  expire: false
--
#cloud-config
password: «!pw»
ssh_pwauth: true
--
users:
  - name: deploy
    passwd: «!shadow»
    lock_passwd: false
--
#cloud-config
chpasswd:
  users:
    - {name: deploy, password: «!word», type: text}
--
echo '«user»:«!word»' | sudo chpasswd
== systemd
[Service]
Environment=«pwkey»=«!word»
ExecStart=/usr/bin/«app»
--
Environment="«tokenkey»=«!mixed»" "PORT=8080"
--
[Service]
ExecStart=/usr/local/bin/exporter --web.password=«!word» --port 9100
--
Environment='«pwkey»=«!quoted»'
Restart=always
== crontab
0 3 * * * MYSQL_PWD=«!word» mysqldump -u backup «db» > /backup/db.sql
--
*/15 * * * * curl -s -u «user»:«!word» https://«host»/cron >/dev/null 2>&1
--
MAILTO=«mail»
PGPASSWORD=«!word»
30 2 * * 0 pg_dump -h «host» «db» | gzip > /srv/dump.gz
--
@daily RESTIC_PASSWORD='«!quoted»' restic backup /srv
== fstab
//«host»/data /mnt/data cifs user=«user»,pass=«!word»,iocharset=utf8 0 0
--
//nas/share /mnt/nas cifs username=«user»,password=«!word»,rw 0 0
--
https://«host»/dav /mnt/dav davfs user,noauto 0 0
//nas/b /mnt/b cifs password=«!word»,username=«user» 0 0
--
curlftpfs#«user»:«!word»@«host» /mnt/ftp fuse rw,uid=1000 0 0
== mail_settings
[smtp]
host = «host»
username = «mail»
password = «!pw»
--
mail.smtp.password=«!pw»
mail.smtp.port=465
--
postmap /etc/postfix/sasl_passwd
[«host»]:587 «mail»:«!word»
--
account default
host «host»
user «mail»
password «!pw»
--
set smtp_pass = "«!quoted»"
set imap_user = "«mail»"
--
transporter = nodemailer.createTransport({ host: "«host»", auth: { user: "«mail»", pass: "«!quoted»" } });
== service_config
requirepass «!word»
maxmemory 512mb
--
masterauth «!word»
replicaof «ip» 6379
--
bind_dn: cn=admin,dc=example,dc=com
bind_pw: «!pw»
--
olcRootPW: «!pw»
olcSuffix: dc=example,dc=com
--
stats auth «user»:«!word»
stats uri /haproxy
--
userlist ops
  user «user» insecure-password «!word»
--
user default on >«!word» ~* +@all
--
rpcuser=«user»
rpcpassword=«!token»
server=1
--
snmp-server community «!word» RO
enable secret 0 «!word2»
--
username «user» privilege 15 password 0 «!word»
line vty 0 4
""")
