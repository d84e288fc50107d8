"""Tables of `assignments`: settings files."""

from .assignments_syntax import syntax

SETTINGS = (
    syntax(
        "env_assignment",
        "bash",
        "screaming screaming snake",
        "shell",
        r"""
DEBUG=false
§K=§V
DB_HOST=§h
~~~
export §K=§V
export §L=§W
~~~
PORT=§n
§K = §V
LOG_LEVEL=info
~~~
§K=§V # rotate in March
~~~
# .env.production
APP_NAME=§d
APP_ENV=production

DB_CONNECTION=mysql
DB_USERNAME=§u
§K=§V
§L=§W

CACHE_DRIVER=redis
~~~
$ cat .env
§K=§V
$ docker compose up -d
~~~
set -a; §K=§V; §L=§W; set +a
~~~
§K=§V docker compose -f deploy/compose.yml up §d
~~~
-§K=§V
+§K=§W
 PORT=§n
""",
        "shell",
    ),
    syntax(
        "env_quoted",
        "",
        "screaming screaming snake",
        "shell",
        r"""
§K="§V"
DB_HOST="§h"
~~~
export §K='§V'
~~~
export §K="§V" §L="§W"
~~~
§K = '§V'   # from the vault
§L = "§W"
~~~
NODE_ENV="production"
§K="§V"
NEXT_PUBLIC_SITE=§h
~~~
PGUSER=§u PGPASSWORD='§P' psql -h §h §d -c 'select 1'
""",
    ),
    syntax(
        "yaml_assignment",
        "yaml",
        "snake camel kebab dotted",
        "yaml",
        r"""
database:
  host: §h
  user: §u
  §K: §V
  pool: §n
~~~
§K: §V
§L: §W
~~~
spring:
  datasource:
    url: jdbc:postgresql://§h:5432/§d
    username: §u
    password: §P   # prod only
~~~
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_USER: §u
      POSTGRES_PASSWORD: §P
    ports: ["5432:5432"]
~~~
defaults: &defaults
  §K: &shared §V
production:
  <<: *defaults
  retries: 3
~~~
users:
  - name: §u
    password: §P
    groups: [staff, dev]
  - name: kiosk
    password: §Q
    groups: []
~~~
stringData:
    §K:   §V
    username: §u
~~~
? §K
: §V
""",
        "yaml",
    ),
    syntax(
        "yaml_quoted",
        "yaml",
        "snake camel screaming kebab",
        "yaml",
        r"""
auth:
  §K: "§V"
  realm: "§d"
~~~
§K: '§V'
§L: "§W" # do not commit
~~~
"§K": "§V"
'§L': '§W'
~~~
- hosts: web
  vars:
    ansible_user: §u
    ansible_become_pass: "§P"
    §K: '§V'
  tasks: []
~~~
§K: !!str "§V"
timeout: §n
~~~
apiVersion: v1
kind: Secret
metadata: {name: §d}
stringData:
  §K: "§V"
  §L: "§W"
""",
    ),
    syntax(
        "yaml_name_value",
        "yaml",
        "screaming snake camel",
        "yaml",
        r"""
env:
  - name: §K
    value: "§V"
  - name: LOG_LEVEL
    value: debug
~~~
env:
- name: LOG_LEVEL
  value: info
- name: §K
  value: §V
~~~
environment:
  - §K=§V
  - TZ=Europe/Berlin
~~~
environment:
  - "§K=§V"
  - '§L=§W'
~~~
parameters:
  - { name: §K, value: '§V' }
~~~
Environment:
  - Name: §K
    Value: '§V'
  - Name: REGION
    Value: eu-west-1
""",
        "csv",
    ),
    syntax(
        "yaml_block",
        "yaml",
        "snake camel screaming",
        "raw",
        r"""
§K: |
  §V
user: §u
~~~
config:
  §K: >-
    §V
  host: §h
~~~
§K: |-
    §V
§L: >
    §W
~~~
data:
  §K: |2
    §V
""",
    ),
    syntax(
        "yaml_flow",
        "yaml",
        "snake camel",
        "yaml",
        r"""
db: {host: §h, user: §u, §K: §V}
~~~
db: { user: "§u", §K: "§V", port: 5432 }
~~~
users: [{name: §u, password: §P}, {name: kiosk, password: '§Q'}]
~~~
auth: {"§K": "§V", "§L": '§W'}
""",
    ),
    syntax(
        "toml",
        "toml",
        "snake kebab screaming",
        "c",
        r"""
[database]
host = "§h"
§K = "§V"
port = §n
~~~
§K = "§V"  # 90 days
§L = "§W"
~~~
[auth]
credentials = { user = "§u", password = "§P" }
~~~
database.§K = "§V"
~~~
[[registry]]
index = "https://§h/index"
"§K" = "§V"
~~~
[connections.§d]
account = "§d"
user = "§u"
password = "§P"
warehouse = "SMALL"
""",
    ),
    syntax(
        "ini_quoted",
        "ini",
        "snake screaming dotted kebab",
        "raw",
        r"""
[client]
user=§u
password="§T"
~~~
[mysqld_exporter]
§K="§V"
port = §n
""",
    ),
    syntax(
        "ini_plain",
        "ini",
        "snake snake camel dotted",
        "shell",
        r"""
[client]
user=§u
password=§P
host=§h
~~~
[smtp]
server = §h
login = §u
§K = §V
starttls = yes
~~~
[default]
§K: §V
region: eu-west-1
~~~
[§d]
§K=§V
; §L=§W
~~~
[wifi]
ssid=§d-guest
psk=§P
~~~
machine-name = §x
§K	=	§V
§L	=	§W
""",
        "line",
    ),
    syntax(
        "properties",
        "properties",
        "dotted dotted snake camel",
        "shell",
        r"""
server.port=8080
spring.datasource.username=§u
spring.datasource.password=§P
~~~
§K=§V
§L: §W
~~~
§K : §V
app.name : §d
~~~
javax.net.ssl.keyStore=/etc/ssl/§d.jks
javax.net.ssl.keyStorePassword=§P
~~~
# sonar
sonar.host.url=https://§h
§K = §V
~~~
§K	=§V
log4j.rootLogger INFO
""",
        "line",
    ),
)
