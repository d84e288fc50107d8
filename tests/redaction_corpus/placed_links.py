"""Places of headers, cookies, URLs with credentials and connection strings."""

from tests.redaction_corpus.placed_makers import joined, parse

# Kind: the header's name, what comes before the secret, and what draws it.
HEADERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "header_basic": (("Authorization", "Basic ", "basic"),),
    "header_bearer": (("Authorization", "Bearer ", "mixed"), ("Authorization", "bearer ", "token")),
    "header_token": (("Authorization", "Token ", "hex"), ("Authorization", "token ", "token")),
    "header_token_equals": (("Authorization", "Token token=", "token"), ("Authorization", "GenieKey ", "uuid")),
    "header_api_key_scheme": (
        ("Authorization", "ApiKey ", "mixed"),
        ("Authorization", "Api-Key ", "mixed"),
        ("Authorization", "Apikey ", "token"),
    ),
    "header_bare_authorization": (("Authorization", "", "hex"), ("Authorization", "", "jwt")),
    "header_proxy_authorization": (
        ("Proxy-Authorization", "Basic ", "basic"),
        ("Proxy-Authorization", "Bearer ", "mixed"),
    ),
    "header_x_api_key": (("X-Api-Key", "", "mixed"), ("X-API-Key", "", "token"), ("apikey", "", "hex")),
    "header_x_auth_token": (
        ("X-Auth-Token", "", "mixed"),
        ("X-Access-Token", "", "token"),
        ("X-Vault-Token", "", "token"),
        ("X-Session-Token", "", "hex"),
    ),
    "header_private_token": (("PRIVATE-TOKEN", "", "token"), ("Private-Token", "", "token"), ("JOB-TOKEN", "", "hex")),
    "header_x_secret": (
        ("X-Client-Secret", "", "mixed"),
        ("X-Auth-Key", "", "hex"),
        ("X-Shop-Access-Token", "", "hex"),
    ),
}
HEADER_PLACES = tuple(
    joined("""
GET /v1/orders?page=2 HTTP/1.1
Host: «host»
NAME: VALUE
Accept: application/json
===
curl -sS -H 'NAME: VALUE' https://«host»/v2/items | jq .
===
curl -X POST https://«host»/v1/jobs \\
  -H "Content-Type: application/json" \\
  -H "NAME: VALUE" \\
  -d '{"name": "«app»"}'
===
headers = {"Accept": "application/json", "NAME": "VALUE"}
r = requests.get(f"https://{host}/v1/orders", headers=headers, timeout=10)
===
session.headers['NAME'] = 'VALUE'
===
{"request": {"method": "GET", "url": "https://«host»/", «+»
"headers": [{"name": "Accept", "value": "*/*"}, {"name": "NAME", "value": "VALUE"}]}}
===
        "headers": [
          {
            "name": "NAME",
            "value": "VALUE"
          },
          {
            "name": "User-Agent",
            "value": "shop/1.«n»"
          }
        ],
===
const res = await fetch("https://«host»/api/cart", {
  method: "GET",
  headers: { "NAME": "VALUE", "Accept-Language": "de" },
});
===
axios.get(url, { headers: { 'NAME': `VALUE` } }).then(r => console.log(r.data))
===
«day» «time» DEBUG http.client: send: b'GET /v1/me HTTP/1.1\\r\\n«+»
Host: «host»\\r\\nNAME: VALUE\\r\\nAccept: */*\\r\\n\\r\\n'
===
«day»T«time»Z TRACE outgoing request headers={'User-Agent': 'acme', 'NAME': 'VALUE'} status=403
===
req.Header.Set("NAME", "VALUE")
resp, err := client.Do(req)
===
HttpRequest request = HttpRequest.newBuilder(uri).header("NAME", "VALUE").GET().build();
===
proxy_set_header NAME "VALUE";
proxy_pass http://«ip»:8080;
===
http --verbose GET https://«host»/v1/me 'NAME:VALUE'
===
$headers = @{ "NAME" = "VALUE"; "Accept" = "application/json" }
Invoke-RestMethod -Uri https://«host»/v1 -Headers $headers
===
http:
  base_url: https://«host»
  headers:
    NAME: VALUE
    Accept: application/json
===
wget --header="NAME: VALUE" -qO- https://«host»/export.csv
===
curl_setopt($ch, CURLOPT_HTTPHEADER, array('NAME: VALUE', 'Content-Type: text/xml'));
===
> POST /graphql HTTP/2
> Host: «host»
> NAME: VALUE
> user-agent: curl/8.5.0
< HTTP/2 401
===
Send the header `NAME: VALUE` with every request to «host».
===
requests.post(url, json={"q": 1}, headers={'NAME':'VALUE','X-Request-Id':'«uuid»'})
""")
    .strip("\n")
    .split("\n===\n")
)

COOKIE_PLACES = parse(r"""
== cookie_header
GET /account HTTP/1.1
Host: «host»
Cookie: theme=dark; NAME=VALUE; lang=de
--
cookie: NAME=VALUE
--
headers = {"Cookie": "NAME=VALUE; _ga=GA1.2.«n».«n2»", "Accept": "text/html"}
--
{"name": "Cookie", "value": "lang=en; NAME=VALUE"}
--
curl https://«host»/cart -H 'cookie: cookie_consent=1; NAME=VALUE' --compressed
== cookie_set
HTTP/1.1 302 Found
Location: /account
Set-Cookie: NAME=VALUE; Path=/; HttpOnly; Secure; SameSite=Lax
--
< set-cookie: NAME=VALUE; expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=7200; path=/
--
{"set-cookie": ["NAME=VALUE; Path=/; HttpOnly"], "content-type": "text/html"}
--
[«day» «time»] response header Set-Cookie: NAME=VALUE; Domain=example.com; Path=/
== cookie_command
curl -b "NAME=VALUE" https://«host»/orders
--
curl 'https://«host»/api/me' --cookie 'NAME=VALUE; theme=light' -s
--
wget --no-cookies --header "Cookie: NAME=VALUE" https://«host»/report.pdf
--
sqlmap -u "https://«host»/item?id=1" --cookie="NAME=VALUE" --batch
--
http GET https://«host»/me 'Cookie:NAME=VALUE'
== cookie_code
document.cookie = "NAME=VALUE; path=/";
--
requests.get("https://«host»/me", cookies={"NAME": "VALUE", "lang": "de"})
--
await context.addCookies([{ name: "NAME", value: "VALUE", domain: "«host»", path: "/" }]);
--
driver.add_cookie({'name': 'NAME', 'value': 'VALUE'})
--
s.cookies.set('NAME', 'VALUE', domain='«host»')
== cookie_log
«ip» - - [«day» «time»] "GET /cart HTTP/1.1" 200 512 cookie="NAME=VALUE"
--
DEBUG session opened NAME=VALUE user=«user» ip=«ip»
--
«day» «time» WARN csrf mismatch, cookies: {lang=de, NAME=VALUE}
--
«host»	FALSE	/	TRUE	1799999999	NAME	VALUE
--
> document.cookie
'NAME=VALUE; theme=dark'
""")

URLS = parse(r"""
== url_postgres
postgres://«user»:«!urlpw»@«host»:5432/«db»
--
postgresql+psycopg://«user»:«!urlpw»@«ip»/«db»?sslmode=require
--
postgresql://«user»:«!urlpw»@«host»/«db»
== url_mysql
mysql://«user»:«!urlpw»@«host»:3306/«db»
--
mysql+pymysql://«user»:«!urlpw»@localhost/«db»?charset=utf8mb4
--
mssql+pyodbc://«user»:«!urlpw»@«host»/«db»?driver=ODBC+Driver+18+for+SQL+Server
== url_mongodb
mongodb+srv://«user»:«!urlpw»@cluster0.example.net/«db»?retryWrites=true&w=majority
--
mongodb://«user»:«!urlpw»@m1.example.com:27017,m2.example.com:27017,m3.example.com:27017/«db»?replicaSet=rs0
--
mongodb://root:«!urlpw»@«ip»:27017/?authSource=admin
== url_redis
redis://:«!urlpw»@«host»:6379/0
--
rediss://default:«!urlpw»@«host»:6380
--
redis+sentinel://:«!urlpw»@«ip»:26379/mymaster/0
== url_amqp
amqp://«user»:«!urlpw»@«host»:5672/%2F
--
amqps://«user»:«!urlpw»@«host»/«app»
== url_ftp
ftp://«user»:«!urlpw»@«host»/pub/export.zip
--
sftp://«user»:«!urlpw»@«host»:22/upload
== url_http_basic
https://«user»:«!urlpw»@«host»/repo/simple/
--
http://«user»:«!urlpw»@«ip»:8080/metrics
--
https://admin:«!word»@«host»:9200/_cat/indices?v
== url_smtp
smtp://«user»:«!urlpw»@«host»:587
--
smtps://noreply%40example.com:«!urlpw»@«host»:465?tls=true
== url_ldap
ldap://cn=admin,dc=example,dc=com:«!word»@«host»:389
--
ldaps://«user»:«!urlpw»@«host»:636/dc=example,dc=com
== url_git_token
https://«!token»@github.com/acme/shop.git
--
https://oauth2:«!token»@gitlab.example.com/acme/shop.git
--
https://x-access-token:«!token»@github.com/acme/«app»
--
https://«user»:«!token»@bitbucket.org/acme/shop.git
--
https://«!hex»:x-oauth-basic@github.com/acme/shop.git
== url_other
clickhouse://«user»:«!urlpw»@«host»:9000/«db»
--
snowflake://«user»:«!word»@acme-eu1/«db»/public?warehouse=wh
--
nats://«user»:«!word»@«host»:4222
--
socks5://«user»:«!word»@«ip»:1080
--
rtsp://admin:«!word»@«ip»:554/stream1
--
vnc://:«!word»@«ip»:5901
""")
URL_PLACES = tuple(
    """
DATABASE_URL=@URL@
===
export SERVICE_URL="@URL@"
===
client = connect("@URL@")
===
url: @URL@
===
  - "@URL@"
===
«day» «time» ERROR could not connect to @URL@ (timeout after 30s)
===
{"service": "«app»", "endpoint": "@URL@", "retries": 3}
===
I use @URL@ and it hangs at the handshake.
===
docker run --rm -e UPSTREAM='@URL@' acme/«app»:1.«n»
===
const uri = `@URL@`;
===
git remote -v
origin  @URL@ (fetch)
===
<a href="@URL@">backup</a>
===
[«app»](@URL@)
===
Connecting to <@URL@>...
===
  "dsn" => '@URL@',
===
sqlalchemy.url = @URL@
""".strip("\n").split("\n===\n")
)

CONNECTIONS = parse(r"""
== conn_ado_net
Server=«host»;Database=«db»;User Id=«user»;Password=«!pw»;Encrypt=true
--
"DefaultConnection": "Server=tcp:«host»,1433;Initial Catalog=«db»;«+»
User ID=«user»;Password=«!pw»;MultipleActiveResultSets=False;"
--
var cs = "Data Source=«host»;Initial Catalog=«db»;uid=«user»;pwd=«!pw»";
--
Host=«host»;Port=5432;Username=«user»;Password=«!pw»;Database=«db»;Pooling=true
--
new SqlConnection(@"Server=.\SQLEXPRESS;Database=«db»;User Id=sa;Password=«!pw»;TrustServerCertificate=True");
--
Provider=SQLOLEDB;Data Source=«ip»;User ID=sa;Password='«!quoted»';Initial Catalog=«db»
== conn_odbc
Driver={ODBC Driver 18 for SQL Server};Server=«host»;Database=«db»;Uid=«user»;Pwd=«!pw»;
--
pyodbc.connect("DRIVER={PostgreSQL Unicode};SERVER=«host»;PORT=5432;UID=«user»;PWD=«!pw»;DATABASE=«db»")
--
Driver={MySQL ODBC 8.0 Unicode Driver};Server=«host»;User=«user»;Password={«!pw»};Option=3
--
[ShopDSN]
Driver = FreeTDS
Server = «host»
UID = «user»
PWD = «!pw»
== conn_jdbc
jdbc:postgresql://«host»:5432/«db»?user=«user»&password=«!word»&ssl=true
--
jdbc:mysql://«host»/«db»?useSSL=false&user=«user»&password=«!word»
--
jdbc:sqlserver://«host»:1433;databaseName=«db»;user=«user»;password=«!pw»;encrypt=true
--
jdbc:oracle:thin:«user»/«!word»@//«host»:1521/ORCL
--
DriverManager.getConnection("jdbc:mariadb://«host»/«db»", "«user»", "«!pw»");
== conn_libpq
host=«host» port=5432 dbname=«db» user=«user» password=«!pw» sslmode=require
--
psycopg2.connect("dbname=«db» user=«user» password='«!quoted»' host=«ip»")
--
primary_conninfo = 'host=«ip» port=5432 user=replicator password=«!word» application_name=standby1'
--
db, err := sql.Open("postgres", "host=«host» user=«user» password=«!word» dbname=«db» sslmode=disable")
--
CONNECTION 'host=«host» dbname=«db» user=repl password=«!word»'
== conn_azure_storage
DefaultEndpointsProtocol=https;AccountName=acmeshop;AccountKey=«!accountkey»;EndpointSuffix=core.windows.net
--
AZURE_STORAGE_CONNECTION_STRING="DefaultEndpointsProtocol=https;AccountName=shopfiles;AccountKey=«!accountkey»"
--
"AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName=acmejobs;AccountKey=«!accountkey»;«+»
EndpointSuffix=core.windows.net",
--
az storage blob list --account-name acmeshop --account-key «!accountkey» -c backups
== conn_service_bus
Endpoint=sb://acme-shop.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=«!sharedkey»
--
ServiceBusClient.from_connection_string("Endpoint=sb://orders.servicebus.windows.net/;«+»
SharedAccessKeyName=send;SharedAccessKey=«!sharedkey»;«+»
EntityPath=orders")
--
HostName=acme-iot.azure-devices.net;DeviceId=sensor-«n»;SharedAccessKey=«!sharedkey»
--
EVENTHUB_CONN=Endpoint=sb://telemetry.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=«!sharedkey»;EntityPath=«app»
== conn_cosmos
AccountEndpoint=https://acme-shop.documents.azure.com:443/;AccountKey=«!accountkey»;
--
client = CosmosClient("https://acme.documents.azure.com:443/", credential="«!accountkey»")
--
"CosmosDb": { "Account": "https://shop.documents.azure.com", "Key": "«!accountkey»" }
--
COSMOS_CONNECTION=AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey=«!accountkey»
== conn_key_value
cache.«host»:6380,password=«!pw»,ssl=True,abortConnect=False
--
host=«host»;virtualHost=/«app»;username=«user»;password=«!word»;timeout=10
--
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required «+»
username="«user»" password="«!quoted»";
--
sasl.username=«user»
sasl.password=«!pw»
security.protocol=SASL_SSL
--
SharedAccessSignature sr=https%3A%2F%2Facme.servicebus.windows.net&sig=«!sasig»&se=17«n»000000&skn=send
== sas_url
https://acmeshop.blob.core.windows.net/backups/db.bak?sv=2022-11-02&ss=b&srt=o&sp=r&se=2027-01-01T00:00:00Z&spr=https&sig=«!sasig»
--
azcopy copy "./dump" "https://acme.blob.core.windows.net/in?sp=racw&st=«day»&sv=2021-06-08&sr=c&sig=«!sasig»"
--
sas_token = "?sv=2020-08-04&sr=b&sig=«!sasig»&se=2026-12-31&sp=r"
--
https://prod-12.westeurope.logic.azure.com:443/workflows/«hex»«+»
/triggers/manual/paths/invoke?api-version=2016-10-01«+»
&sp=%2Ftriggers&sv=1.0&sig=«!sasig»
== presigned_url
https://acme-shop.s3.eu-central-1.amazonaws.com/«app».zip?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20250301T101112Z&X-Amz-Expires=3600«+»
&X-Amz-SignedHeaders=host&X-Amz-Signature=«!longhex»
--
https://s3.amazonaws.com/acme/report.pdf?AWSAccessKeyId=«keyid»&Expires=1899999999&Signature=«!awssig»
--
https://storage.googleapis.com/acme/«app».tar?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=900«+»
&X-Goog-SignedHeaders=host&X-Goog-Signature=«!giganthex»
--
Download: https://acme.s3.amazonaws.com/x?X-Amz-Expires=900&X-Amz-Security-Token=«!ststoken»«+»
&X-Amz-SignedHeaders=host&X-Amz-Signature=«!longhex»
== header_digest
Authorization: Digest username="«user»", realm="api", nonce="«hex»", uri="/v1", qop=auth, «+»
nc=00000001, cnonce="«hex2»", response="«!digest»"
--
GET /private HTTP/1.1
Host: «host»
Authorization: Digest username="«user»", realm="«host»", nonce="«hex»", uri="/private", «+»
response="«!digest»", opaque="«hex2»"
--
curl -H 'Authorization: Digest username="«user»",«+»
realm="shop",nonce="«hex»",uri="/",response="«!digest»"' http://«ip»/
--
«day» «time» DEBUG REGISTER sip:«host» «+»
Proxy-Authorization: Digest username="«user»", realm="sip", nonce="«hex»", response="«!digest»", «+»
algorithm=MD5
""")
