"""Tables of `assignments`: shells, commands, SQL and infrastructure code."""

from .assignments_syntax import syntax

COMMANDS = (
    syntax(
        "powershell_code",
        "powershell",
        "pascal camel",
        "doubled",
        r"""
$§K = '§V'
~~~
$env:§K = '§V'
~~~
$cred = ConvertTo-SecureString '§P' -AsPlainText -Force
~~~
$params = @{ Server = '§h'; §K = '§V' }
~~~
[string]$§K = '§V'
~~~
New-LocalUser -Name '§u' -Password (ConvertTo-SecureString -String '§P' -AsPlainText -Force)
~~~
Invoke-Sqlcmd -ServerInstance §h -Username §u -Password '§P'
~~~
[Environment]::SetEnvironmentVariable('§K', '§V', 'User')
""",
    ),
    syntax(
        "shell_code",
        "bash",
        "snake screaming",
        "shell",
        r"""
#!/bin/bash
set -euo pipefail
§K='§V'
curl -s "https://§h/"
~~~
local §K="§V"
~~~
readonly §K="§V"
~~~
declare -r §K='§V'
~~~
§K=${§K:-§V}
~~~
: "${§K:=§V}"
~~~
set -gx §K '§V'
~~~
set -x §K "§V"  # fish
~~~
echo '§P' | sudo -S apt-get update
~~~
setenv §K "§V"
~~~
heroku config:set §K=§V
~~~
kubectl create secret generic §d --from-literal=§K='§V'
""",
        "shell",
    ),
    syntax(
        "batch_code",
        "bat",
        "screaming snake",
        "shell",
        r"""
set §K=§V
echo done
~~~
set "§K=§T"
~~~
setx §K §V
~~~
net use Z: \\§h\share /user:§u §P
~~~
SET §K=§V
call deploy.cmd §d
""",
        "shell",
    ),
    syntax(
        "vba_code",
        "vb",
        "pascal camel",
        "doubled",
        r"""
Const §K = "§V"
~~~
Dim §K As String
§K = "§V"
~~~
Public Const §K As String = "§V"
~~~
ActiveSheet.Unprotect Password:="§P"
~~~
Private §K As String = "§V"
""",
    ),
    syntax(
        "terraform",
        "hcl",
        "snake",
        "dollar",
        r"""
variable "§K" {
  type    = string
  default = "§V"
}
~~~
provider "§d" {
  username = "§u"
  password = "§P"
}
~~~
resource "aws_db_instance" "§d" {
  engine   = "postgres"
  username = "§u"
  password = "§P"
  port     = §n
}
~~~
§K = "§V"
~~~
locals { §K = "§V" }
~~~
environment {
  variables = {
    §K = "§V"
    REGION = "eu"
  }
}
~~~
set_sensitive {
  name  = "§K"
  value = "§V"
}
""",
    ),
    syntax(
        "nix_code",
        "nix",
        "camel",
        "dollar",
        r"""
{ services.§d = { enable = true; §K = "§V"; }; }
~~~
users.users.§u.password = "§P";
~~~
§K = "§V";
~~~
environment.variables = { "§K" = "§V"; };
""",
    ),
    syntax(
        "groovy_code",
        "groovy",
        "camel",
        "dollar",
        r"""
def §K = '§V'
~~~
signingConfigs {
    release {
        storeFile file('release.jks')
        storePassword '§P'
        keyAlias '§d'
        keyPassword '§Q'
    }
}
~~~
ext.§K = "§V"
~~~
credentials { username '§u'; password '§P' }
~~~
environment { §K = '§V' }
~~~
[user: '§u', §K: '§V']
""",
    ),
    syntax(
        "sql_statement",
        "sql",
        "snake",
        "doubled",
        r"""
CREATE USER §u WITH PASSWORD '§P';
~~~
CREATE USER '§u'@'%' IDENTIFIED BY '§P';
GRANT SELECT ON §d.* TO '§u'@'%';
~~~
ALTER ROLE §u WITH ENCRYPTED PASSWORD '§P' VALID UNTIL '2027-01-01';
~~~
ALTER USER '§u'@'localhost' IDENTIFIED WITH mysql_native_password BY '§P';
~~~
CREATE LOGIN §u WITH PASSWORD = '§P', CHECK_POLICY = OFF;
~~~
UPDATE users SET password = '§P' WHERE id = §n;
~~~
INSERT INTO users (id, name, password) VALUES (§n, '§u', '§P');
~~~
SELECT * FROM accounts WHERE login = '§u' AND passwd = '§P';
~~~
SET PASSWORD FOR '§u'@'%' = PASSWORD('§P');
~~~
UPDATE settings SET §K = '§V', updated = now();
~~~
INSERT INTO settings (name, value) VALUES ('§K', '§V');
~~~
CREATE SECRET s3 (TYPE S3, KEY_ID '§x', SECRET '§T');
""",
    ),
    syntax(
        "command_flag",
        "bash",
        "kebab",
        "shell",
        r"""
mysqldump --host=§h --user=§u --password=§P §d > dump.sql
~~~
docker login registry.example.com -u §u --password '§P'
~~~
helm install §d ./chart --set image.tag=§x --set auth.password=§P
~~~
java -Dserver.port=8080 -Dpassword=§P -jar §d.jar
~~~
mvn deploy -Djavax.net.ssl.trustStorePassword='§P' -q
~~~
msbuild Shop.sln /p:Configuration=Release /p:Password="§P"
~~~
acme-cli login --user §u --token §T
~~~
acme-cli push --§K §V --verbose
~~~
acme-cli push --§K=§V --region eu
~~~
acme-cli push --§K "§V" \
  --§L '§W'
~~~
redis-cli -h §h --pass §P ping
~~~
openssl pkcs12 -in §d.p12 -passin pass:§P -nodes
~~~
sshpass -p '§P' ssh §u@§h
~~~
docker run -d -e §K=§V -e TZ=UTC --name §d postgres:16
~~~
docker run -e "§K=§V" -p 5432:5432 postgres
~~~
keytool -genkey -alias §d -keystore §d.jks -storepass §P -keypass §Q
~~~
mysql -u §u -p'§P' §d
~~~
gh secret set §K --body "§V"
~~~
curl -u '§u:§P' https://§h/
~~~
twine upload -u §u -p §P dist/*
~~~
ansible-playbook site.yml -e "ansible_become_pass=§P"
""",
        "shell",
    ),
    syntax(
        "dockerfile",
        "dockerfile",
        "screaming",
        "shell",
        r"""
FROM python:3.12-slim
ENV §K=§V
ENV §L "§W"
~~~
ARG §K=§V
RUN make
~~~
ENV PORT=§n §K='§V'
~~~
ENV §K §V
CMD ["gunicorn", "§d.wsgi"]
~~~
RUN echo "root:§P" | chpasswd
""",
        "shell",
    ),
)
