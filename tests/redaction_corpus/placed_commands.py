"""Command lines that carry a secret as a flag, an argument or a variable, one-time-password links and seed phrases."""

from tests.redaction_corpus.placed_makers import parse

COMMANDS = parse(r"""
== cli_openssl
openssl rsa -in server.key -passin pass:«!word» -out plain.key
--
openssl pkcs12 -export -in cert.pem -inkey key.pem -out shop.p12 -passout pass:«!word»
--
openssl enc -aes-256-cbc -salt -in a.tar -out a.enc -k «!word»
--
openssl pkcs12 -in shop.pfx -nodes -password pass:'«!quoted»'
--
openssl enc -d -aes-256-cbc -pbkdf2 -in backup.enc -pass 'pass:«!pw»'
== cli_sshpass
sshpass -p «!word» ssh deploy@«host» uptime
--
sshpass -p '«!quoted»' scp dump.sql «user»@«ip»:/tmp/
--
SSHPASS='«!pw»' sshpass -e sftp «user»@«host»
--
rsync -avz -e "sshpass -p «!word» ssh -o StrictHostKeyChecking=no" ./dist/ «user»@«host»:/srv
--
plink -ssh «user»@«host» -pw «!word» "ls -la"
== cli_mysql
mysql -u «user» -p«!word» «db»
--
mysql -h «host» -u«user» -p'«!quoted»' -e 'SHOW TABLES'
--
mysqldump --user=«user» --password=«!word» «db» > dump.sql
--
MYSQL_PWD=«!word» mysql -uroot «db» < schema.sql
--
docker exec -it db mysql -uroot -p«!word» -e "SELECT 1"
--
mysqladmin -u root password '«!pw»'
== cli_psql
PGPASSWORD=«!word» psql -h «host» -U «user» -d «db» -c '\dt'
--
export PGPASSWORD='«!quoted»'
pg_dump -h «ip» -U «user» «db» | gzip > «db».sql.gz
--
psql "host=«host» user=«user» password=«!word» dbname=«db»"
--
$env:PGPASSWORD = "«!pw»"; psql -U «user» «db»
== cli_mongo
mongosh "mongodb://«host»:27017/«db»" -u «user» -p «!word» --authenticationDatabase admin
--
mongodump --host «host» --username «user» --password «!word» --out /backup
--
mongo --host «ip» -u admin -p '«!quoted»' --eval 'db.stats()'
--
db.createUser({ user: "«user»", pwd: "«!quoted»", roles: ["readWrite"] })
--
db.auth("«user»", "«!pw»")
== cli_redis
redis-cli -h «host» -a «!word» ping
--
redis-cli -a '«!quoted»' --no-auth-warning INFO memory
--
REDISCLI_AUTH=«!word» redis-cli -h «ip» keys '*'
--
«host»:6379> AUTH «!word»
OK
--
CONFIG SET requirepass "«!pw»"
== cli_curl_user
curl -u «user»:«!word» https://«host»/api/v2/status
--
curl --user "«user»:«!pw»" -T build.zip https://«host»/upload/
--
curl -s -k -u '«user»:«!quoted»' https://«ip»:9200/_cluster/health?pretty
--
curl --proxy-user «user»:«!word» -x http://«ip»:3128 https://example.com
--
curl -u:«!token» https://«host»/_apis/projects
--
curl -d 'grant_type=password&username=«user»&password=«!word»' https://«host»/oauth/token
== cli_wget
wget --user=«user» --password=«!word» https://«host»/files/backup.tgz
--
wget --http-user «user» --http-password '«!quoted»' ftp://«host»/x
--
wget --ftp-user=«user» --ftp-password=«!word» ftp://«host»/pub/
--
lftp -u «user»,«!word» «host» -e "mirror; quit"
== cli_htpasswd
htpasswd -b /etc/nginx/.htpasswd «user» «!word»
--
htpasswd -cbB .htpasswd admin '«!quoted»'
--
docker run --rm httpd:2 htpasswd -nbB «user» «!word»
--
printf "«user»:$(openssl passwd -apr1 «!word»)\n" >> .htpasswd
== cli_ldap
ldapsearch -x -H ldap://«host» -D "cn=admin,dc=example,dc=com" -w «!word» -b dc=example,dc=com
--
ldapmodify -D cn=admin,dc=acme -w '«!quoted»' -f change.ldif
--
ldappasswd -x -D "cn=admin,dc=acme" -w «!word» -s «!word2» "uid=«user»,dc=acme"
--
ldapadd -x -D "cn=Manager,dc=shop" -w«!word» < users.ldif
== cli_kinit
echo «!word» | kinit «user»@EXAMPLE.COM
--
echo '«!quoted»' | kinit admin
--
printf '%s' "«!pw»" | kinit «user»
--
kinit «user» <<< '«!quoted»'
--
echo "«!pw»" | sudo -S systemctl restart «app»
== cli_docker_login
docker login -u «user» -p «!word» registry.example.com
--
echo "«!pw»" | docker login «host» --username «user» --password-stdin
--
podman login --username=«user» --password=«!word» «host»
--
skopeo copy --src-creds «user»:«!word» docker://«host»/«app» dir:/tmp/x
--
helm registry login «host» --username «user» --password '«!quoted»'
== cli_cloud_login
az login --service-principal -u «uuid» --password «!token» --tenant «uuid2»
--
az login -u «mail» -p '«!quoted»'
--
aws configure set aws_secret_access_key «!awskey»
--
export AWS_SECRET_ACCESS_KEY=«!awskey»
aws s3 ls s3://acme-shop
--
$ aws configure
AWS Secret Access Key [None]: «!awskey»
Default region name [None]: eu-central-1
--
cf login -a https://«host» -u «user» -p «!word»
--
oc login https://«host»:6443 -u «user» -p «!word»
--
vault login -method=userpass username=«user» password=«!word»
== cli_token_login
gh auth login --with-token <<< «!token»
--
echo «!token» | gh auth login --with-token
--
oc login --token=«!token» --server=https://«host»:6443
--
vault login «!token»
--
huggingface-cli login --token «!token»
--
sonar-scanner -Dsonar.host.url=https://«host» -Dsonar.login=«!hex»
== cli_windows
net use Z: \\«host»\share «!word» /user:ACME\«user»
--
net use \\«ip»\c$ /user:«user» «!word» /persistent:no
--
net user «user» «!word» /add
--
cmdkey /generic:«host» /user:«user» /pass:«!word»
--
cmdkey /add:«ip» /user:ACME\«user» /pass:"«!quoted»"
--
schtasks /create /tn Nightly /tr C:\job.bat /sc daily /ru «user» /rp «!word»
--
sqlcmd -S «host» -U sa -P «!word» -Q "SELECT @@VERSION"
--
xfreerdp /v:«host» /u:«user» /p:«!word» /size:1280x800
== cli_run_as
echo «!word» | runas /user:ACME\«user» "cmd /c whoami"
--
psexec \\«host» -u ACME\«user» -p «!word» cmd
--
wmic /node:«ip» /user:«user» /password:«!word» os get caption
--
winexe -U ACME/«user»%«!word» //«ip» "ipconfig"
--
evil-winrm -i «ip» -u «user» -p '«!quoted»'
== powershell_secure_string
$sec = ConvertTo-SecureString "«!quoted»" -AsPlainText -Force
--
ConvertTo-SecureString -String '«!quoted»' -AsPlainText -Force | ConvertFrom-SecureString
--
New-LocalUser -Name «user» -Password (ConvertTo-SecureString '«!pw»' -AsPlainText -Force)
--
$password = ConvertTo-SecureString -AsPlainText -Force -String "«!pw»"
--
Set-ADAccountPassword «user» -Reset -NewPassword (ConvertTo-SecureString -AsPlainText "«!pw»" -Force)
== powershell_credential
$cred = New-Object System.Management.Automation.PSCredential("«user»", «+»
(ConvertTo-SecureString "«!pw»" -AsPlainText -Force))
--
$c = New-Object System.Net.NetworkCredential("«user»", "«!quoted»", "ACME")
--
$pw = "«!pw»"
$cred = [pscredential]::new('ACME\«user»', ($pw | ConvertTo-SecureString -AsPlainText -Force))
--
$client.Credentials = New-Object Net.NetworkCredential('«user»','«!quoted»')
== cli_archive
7z x backup.7z -p«!word» -o/tmp/out
--
unzip -P «!word» export.zip
--
zip -P «!word» -r out.zip data/
--
gpg --batch --yes --passphrase '«!quoted»' -d dump.sql.gpg > dump.sql
--
keytool -importkeystore -srckeystore a.p12 -srcstorepass «!word» -deststorepass «!word2» -destkeystore b.jks
--
ansible-vault decrypt vars.yml --vault-password-file <(echo "«!pw»")
--
restic -r /srv/r snapshots --password-command "echo «!word»"
--
cryptsetup luksOpen /dev/sdb1 data <<< "«!pw»"
== cli_network
ipmitool -I lanplus -H «ip» -U admin -P «!word» chassis status
--
snmpget -v3 -u «user» -l authPriv -a SHA -A «!word» -x AES -X «!word2» «ip» sysName.0
--
snmpwalk -v2c -c «!word» «ip» system
--
rabbitmqctl add_user «user» «!word»
--
rabbitmqadmin -u «user» -p «!word» list queues
--
svn checkout https://«host»/svn/trunk --username «user» --password «!word»
--
ffmpeg -i rtsp://admin:«!word»@«ip»/ch1 -t 10 out.mp4
--
influx -username «user» -password '«!quoted»' -database «db»
--
cqlsh «host» -u cassandra -p «!word»
--
net ads join -U «user»%«!word»
== otp_secret
otpauth://totp/Acme:«mail»?secret=«!setupkey»&issuer=Acme&digits=6&period=30
--
otpauth://hotp/shop?secret=«!setupkey»&counter=1
--
oathtool --totp -b «!setupkey»
--
totp = pyotp.TOTP("«!setupkey»")
--
Scan the code or type this setup key into your authenticator app: «!setupkey»
--
TOTP_SECRET=«!setupkey»
== seed_phrase
My wallet's seed phrase: «!seed»
--
Recovery phrase (12 words): «!seedcomma»
--
MNEMONIC="«!seed»"
--
const mnemonic = "«!seed»";
const wallet = ethers.Wallet.fromPhrase(mnemonic);
--
seed phrase:
«!seed»

do not lose it
--
{"mnemonic": "«!seed»", "path": "m/44'/60'/0'/0"}
--
geth import, backup words are: «!seed»
""")
