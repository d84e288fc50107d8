"""Files that hold credentials by their nature: account files, tool configurations, application settings."""

from tests.redaction_corpus.placed_makers import parse

FILES = parse(r"""
== gcp_service_account
{
  "type": "service_account",
  "project_id": "acme-«n»",
  "private_key_id": "«sha»",
  "private_key": "«begin»\n«!escbody»\n«end»\n",
  "client_email": "«app»@acme.iam.gserviceaccount.com",
  "token_uri": "https://oauth2.googleapis.com/token"
}
--
{"type":"service_account","project_id":"shop","private_key":"«begin»\n«!escbody»\n«end»\n",«+»
"client_email":"ci@shop.iam.gserviceaccount.com"}
--
GOOGLE_CREDENTIALS='{"type": "service_account", "private_key": "«begin»\n«!escbody»\n«end»\n", "client_id": "10«n»"}'
--
credentials = service_account.Credentials.from_service_account_info({
    "type": "service_account",
    "private_key": "«begin»\n«!escbody»\n«end»\n",
    "client_email": "etl@acme.iam.gserviceaccount.com",
})
== docker_config
{
  "auths": {
    "registry.example.com": {
      "auth": "«!basic»"
    }
  }
}
--
{"auths":{"https://index.docker.io/v1/":{"auth":"«!basic»","email":"«mail»"}}}
--
cat ~/.docker/config.json
{"auths": {"«host»": {"username": "«user»", "password": "«!word»"}}, "credsStore": "desktop"}
--
{"auths": {"ghcr.io": {"auth": "«!basic»"}, "«host»:5000": {"auth": "«!basic2»"}}}
--
{"auths":{"acme.azurecr.io":{"identitytoken":"«!jwt»"}}}
== netrc
machine «host» login «user» password «!pw»
--
machine «host»
  login «user»
  password «!pw»
machine api.example.com
  login «user2»
  password «!token»
--
default login anonymous password «!pw»
--
machine github.com
login acme-bot
password «!token»
protocol https
--
echo "machine «host» login «user» password «!word»" >> ~/.netrc && chmod 600 ~/.netrc
== pgpass
«host»:5432:«db»:«user»:«!word»
--
# hostname:port:database:username:password
*:*:*:postgres:«!word»
«ip»:5433:«db»:«user»:«!word2»
--
cat ~/.pgpass
localhost:5432:*:«user»:«!pw»
--
echo '«host»:5432:«db»:«user»:«!word»' > ~/.pgpass; chmod 0600 ~/.pgpass
== npmrc
registry=https://«host»/
//«host»/:_authToken=«!mixed»
--
//registry.example.com/:_password=«!bvalue»
//registry.example.com/:username=«user»
//registry.example.com/:email=«mail»
--
_auth=«!basic»
always-auth=true
--
npm config set //«host»/:_authToken «!token»
--
npmScopes:
  acme:
    npmRegistryServer: "https://«host»"
    npmAuthToken: "«!mixed»"
== pip_and_pypirc
[pypi]
username = __token__
password = «!token»
--
[global]
index-url = https://«user»:«!urlpw»@«host»/simple
timeout = 60
--
[distutils]
index-servers = acme

[acme]
repository: https://«host»/pypi
username: «user»
password: «!pw»
--
pip install acme-utils --extra-index-url https://«user»:«!word»@«host»/simple
--
poetry config http-basic.acme «user» «!word»
== kubeconfig
users:
- name: «user»
  user:
    token: «!jwt»
--
apiVersion: v1
kind: Config
users:
- name: admin
  user:
    client-certificate-data: «certb»
    client-key-data: «!keyb»
current-context: «env»
--
users:
  - name: «user»
    user:
      username: «user»
      password: «!pw»
--
kubectl config set-credentials «user» --token=«!jwt»
--
- name: gke
  user:
    auth-provider:
      config:
        access-token: «!token»
        expiry: "«day»T«time»Z"
      name: gcp
== wp_config
define('DB_NAME', '«db»');
define('DB_USER', '«user»');
define('DB_PASSWORD', '«!quoted»');
define('DB_HOST', '«host»');
--
define( 'AUTH_KEY',         '«!quoted»' );
define( 'SECURE_AUTH_KEY',  '«!token»' );
define( 'WP_DEBUG', false );
--
<?php
define("DB_PASSWORD", "«!pw»");
$table_prefix = 'wp_';
--
define('FTP_USER', '«user»'); define('FTP_PASS', '«!quoted»'); define('FTP_HOST', '«host»');
== php_settings
$databases['default']['default'] = [«+»
'database' => '«db»', 'username' => '«user»', 'password' => '«!quoted»', 'host' => '«ip»'];
--
$cfg['Servers'][1]['user'] = 'root';
$cfg['Servers'][1]['password'] = '«!quoted»';
--
public $user = '«user»';
public $password = '«!quoted»';
public $secret = '«!token»';
--
$pdo = new PDO('mysql:host=«host»;dbname=«db»', '«user»', '«!quoted»');
--
'mysql' => [
    'driver' => 'mysql',
    'username' => env('DB_USERNAME', '«user»'),
    'password' => env('DB_PASSWORD', '«!pw»'),
],
== django_settings
SECRET_KEY = "django-insecure-«!token»"
DEBUG = True
--
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "«db»",
        "USER": "«user»",
        "PASSWORD": "«!quoted»",
        "HOST": "«host»",
    }
}
--
EMAIL_HOST = '«host»'
EMAIL_HOST_USER = '«mail»'
EMAIL_HOST_PASSWORD = '«!quoted»'
EMAIL_USE_TLS = True
--
SECRET_KEY = os.environ.get("SECRET_KEY", "«!token»")
--
'PASSWORD': config('DB_PASSWORD', default='«!pw»'),
== rails_database
production:
  adapter: postgresql
  database: «db»
  username: «user»
  password: «!pw»
  host: «host»
--
default: &default
  adapter: mysql2
  pool: 5
  username: root
  password: "«!quoted»"
--
staging:
  password: <%= ENV.fetch("DB_PASSWORD") { "«!pw»" } %>
--
development:
  <<: *default
  password: '«!quoted»'
  database: «db»_development
== rails_secrets
production:
  secret_key_base: «!longhex»
--
secret_key_base: «!longhex»
smtp:
  user_name: «mail»
  password: «!pw»
--
Rails.application.config.secret_key_base = '«!longhex»'
--
$ cat config/master.key
«!masterkey»
--
RAILS_MASTER_KEY=«!masterkey» bin/rails credentials:edit
== spring_settings
spring.datasource.url=jdbc:postgresql://«host»/«db»
spring.datasource.username=«user»
spring.datasource.password=«!pw»
--
spring:
  datasource:
    username: «user»
    password: «!pw»
  jpa:
    hibernate.ddl-auto: none
--
spring.mail.password = «!pw»
server.ssl.key-store-password=«!word»
server.port=8443
--
spring:
  security:
    oauth2:
      client:
        registration:
          acme:
            client-id: «app»
            client-secret: «!mixed»
--
jasypt.encryptor.password: «!word»
== appsettings
{
  "ConnectionStrings": {
    "Default": "Server=«host»;Database=«db»;User Id=«user»;Password=«!pw»;"
  }
}
--
"Smtp": { "Host": "«host»", "Port": 587, "User": "«mail»", "Password": "«!quoted»" },
--
{
  "Jwt": { "Issuer": "https://«host»", "Key": "«!token»" },
  "AllowedHosts": "*"
}
--
"AzureAd": {
  "ClientId": "«uuid»",
  "ClientSecret": "«!token»"
}
== web_config
<connectionStrings>
  <add name="Main" connectionString="Data Source=«host»;Initial Catalog=«db»;User ID=«user»;«+»
Password=«!word»" providerName="System.Data.SqlClient" />
</connectionStrings>
--
<appSettings>
  <add key="SmtpPassword" value="«!xmlpw»" />
  <add key="PageSize" value="50" />
</appSettings>
--
<machineKey validationKey="«!longhex»" decryptionKey="«!hex»" validation="SHA1" />
--
<network host="«host»" port="25" userName="«user»" password="«!xmlpw»" />
--
<identity impersonate="true" userName="ACME\«user»" password="«!xmlpw»" />
== maven_settings
<server>
  <id>releases</id>
  <username>«user»</username>
  <password>«!xmlpw»</password>
</server>
--
<settings><servers><server><id>acme</id>«+»
<username>«user»</username><password>«!word»</password></server></servers></settings>
--
<proxy>
  <host>«host»</host>
  <username>«user»</username>
  <password>«!xmlpw»</password>
</proxy>
--
<server>
  <id>deploy</id>
  <privateKey>${user.home}/.ssh/id_rsa</privateKey>
  <passphrase>«!xmlpw»</passphrase>
</server>
== gradle_properties
mavenUser=«user»
mavenPassword=«!pw»
org.gradle.jvmargs=-Xmx2g
--
signing.keyId=24875D73
signing.password=«!pw»
signing.secretKeyRingFile=/home/build/.gnupg/secring.gpg
--
signingConfigs {
    release {
        storeFile file("shop.jks")
        storePassword "«!pw»"
        keyAlias "upload"
        keyPassword '«!pw2»'
    }
}
--
credentials {
    username = "«user»"
    password = "«!quoted»"
}
--
RELEASE_STORE_PASSWORD=«!word»
RELEASE_KEY_ALIAS=upload
RELEASE_KEY_PASSWORD=«!word2»
== jenkins_xml
<com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
  <scope>GLOBAL</scope>
  <id>registry</id>
  <username>«user»</username>
  <password>«!jenkins»</password>
</com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
--
<org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>
  <id>slack</id>
  <secret>«!jenkins»</secret>
</org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>
--
<jenkins.security.ApiTokenProperty><apiToken>«!hex»</apiToken></jenkins.security.ApiTokenProperty>
--
curl -X POST https://«host»/job/«app»/build --user «user»:«!hex»
--
<passphrase>«!jenkins»</passphrase>
<privateKeySource class="DirectEntryPrivateKeySource"/>
""")
