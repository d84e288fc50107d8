"""Source code that handles passwords, tokens and keys without holding one."""

CODE: dict[str, str] = {
    "code_python": r"""
@bp.post("/login")
def login():
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("login.html", form=form), 400
    user = User.by_name(form.username.data)
    if user is None or not check_password(user.password_hash, form.password.data):
        form.password.errors.append("Wrong user name or password.")
        return render_template("login.html", form=form), 401
    session["⟦snake⟧_checked_at"] = now()
    return redirect(url_for("home"))
~~~
def hash_password(password: str, *, rounds: int = ⟦n:10-14⟧) -> bytes:
    salt = bcrypt.gensalt(rounds)
    return bcrypt.hashpw(password.encode("utf-8"), salt)
~~~
⟦snake⟧ = os.environ["⟦scream⟧"]
⟦k=snake⟧ = os.getenv("⟦scream⟧")
if not ⟦k⟧:
    raise SystemExit("set ⟦scream⟧ first")
client = Client(⟦k⟧=⟦k⟧, timeout=⟦n:1-90⟧)
~~~
password = getpass.getpass("Password: ")
again = getpass.getpass("Password again: ")
if password != again:
    sys.exit("The passwords differ.")
~~~
def test_token_is_text():
    token = make_token(user_id=⟦n:1-900⟧)
    assert isinstance(token, str)
    assert len(token) >= ⟦n:16-64⟧
    assert token != make_token(user_id=⟦n:1-900⟧)
~~~
parser.add_argument("--⟦kebab⟧", dest="⟦snake⟧", metavar="⟦scream⟧", default=None, help="read from stdin if absent")
parser.add_argument("--password-file", type=Path, required=True)
args = parser.parse_args()
password = args.password_file.read_text().strip()
~~~
token = request.headers.get("Authorization", "").removeprefix("Bearer ")
payload = jwt.decode(token, key=settings.JWT_SECRET, algorithms=["HS256"], audience="⟦svc⟧")
~~~
headers = {"Authorization": f"Bearer {token}", "X-Api-Key": api_key, "Accept": "application/json"}
response = session.get(f"{base}/v⟦n:1-4⟧/⟦svc⟧", headers=headers, auth=(user, password), timeout=⟦n:1-60⟧)
~~~
@dataclass(frozen=True)
class Credentials:
    username: str
    password: str = field(repr=False)
    ⟦snake⟧: SecretStr | None = None
    token_ttl_seconds: int = ⟦n:60-86400⟧
~~~
def tokenize(text: str) -> Iterator[Token]:
    for match in TOKEN_RE.finditer(text):
        kind = match.lastgroup
        yield Token(kind=kind, value=match.group(), column=match.start())
~~~
password_reset_token = generate_token(user)
password_reset_url = url_for("auth.reset", token=password_reset_token, _external=True)
password_reset_sent_at = datetime.now(UTC)
~~~
class SignupForm(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput, min_length=⟦n:8-14⟧, label="Password")
    password2 = forms.CharField(widget=forms.PasswordInput, label="Password (again)")

    def clean(self):
        data = super().clean()
        if data.get("password") != data.get("password2"):
            raise ValidationError({"password2": "The passwords differ."}, code="password_mismatch")
        return data
~~~
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": ⟦n:8-16⟧}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SECRET_KEY = env("DJANGO_SECRET_KEY")
~~~
api_key = keyring.get_password("⟦svc⟧", username)
secret = vault.secrets.kv.v2.read_secret_version(path="⟦svc⟧")["data"]["data"]["⟦snake⟧"]
~~~
import secrets

password = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(⟦n:12-40⟧))
token = secrets.token_urlsafe(⟦n:16-64⟧)
secret_key = secrets.token_hex(⟦n:16-64⟧)
~~~
logger.info("password changed", extra={"user_id": user.id, "password": "***"})
logger.warning("api_key missing for %s, falling back to %s", name, "anonymous")
~~~
if password is None or password == "":
    errors["password"] = "Please enter a password."
elif len(password) < MIN_PASSWORD_LENGTH:
    errors["password"] = f"At least {MIN_PASSWORD_LENGTH} characters, please."
~~~
GITHUB_TOKEN = re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,255}\b")
AWS_KEY = re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")
PRIVATE_KEY = re.compile(r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----")
~~~
key = lambda row: (row["day"], row["name"])
rows = sorted(rows, key=key, reverse=True)
best = max(scores, key=scores.get)
primary_key = Column(Integer, primary_key=True)
""",
    "code_javascript": r"""
const { ⟦camel⟧ } = process.env;
const token = process.env.⟦scream⟧;
if (!token) throw new Error('⟦scream⟧ is not set');
~~~
const res = await fetch(`/api/⟦svc⟧`, {
  method: 'POST',
  credentials: 'same-origin',
  headers: { 'X-CSRF-Token': csrfToken, Authorization: `Bearer ${accessToken}` },
  body: JSON.stringify({ username, password }),
});
~~~
export function PasswordField({ value, onChange, label = 'Password' }) {
  const [visible, setVisible] = useState(false);
  return (
    <label>
      {label}
      <input type={visible ? 'text' : 'password'} autoComplete="current-password" value={value} onChange={onChange} />
      <button type="button" onClick={() => setVisible(!visible)}>{visible ? 'Hide' : 'Show'}</button>
    </label>
  );
}
~~~
const strength = (password) => {
  let score = 0;
  if (password.length >= ⟦n:8-14⟧) score += 1;
  if (/[A-Z]/.test(password) && /[a-z]/.test(password)) score += 1;
  if (/\d/.test(password)) score += 1;
  return ['weak', 'fair', 'good', 'strong'][score];
};
~~~
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, cookie: { maxAge: ⟦n:1-90⟧ * 60_000 } }));
app.post('/login', passport.authenticate('local', { failureRedirect: '/login' }));
~~~
const hash = await bcrypt.hash(password, ⟦n:10-14⟧);
const ok = await bcrypt.compare(req.body.password, user.passwordHash);
if (!ok) return res.status(401).json({ error: 'invalid_password' });
~~~
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.ctrlKey) submit();
  if (event.key === 'Escape') { passwordInput.value = ''; dialog.close(); }
});
~~~
localStorage.setItem('⟦camel⟧', response.data.⟦camel⟧);
const stored = localStorage.getItem('⟦camel⟧');
localStorage.removeItem('⟦camel⟧');
~~~
describe('login', () => {
  it('refuses an empty password', async () => {
    await page.fill('[name=password]', '');
    await expect(page.locator('.error')).toHaveText('Please enter your password');
  });
  it('returns a token', () => expect(typeof body.token).toBe('string'));
});
~~~
switch (token.type) {
  case 'string': return parseString(token.value);
  case 'number': return Number(token.value);
  default: throw new SyntaxError(`Unexpected token ${token.value} at ${token.pos}`);
}
~~~
const rows = items.map((item) => <Row key={item.id} secret={item.isSecret} onSelect={() => pick(item.key)} />);
~~~
module.exports = {
  apiKey: () => readFileSync('/run/secrets/⟦snake⟧', 'utf8').trim(),
  tokenTtl: ⟦n:60-9000⟧,
  passwordMinLength: ⟦n:8-16⟧,
};
~~~
userSchema.pre('save', async function (next) {
  if (!this.isModified('password')) return next();
  this.password = await argon2.hash(this.password);
  next();
});
""",
    "code_typescript": r"""
interface LoginRequest {
  username: string;
  password: string;
  ⟦camel⟧?: string | null;
  rememberMe: boolean;
}
~~~
export type Token = { kind: TokenKind; text: string; pos: number };
export const enum TokenKind { Ident = 'ident', Number = 'number', Password = 'password' }
~~~
private readonly ⟦camel⟧: string;

constructor(private config: ConfigService) {
  this.⟦camel⟧ = config.getOrThrow<string>('⟦scream⟧');
}
~~~
export const selectToken = (state: RootState): string | undefined => state.auth.token;
export const logout = (): AuthAction => ({ type: 'auth/logout', token: undefined, password: '' });
~~~
@IsString() @MinLength(⟦n:8-16⟧) @MaxLength(⟦n:64-128⟧)
readonly newPassword!: string;
~~~
const schema = z.object({
  password: z.string().min(⟦n:8-16⟧),
  token: z.string().uuid(),
  apiKey: z.string().optional(),
});
~~~
providers: [{ provide: APP_SECRET, useFactory: (c: Config) => c.get('appSecret'), inject: [Config] }],
~~~
passwordResetTokenExpiresAt: ⟦n:600-9000⟧,
refreshTokenRotationEnabled: true,
accessTokenLifetimeInSeconds: ⟦n:60-9000⟧,
apiKeyHeaderName: 'X-Api-Key',
""",
    "code_java_kotlin": r"""
@Value("${⟦svc⟧.⟦kebab⟧}")
private String ⟦camel⟧;

@Bean
public PasswordEncoder passwordEncoder() {
    return new BCryptPasswordEncoder(⟦n:10-14⟧);
}
~~~
char[] password = System.console().readPassword("Password: ");
KeyStore keyStore = KeyStore.getInstance("PKCS12");
keyStore.load(Files.newInputStream(path), password);
Arrays.fill(password, '\0');
~~~
String token = request.getHeader("Authorization");
if (token == null || !token.startsWith("Bearer ")) {
    throw new BadCredentialsException("missing bearer token");
}
Claims claims = Jwts.parser().verifyWith(secretKey).build().parseSignedClaims(token.substring(7)).getPayload();
~~~
public static final String PASSWORD_PARAMETER = "password";
public static final String TOKEN_HEADER = "X-Auth-Token";
private static final int TOKEN_LENGTH = ⟦n:16-64⟧;
~~~
public class Credentials {
    private final String username;
    private final String password;
    public Credentials(String username, String password) {
        this.username = Objects.requireNonNull(username);
        this.password = Objects.requireNonNull(password);
    }
    @Override public String toString() { return "Credentials[username=" + username + ", password=****]"; }
}
~~~
data class Session(val userId: Long, val accessToken: String, val refreshToken: String? = null)

val token = System.getenv("⟦scream⟧") ?: error("no ⟦scream⟧")
~~~
Column { OutlinedTextField(value = password, onValueChange = { password = it }, label = { Text("Password") },
    visualTransformation = PasswordVisualTransformation()) }
~~~
for (Token token = lexer.next(); token.getType() != Token.EOF; token = lexer.next()) {
    tokens.add(token);
}
~~~
@Column(name = "password_hash", nullable = false, length = ⟦n:60-255⟧)
@JsonIgnore
private String passwordHash;
~~~
HikariConfig config = new HikariConfig();
config.setUsername(properties.getUsername());
config.setPassword(properties.getPassword());
config.setMaximumPoolSize(⟦n:2-50⟧);
""",
    "code_csharp_vb": r"""
var apiKey = Configuration["⟦svc⟧:ApiKey"] ?? throw new InvalidOperationException("ApiKey missing");
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
~~~
[Required, DataType(DataType.Password), StringLength(⟦n:20-100⟧, MinimumLength = ⟦n:6-14⟧)]
public string Password { get; set; } = string.Empty;
[Compare(nameof(Password), ErrorMessage = "The passwords do not match.")]
public string ConfirmPassword { get; set; } = string.Empty;
~~~
options.Password.RequireDigit = true;
options.Password.RequiredLength = ⟦n:8-16⟧;
options.Tokens.PasswordResetTokenProvider = TokenOptions.DefaultProvider;
~~~
public async Task<IActionResult> Refresh(string refreshToken, CancellationToken cancellationToken = default)
{
    var token = await _tokens.FindAsync(refreshToken, cancellationToken);
    return token is null ? Unauthorized() : Ok(new { token.AccessToken, token.ExpiresIn });
}
~~~
Dim password As String = TextBoxPassword.Text
If password.Length < ⟦n:6-12⟧ Then MsgBox("The password is too short.")
~~~
using PublicKeyToken=b77a5c561934e089
<dependentAssembly>
  <assemblyIdentity name="Acme.⟦svc⟧" publicKeyToken="⟦hex:16⟧" culture="neutral" />
</dependentAssembly>
""",
}
