"""Tables of `assignments`: requests, tables, notes and logs."""

from .assignments_syntax import syntax

TEXT = (
    syntax(
        "query_string",
        "",
        "snake camel kebab",
        "url",
        r"""
https://§h/api/v1/orders?page=§n&§K=§V&sort=asc
~~~
GET /report?user=§u&password=§P HTTP/1.1
Host: §h
~~~
curl "https://§h/hook?token=§T"
~~~
https://§h/cb?state=§x&access_token=§T&refresh_token=§S#top
~~~
10.0.0.7 - - [12/May/2025:06:25:24 +0000] "GET /export.csv?§K=§V HTTP/1.1" 200 §n
~~~
<a href="https://§h/reset?id=§n&amp;§K=§V">Reset</a>
""",
    ),
    syntax(
        "form_body",
        "http",
        "snake camel",
        "url",
        r"""
POST /oauth/token HTTP/1.1
Content-Type: application/x-www-form-urlencoded

grant_type=password&username=§u&password=§P&client_id=§d&client_secret=§T
~~~
curl -d 'username=§u&password=§P' https://§h/login
~~~
curl --data-urlencode "§K=§V" -d "page=1" https://§h/
~~~
body: login=§u&§K=§V&remember=on
~~~
curl -F §K=§V -F file=@report.pdf https://§h/upload
""",
    ),
    syntax(
        "multipart",
        "http",
        "snake camel",
        "raw",
        r"""
------WebKitFormBoundary§x
Content-Disposition: form-data; name="user"

§u
------WebKitFormBoundary§x
Content-Disposition: form-data; name="§K"

§V
------WebKitFormBoundary§x--
~~~
--§x
Content-Disposition: form-data; name="password"
Content-Type: text/plain; charset=utf-8

§P
--§x--
""",
    ),
    syntax(
        "graphql",
        "graphql",
        "camel",
        "json",
        r"""
mutation {
  login(email: "§u@example.com", password: "§P") { id name }
}
~~~
{"query":"mutation L($u:String!,$p:String!){login(user:$u,pass:$p){ok}}","variables":{"user":"§u","pass":"§P"}}
~~~
mutation { setKey(input: {name: "§d", §K: "§V"}) { ok } }
~~~
# variables
{ "input": { "id": §n, "§K": "§V" } }
""",
    ),
    syntax(
        "csv_column",
        "csv",
        "snake spaced",
        "doubled",
        r"""
name,email,password
Bob,bob@example.com,§P
Eve,eve@example.com,§Q
~~~
username;password;role
§u;§P;admin
kiosk;§Q;reader
~~~
url,username,§K,notes
https://§h/,§u,"§V",""
https://§d.example.org/,§u,"§W","old one, still works"
~~~
"id","login","passwd"
"1","§u","§P"
"2","kiosk","§Q"
~~~
host	user	password
§h	§u	§P
~~~
service,api_key,created
§d,§T,2024-05-01
mailer,§S,2023-11-19
""",
        "csv",
    ),
    syntax(
        "markdown_table",
        "",
        "snake spaced spaced",
        "raw",
        r"""
| User | Password | Role |
|------|----------|------|
| §u | `§T` | admin |
| kiosk | `§S` | read |
~~~
| Setting | Value |
|---|---|
| Host | §h |
| API key | `§T` |
""",
    ),
    syntax(
        "markdown_table_plain",
        "",
        "snake spaced spaced",
        "doubled",
        r"""
| User | Password | Role |
|:-----|:--------:|-----:|
| §u | §P | admin |
| kiosk | §Q | read |
~~~
| Setting | Value |
|---|---|
| Host | §h |
| §K | §V |
| Port | §n |
~~~
System | Login | Passwort
--- | --- | ---
§d | §u | §P
~~~
+----+----------+--------------+
| id | username | password     |
+----+----------+--------------+
|  1 | §u | §P |
|  2 | kiosk | §Q |
+----+----------+--------------+
""",
    ),
    syntax(
        "notes",
        "",
        "spaced spaced snake camel",
        "doubled",
        r"""
- Host: §h
- User: §u
- §K: §V
- Port: §n
~~~
* **§K**: §V
* **Region**: eu-west-1
~~~
Server: §h
Login:  §u
§K:  §V
~~~
1. open https://§h
2. §K: `§V`
3. click Save
~~~
- `§K`: `§V`
- `timeout`: `§n`
~~~
**§K:** §V
~~~
§K → §V
~~~
• §K - §V (valid until 2026)
~~~
USER      §u
PASSWORD  §P
HOST      §h
""",
    ),
    syntax(
        "log_line",
        "",
        "snake camel",
        "doubled",
        r"""
2025-01-09 11:42:07,§n DEBUG auth.views login attempt user=§u password=§P
~~~
2025-06-30T22:15:01Z WARN §d: retrying with §K=§V host=§h attempt=3
~~~
time="2024-09-17T08:00:01Z" level=debug msg="starting" §K="§V" addr=:8080
~~~
I0412 10:22:31.§n       1 flags.go:64] FLAG: --§K="§V"
~~~
[main] INFO  com.example.Shop - Config{user='§u', password='§P', poolSize=10}
~~~
[DEBUG] Settings(host='§h', §K='§V', timeout=30)
~~~
java.sql.SQLException: access denied (user=§u, password=§P, url=jdbc:oracle:thin:@§h)
~~~
Parameters: {"utf8"=>"✓", "user"=>{"login"=>"§u", "password"=>"§P"}, "commit"=>"Log in"}
~~~
#<Account id: §n, login: "§u", §K: "§V">
~~~
map[host:§h §K:§V user:§u]
~~~
&{Host:§h User:§u Password:§P Port:5432}
""",
    ),
    syntax(
        "http_header",
        "http",
        "header",
        "doubled",
        r"""
GET /v1/items HTTP/1.1
Host: §h
X-Api-Key: §T
Accept: */*
~~~
curl -H "x-api-key: §T" https://§h/v1/ping
~~~
curl -H 'X-Auth-Token: §T' -H 'Accept: application/json' https://§h/
~~~
> X-Client-Secret: §T
> user-agent: curl/8.5.0
~~~
proxy_set_header X-Webhook-Secret "§T";
~~~
PRIVATE-TOKEN: §T
content-type: application/json
""",
    ),
    syntax(
        "connection_pairs",
        "",
        "pascal",
        "doubled",
        r"""
Server=§h,1433;Database=§d;User Id=§u;Password=§P;Encrypt=True;
~~~
"Default": "Host=§h;Port=5432;Username=§u;Password=§T;Pooling=true"
~~~
host=§h port=5432 dbname=§d user=§u password=§P sslmode=require
~~~
Driver={ODBC Driver 18 for SQL Server};Server=§h;UID=§u;PWD=§P;
~~~
DefaultEndpointsProtocol=https;AccountName=§d;AccountKey=§T;EndpointSuffix=core.example.net
""",
    ),
    syntax(
        "foreign_key_names",
        "",
        "snake",
        "doubled",
        r"""
用户名=§u
密码=§P
~~~
账号：§u
密码：§P
~~~
{"用户": "§u", "密码": "§P"}
~~~
密鑰: §T
~~~
ユーザー名: §u
パスワード: §P
~~~
パスワード=§P
~~~
benutzer=§u
passwort=§P
~~~
Kennwort: §P
Zugangsschlüssel: §T
~~~
usuario: §u
contraseña: §P
~~~
clave = "§P"
~~~
utilisateur=§u
motdepasse=§P
~~~
mot_de_passe: "§P"
~~~
usuario=§u
senha=§P
~~~
"senha": "§P",
~~~
wachtwoord: §P
~~~
пароль: §P
логин: §u
~~~
hasło=§P
~~~
비밀번호: §P
~~~
şifre = §P
""",
    ),
)
