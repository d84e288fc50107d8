"""Documents, messages and protocols that speak of secrets and hold none."""

DOCUMENTS: dict[str, str] = {
    "http_headers": r"""
HTTP/2 200
content-type: application/json
etag: "⟦hex:32⟧"
x-request-id: ⟦uuid⟧
x-ratelimit-remaining: ⟦n:1-900⟧
x-ratelimit-remaining-tokens: ⟦n:1-90000⟧
vary: Authorization, Cookie
~~~
GET /themes HTTP/1.1
Host: ⟦host⟧
Cookie: theme=dark; lang=de; cookie_consent=all; timezone=Europe%2FBerlin
Accept-Language: de,en;q=0.8
~~~
Set-Cookie: session=; Max-Age=0; Path=/; HttpOnly
Set-Cookie: token=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/
Set-Cookie: lang=fr; Path=/; SameSite=Lax
~~~
HTTP/1.1 401 Unauthorized
WWW-Authenticate: Bearer realm="⟦svc⟧", error="invalid_token", error_description="The token expired"
Content-Length: 0
~~~
WWW-Authenticate: Basic realm="Password protected", charset="UTF-8"
Access-Control-Allow-Headers: Authorization, X-Api-Key, X-Auth-Token
Access-Control-Allow-Credentials: true
Clear-Site-Data: "cookies", "storage"
~~~
Sec-WebSocket-Accept: ⟦sri:20⟧
Sec-WebSocket-Version: 13
Upgrade: websocket
~~~
Send the header "Authorization: Bearer <token>" or, for old clients, "X-Api-Key: <key>".
~~~
Authorization: Bearer
X-Api-Key:
Accept: */*
~~~
Cookie: _ga=GA1.2.⟦dig:9⟧.⟦dig:10⟧; _gid=GA1.2.⟦dig:9⟧.⟦dig:10⟧
Referer: https://⟦host⟧/reset-password
""",
    "cli_help": r"""
Usage: ⟦svc⟧ login [OPTIONS]

Options:
  -u, --username string   Username for the server
  -p, --password string   Password for the server (default: prompt)
      --password-stdin    Take the password from stdin
      --token TOKEN       API token; overrides ⟦scream⟧
  -h, --help              Show this message and exit.
~~~
NAME
       ⟦svc⟧-token - create, list and revoke tokens

SYNOPSIS
       ⟦svc⟧-token [--key FILE] [--secret-name NAME] COMMAND

ENVIRONMENT
       ⟦scream⟧   used if no --token is given
~~~
  --api-key <key>          your API key (env: ⟦scream⟧)
  --client-secret <file>   path of the client secret
  --no-password            do not ask for a password
  --key-size bits          2048, 3072 or 4096 [default: 3072]
~~~
ssh-keygen [-q] [-b bits] [-t dsa | ecdsa | ed25519 | rsa] [-N new_passphrase] [-f output_keyfile]
mysql: -p, --password[=name] Password to use when connecting to server.
~~~
error: required option '--token <token>' not specified
error: unknown option '--pasword' (did you mean '--password'?)
~~~
$ ⟦svc⟧ keys list
NAME        PREFIX   CREATED      LAST USED
reader      ak_      ⟦date⟧   ⟦date⟧
deploy      ak_      ⟦date⟧   never
""",
    "error_messages": r"""
SyntaxError: Unexpected token '}', "{"a": 1,}" is not valid JSON
    at JSON.parse (<anonymous>)
    at readToken (/app/src/token.js:⟦n:1-900⟧:⟦n:1-90⟧)
~~~
{"error": {"message": "Invalid API key provided.", "type": "invalid_request_error", "code": "invalid_api_key"}}
~~~
psycopg.OperationalError: connection failed: FATAL: password authentication failed for user "⟦svc⟧"
~~~
ERROR 1045 (28000): Access denied for user 'app'@'localhost' (using password: YES)
~~~
KeyError: 'api_key'
ValueError: secret must be at least ⟦n:16-64⟧ bytes
jwt.exceptions.ExpiredSignatureError: Signature has expired
django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.
~~~
remote: Support for password authentication was removed. Please use a personal access token instead.
fatal: Authentication failed for 'https://git.⟦host⟧/acme/⟦svc⟧.git/'
~~~
Permission denied (publickey,password).
Host key verification failed.
Load key "/home/app/.ssh/id_rsa": invalid format
~~~
Error: Missing required token. Set ⟦scream⟧ or pass --token. Token count exceeded: ⟦n:1000-9000⟧ > 4096.
~~~
java.security.UnrecoverableKeyException: Password verification failed
	at java.base/sun.security.provider.KeyStore.load(KeyStore.java:⟦n:100-900⟧)
	at com.example.⟦svc⟧.TokenStore.<init>(TokenStore.java:⟦n:10-90⟧)
~~~
Traceback (most recent call last):
  File "/srv/⟦svc⟧/auth/password.py", line ⟦n:1-900⟧, in verify
    raise InvalidPassword(user.id)
auth.errors.InvalidPassword: wrong password for user ⟦n:1-9000⟧
~~~
ORA-01017: invalid username/password; logon denied
error CS1002: ; expected near token 'password'
parse error near unexpected token `('
""",
    "api_documents": r"""
components:
  securitySchemes:
    bearerAuth: {type: http, scheme: bearer, bearerFormat: JWT}
    apiKey: {type: apiKey, in: header, name: X-Api-Key}
security:
  - bearerAuth: []
~~~
{"type": "object", "required": ["username", "password"], "properties": {
  "password": {"type": "string", "format": "password", "minLength": ⟦n:8-16⟧, "writeOnly": true},
  "token": {"type": ["string", "null"], "pattern": "^[a-f0-9]{32}$", "description": "Opaque token"}}}
~~~
type Mutation {
  login(username: String!, password: String!): AuthPayload!
  resetPassword(token: ID!, newPassword: String!): Boolean!
}
type AuthPayload { accessToken: String! refreshToken: String expiresIn: Int! }
~~~
mutation Login($username: String!, $password: String!) { login(username: $username, password: $password) { token } }
~~~
message LoginRequest {
  string username = 1;
  string password = 2;
  optional string api_key = ⟦n:3-9⟧;
  repeated Token tokens = ⟦n:10-19⟧;
}
~~~
| Parameter | Type | Required | Meaning |
|---|---|---|---|
| `⟦snake⟧` | string | yes | The secret shared with the service |
| `token_ttl` | integer | no | Lifetime in seconds, ⟦n:60-9000⟧ if absent |
~~~
`password` (string, optional): password of the user. Default: none. Environment: `⟦scream⟧`.
`secret_key` (string, required): key for signing. Must be kept secret.
~~~
## Authentication

Set `⟦scream⟧` to your key, which you find under *Settings > API keys*. Keys start with `ak_`, followed by
⟦n:24-48⟧ letters
and digits. Then run `⟦svc⟧ login` and paste the token when asked.
""",
    "html_forms": r"""
<form method="post" action="/login">
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password" minlength="⟦n:8-16⟧" required>
  <input type="hidden" name="token" value="">
  <a href="/password/reset">Forgotten your password?</a>
</form>
~~~
<p class="hint">Your password must have ⟦n:8-16⟧ characters, one of them a digit.</p>
<meter id="password-strength" min="0" max="4" value="⟦n:0-4⟧"></meter>
~~~
<input type="password" value="" placeholder="••••••••" aria-label="Password">
<button data-key="submit" data-token-limit="⟦n:1-900⟧">Sign in</button>
~~~
{{ form.password.label }} {{ form.password(class="input", placeholder=_("Password")) }}
{% if token %}<input type="hidden" name="token" value="{{ token }}">{% endif %}
""",
    "i18n_catalogues": r"""
msgid "Password"
msgstr "Passwort"

msgid "Wrong password"
msgstr "Falsches Passwort"

msgid "Password forgotten?"
msgstr "Passwort vergessen?"
~~~
{"password": "Mot de passe", "passwordConfirm": "Confirmez le mot de passe", "token": "Jeton", "secret": "Secret"}
~~~
login:
  password: "Contraseña"
  forgot_password: "¿Olvidó su contraseña?"
  api_key: "Clave de API"
~~~
<string name="password">Пароль</string>
<string name="wrong_password">Неверный пароль</string>
<string name="token_expired">Срок действия токена истёк</string>
~~~
"password" = "パスワード";
"password_forgotten" = "パスワードをお忘れですか？";
"api_key" = "APIキー";
~~~
password=密码
password.repeat=重复密码
token.invalid=令牌无效
~~~
{"en": {"password": "Password"}, "it": {"password": "Parola d'ordine"},
 "pl": {"password": "Hasło"}, "nl": {"password": "Wachtwoord"}}
~~~
password: Lösenord
password_repeat: Upprepa lösenordet
secret: Hemlighet
token: Polett
~~~
auth.password = Senha
auth.password.placeholder = Digite sua senha
auth.token = Código de acesso
~~~
"password": "비밀번호", "newPassword": "새 비밀번호", "token": "토큰"
~~~
password => "كلمة المرور", token => "الرمز", secret => "سر"
~~~
password: "Пароль", passwordHint: "Не менее ⟦n:8-16⟧ символов", apiKey: "Ключ API"
""",
    "format_documents": r"""
Keys start with ghp_ followed by 36 characters; the last six are a checksum in base 62. Older tokens were 40 hex digits.
~~~
An AWS access key id starts with AKIA (long-term) or ASIA (temporary) and has 20 characters; the secret has 40.
~~~
A JWT has three parts divided by dots, header.payload.signature, each base64url. The header usually starts
with eyJ because
that is how `{"` looks when encoded.
~~~
PEM files begin with a line such as -----BEGIN PRIVATE KEY----- and end with -----END PRIVATE KEY-----.
Between them stand
base64 lines of 64 characters.
~~~
-----BEGIN PRIVATE KEY-----
...
-----END PRIVATE KEY-----
~~~
-----BEGIN RSA PRIVATE KEY-----
⟦label⟧
-----END RSA PRIVATE KEY-----
~~~
The Authorization header of Basic is the word Basic, a blank, and base64 of user, colon, password. It hides nothing.
~~~
Connection strings look like postgres://user:password@host:port/dbname; leave out the password and libpq reads
~/.pgpass.
~~~
Slack bot tokens have the prefix xoxb-, user tokens xoxp-, app tokens xapp-. Webhooks live under
hooks.slack.com/services/.
""",
}
