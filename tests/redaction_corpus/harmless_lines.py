"""Single lines, each a case: a telling name beside an expression, type or field name, or words that tell nothing."""

LINES: dict[str, str] = {
    "line_expressions": r"""
password = request.form["password"]
password = data.get("password", "")
password=password, token=token, api_key=api_key
self.⟦snake⟧ = ⟦snake⟧
⟦snake⟧ = config.get("⟦svc⟧", "⟦snake⟧")
⟦snake⟧ = load_secret("⟦svc⟧/⟦kebab⟧")
⟦snake⟧=os.environ.get("⟦scream⟧"),
token = create_access_token(identity=user.id, expires_delta=timedelta(minutes=⟦n:5-60⟧))
token: Token = next(tokens)
token = match.group("token") or ""
password = faker.password(length=⟦n:8-32⟧)
api_key = "-".join(parts[⟦n:1-4⟧:])
secret = hmac.new(key, message, hashlib.sha256).hexdigest()
key = f"{tenant}:{user.id}:{day}"
password = b"".join(chunks).decode().rstrip("\r\n")
pwd = os.getcwd()
passwords = [row.password for row in rows if row.password is not None]
credentials = service_account.Credentials.from_service_account_file(path)
const ⟦camel⟧ = await getSecret('⟦kebab⟧');
const token = req.headers.authorization?.split(' ')[1] ?? null;
const password = passwordRef.current?.value || '';
const [password, setPassword] = useState('');
let token = tokens[index + ⟦n:1-4⟧];
apiKey: import.meta.env.VITE_API_KEY,
⟦camel⟧: config.get('⟦svc⟧.⟦camel⟧'),
this.token = token; this.apiKey = options.apiKey;
String password = new String(passwordField.getPassword());
String token = UUID.randomUUID().toString();
var password = Console.ReadLine()?.Trim();
password := r.FormValue("password")
token, err := auth.NewToken(user.ID, time.Hour)
let password = std::fs::read_to_string(path)?.trim().to_owned();
$token = $request->bearerToken();
$password = Hash::make($request->password);
password = params.require(:user).permit(:password)[:password]
token = SecureRandom.hex(⟦n:8-32⟧)
PASSWORD=$(tr -dc 'A-Za-z0-9' < /dev/urandom | head -c ⟦n:12-40⟧)
⟦scream⟧=$(gcloud secrets versions access latest --secret=⟦kebab⟧)
set -- "$user" "$password"; token=$1
""",
    "line_types": r"""
password: str
⟦snake⟧: Optional[str] = None
⟦snake⟧: SecretStr
def login(username: str, password: str, token: str | None = None) -> Session: ...
func Login(user string, password string, token *string) error
fn login(user: &str, password: &str) -> Result<Token, AuthError>
password: string; token?: string; apiKey: string | undefined;
login(username: String!, password: String!): Token
public bool Check(string password, string passwordHash);
password VARCHAR(⟦n:64-255⟧) NOT NULL, token CHAR(36), secret BYTEA
⟦camel⟧: { type: String, required: true, select: false }
"password": {"type": "string"}, "token": {"$ref": "#/components/schemas/Token"}
-spec check(Password :: binary(), Hash :: binary()) -> boolean().
password :: Text, token :: Maybe Token
""",
    "line_field_names": r"""
PASSWORD_FIELD = "password"
TOKEN_KEY = "auth_token"
const API_KEY_HEADER = 'X-Api-Key';
SESSION_COOKIE_NAME = "⟦svc⟧_session"
CSRF_FIELD_NAME = 'csrf_token'
public const string SecretName = "⟦svc⟧-credentials";
passwordParameter("password").usernameParameter("username")
driver.find_element(By.NAME, "password").clear()
page.get_by_label("Password").fill(password)
expect(screen.getByLabelText('Password')).toBeInTheDocument()
input[type="password"], .password-field, #token { font-family: monospace; }
label for="password" class="form-label password-label"
password_field: "#login-password"
secret_id = "prod/⟦svc⟧/⟦kebab⟧"
key_vault_name: acme-⟦svc⟧-kv
resetPasswordPath: '/account/reset-password',
tokenUrl: https://login.⟦host⟧/oauth2/token
password_file = /etc/⟦svc⟧/password.txt
private_key_path = "~/.ssh/id_ed25519"
ssl_key: /etc/ssl/private/⟦svc⟧.key
""",
    "line_comparisons": r"""
if password == confirm_password:
if (password !== passwordAgain) return false;
assert user.password != password
if token == nil || token.Expired() {
while (token != EOF && token != ';') token = next();
unless password.present? && password.length >= ⟦n:6-12⟧
if [[ "$token" == "" ]]; then exit 1; fi
password >= ⟦n:8-12⟧ characters && password <= 64 characters
WHERE token = $1 AND secret <> '' AND key IN (?, ?, ?)
expect(response.body.token).toBeUndefined();
assertNotEquals(oldPassword, newPassword);
password.length > ⟦n:6-12⟧ ? "ok" : "too short"
""",
    "line_commands": r"""
psql -h db -U app -W ⟦svc⟧
mysql -u root -p ⟦svc⟧ < dump.sql
ssh -i ~/.ssh/⟦svc⟧_key deploy@bastion
ssh-add -l && ssh-add ~/.ssh/id_ed25519
curl -fsS https://⟦host⟧/v1/tokens -H "Authorization: Bearer $TOKEN"
curl --netrc --output keys.json https://⟦host⟧/.well-known/jwks.json
pass insert -m acme/⟦svc⟧/⟦kebab⟧
vault kv get -field=password secret/⟦svc⟧
gh secret set ⟦scream⟧ < token.txt
heroku config:unset ⟦scream⟧ -a ⟦svc⟧
kubectl create token ⟦svc⟧ --duration=⟦n:10-60⟧m
openssl genpkey -algorithm ed25519 -out private_key.pem
gpg --export --armor ⟦HEX:16⟧ > public-key.asc
git log --oneline --grep=password ⟦hex:7⟧..⟦hex:7⟧
git show ⟦hex:40⟧:config/secrets.yml.example
docker pull acme/⟦svc⟧@sha256:⟦hex:64⟧
npm token list --registry=https://npm.⟦host⟧/
htpasswd -c /etc/nginx/htpasswd ⟦letters:6⟧
keytool -list -keystore ⟦svc⟧.jks -storepass:env STORE_PASS
redis-cli -h cache --askpass
""",
    "line_urls": r"""
https://⟦host⟧/account/password/reset
https://⟦host⟧/docs/api-keys#rotate-a-key
https://⟦host⟧/login?next=/settings/tokens&reason=token_expired
https://⟦host⟧/search?q=password+manager&page=⟦n:1-90⟧&key=title
https://⟦host⟧/blog/⟦date⟧/the-secret-of-good-passwords-and-long-tokens-in-the-year-of-passkeys
https://⟦host⟧/v1/items/⟦uuid⟧/keys/⟦n:1-900⟧
https://⟦host⟧/oauth/authorize?response_type=token&client_id=⟦svc⟧-web&scope=read&redirect_uri=https%3A%2F%2F⟦host⟧%2Fcb
https://⟦host⟧/img/⟦hex:32⟧.webp?w=⟦n:100-900⟧&v=⟦hex:8⟧
git@git.example.com:acme/secrets-⟦svc⟧.git
ssh://git@git.example.com:⟦n:1000-9000⟧/acme/token-service.git
postgres://app@db.internal:5432/⟦svc⟧?sslmode=require
jdbc:postgresql://db:5432/⟦svc⟧?user=app&ssl=true
mongodb://localhost:27017/tokens
file:///home/⟦letters:5⟧/passwords/README.md
urn:uuid:⟦uuid⟧
magnet:?xt=urn:btih:⟦hex:40⟧&dn=open-music-album
""",
    "line_logs": r"""
⟦date⟧T⟦time⟧Z WARN login failed user=⟦letters:6⟧ reason=wrong_password attempts=⟦n:1-5⟧
⟦date⟧T⟦time⟧Z INFO password=*** token=*** user=⟦letters:6⟧
⟦date⟧ ⟦time⟧ DEBUG token=None secret=None key=None
⟦date⟧ ⟦time⟧ INFO token_count=⟦n:1-9000⟧ token_limit=9000 key_count=⟦n:1-90⟧ pass=⟦n:1-9⟧ fail=0
sshd[⟦n:100-9000⟧]: Failed password for invalid user ⟦letters:5⟧ from ::1 port ⟦n:1000-9000⟧ ssh2
sshd[⟦n:100-9000⟧]: Accepted publickey for deploy from ::1 port ⟦n:1000-9000⟧ ssh2: ED25519 SHA256:⟦b64:43⟧
level=error msg="invalid api key" request_id=⟦hex:16⟧ status=401 duration=⟦n:1-900⟧ms
[GIN] 401 | POST "/api/v1/token" | ⟦n:1-900⟧µs | request ⟦uuid⟧
vault: token lookup accessor=[redacted] policies=[default ⟦svc⟧] ttl=⟦n:1-90⟧h
npm notice integrity: sha512-⟦b64:12⟧[...]⟦b64:14⟧==
npm notice shasum: ⟦hex:40⟧
Successfully rotated secret ⟦svc⟧-credentials to version ⟦uuid⟧
""",
    "line_told_nothing": r"""
The password is required.
The password is wrong, please try again.
My password is too long for the form.
The password is case-sensitive and the token is not.
The password is the same as for the VPN.
The wifi password? It's on the fridge.
The password is set to expire in ⟦n:2-30⟧ days.
password - optional, token - required
The new password is active from tomorrow.
I changed the password from the default to a better one.
Password changed from weak to strong.
The passcode is four digits long; the PIN is required at the till.
Your password has been reset. Check your mail for the link.
Your token is now active.
The secret is that there is no secret.
The key is consistency, and the password is nobody's business.
The api key is missing or invalid.
API key: not configured. Token: none. Password: unchanged.
Password: required, token: optional, secret: write-only.
Password is "too short" or "too common".
The password is stored in 1Password under "⟦svc⟧".
The password is called `⟦scream⟧` in the environment.
The token is passed as `⟦snake⟧` and the key as `⟦camel⟧`.
The password field is named "password2", the token field "csrf_token".
Use your password to log in with your user name.
Log in with password, not with token.
Sign in as ⟦letters:6⟧ with your usual password.
The password for ⟦svc⟧ is managed by ⟦name⟧.
The admin password is generated at first start and printed once.
The password was not "changed", it was reset; that is another event.
user/password authentication, key/value store, token/session handling
Credentials: see the vault. User: app. Password: ask ⟦name⟧.
The passphrase is asked twice. The passphrase is not stored.
Old password, new password, repeat new password.
password: <empty>, token: (none), secret: n/a, key: -
""",
    "line_told_nothing_elsewhere": r"""
Das Passwort ist das gleiche wie beim VPN.
Das Passwort ist erforderlich. Passwort: Pflichtfeld.
Das neue Kennwort lautet anders als das alte, mehr weiß ich nicht.
Passwort: siehe Tresor. Benutzer: siehe Aushang.
Le mot de passe est le même que pour le VPN.
Le mot de passe est obligatoire. Mot de passe : champ requis.
Mon mot de passe est trop long.
La contraseña es la misma que la del correo.
La contraseña es demasiado corta. Contraseña: obligatoria.
A senha é a mesma do e-mail. Senha: obrigatória.
La password è la stessa della posta. Password: obbligatoria.
Het wachtwoord is hetzelfde als voor de mail. Wachtwoord: verplicht.
Lösenordet är detsamma som till mejlen. Lösenord: krävs.
Adgangskoden er den samme som til mailen. Kodeord: påkrævet.
Salasana on sama kuin sähköpostissa. Salasana: pakollinen.
Hasło jest takie samo jak do poczty. Hasło: wymagane.
Heslo je stejné jako k poště. Heslo: povinné.
A jelszó ugyanaz, mint a levelezésé. Jelszó: kötelező.
Parola e aceeași ca la poștă. Parola: obligatorie.
Şifre e-postanınkiyle aynı. Şifre: zorunlu.
Пароль такой же, как от почты. Пароль: обязательно.
Пароль такий самий, як до пошти. Пароль: обов'язково.
Ο κωδικός είναι ο ίδιος με του ταχυδρομείου. Κωδικός: υποχρεωτικός.
הסיסמה זהה לזו של הדואר. סיסמה: שדה חובה.
كلمة المرور هي نفسها الخاصة بالبريد. كلمة المرور: مطلوبة.
पासवर्ड वही है जो मेल का है। पासवर्ड: अनिवार्य।
密码和邮箱的一样。密码：必填。
密碼與信箱相同。密碼：必填。
パスワードはメールと同じです。パスワード：必須。
비밀번호는 메일과 같습니다. 비밀번호: 필수.
Mật khẩu giống như của thư. Mật khẩu: bắt buộc.
Kata sandinya sama dengan surel. Kata sandi: wajib.
รหัสผ่านเหมือนกับของอีเมล รหัสผ่าน: จำเป็น
""",
    "line_numbers_with_telling_names": r"""
tokens: ⟦n:1-90000⟧
max_tokens=⟦n:64-9000⟧
token_id: ⟦n:1-32000⟧
key: ⟦n:1-99⟧
key_index = ⟦n:1-99⟧
password_length: ⟦n:8-64⟧
passwordMaxAgeDays: ⟦n:30-365⟧
passwordResetTokenExpiresAt: ⟦n:600-9000⟧
pass: ⟦n:1-900⟧, fail: ⟦n:0-9⟧
secret_version: ⟦n:1-40⟧
secrets_count=⟦n:1-90⟧
apiKeyId: ⟦n:1-9000⟧
salt_length = ⟦n:8-32⟧
auth_timeout: ⟦n:1-90⟧s
auth_port=⟦n:1000-9000⟧
token_price: ⟦n:1-900⟧.⟦n:10-99⟧ EUR
credential_count: ⟦n:1-90⟧
token_expires_at: ⟦date⟧T⟦time⟧Z
secretLastChangedDate: ⟦date⟧
keyCode === ⟦pick:13|27|32|37|40⟧
""",
}
