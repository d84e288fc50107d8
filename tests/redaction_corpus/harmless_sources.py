"""More source code without secrets: shells, SQL, patterns, parsers and what counts tokens."""

SOURCES: dict[str, str] = {
    "code_go_rust": r"""
token := os.Getenv("⟦scream⟧")
if token == "" {
	log.Fatal("⟦scream⟧ is empty")
}
req.Header.Set("Authorization", "Bearer "+token)
~~~
type Config struct {
	User     string `yaml:"user"`
	Password string `yaml:"password" json:"-"`
	APIKey   string `env:"⟦scream⟧,required"`
	TokenTTL time.Duration
}
~~~
err := bcrypt.CompareHashAndPassword([]byte(user.PasswordHash), []byte(password))
if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
	return ErrWrongPassword
}
~~~
flag.StringVar(&password, "password", "", "password for the database (default: prompt)")
var ErrInvalidToken = errors.New("invalid token")
~~~
let password = rpassword::prompt_password("Password: ")?;
let secret: SecretString = SecretString::from(password);
let token = std::env::var("⟦scream⟧").context("⟦scream⟧ not set")?;
~~~
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    Ident(&'a str),
    Number(f64),
    Password,
    Eof,
}
~~~
pub struct Login { pub user: String, #[serde(skip_serializing)] pub password: Secret<String> }
impl fmt::Debug for Login { fn fmt(&self, f: &mut Formatter) -> fmt::Result { write!(f, "password: [hidden]") } }
~~~
let key = (row.tenant, row.id);
map.insert(key, value);
assert_eq!(token.len(), ⟦n:16-64⟧);
~~~
for key, value := range headers { fmt.Printf("%s: %s\n", key, value) }
password, err := term.ReadPassword(int(os.Stdin.Fd()))
""",
    "code_php_ruby": r"""
$password = $_POST['password'] ?? '';
if (!password_verify($password, $user['password_hash'])) {
    http_response_code(401);
    exit('Wrong password.');
}
~~~
'password' => env('DB_PASSWORD', ''),
'api_token' => env('⟦scream⟧'),
'key' => env('APP_KEY'),
~~~
$request->validate(['password' => 'required|string|min:⟦n:8-14⟧|confirmed', 'token' => 'required']);
~~~
define('DB_PASSWORD', getenv('DB_PASSWORD'));
$token = bin2hex(random_bytes(⟦n:16-64⟧));
~~~
class User < ApplicationRecord
  has_secure_password
  has_secure_token :auth_token
  validates :password, length: { minimum: ⟦n:8-14⟧ }, confirmation: true
end
~~~
config.secret_key_base = ENV.fetch("SECRET_KEY_BASE")
Rails.application.config.filter_parameters += [:passw, :secret, :token, :_key, :crypt, :salt]
password: <%= ENV["DATABASE_PASSWORD"] %>
~~~
password = STDIN.noecho(&:gets).chomp
abort "Password is empty" if password.empty?
token = request.headers["Authorization"]&.delete_prefix("Bearer ")
~~~
<?= $form->field($model, 'password')->passwordInput(['placeholder' => 'Your password']) ?>
""",
    "code_other_languages": r"""
SecureField("Password", text: $password)
    .textContentType(.password)
let token = try keychain.get("⟦camel⟧")
guard let apiKey = Bundle.main.infoDictionary?["API_KEY"] as? String else { fatalError("API_KEY missing") }
~~~
std::string password;
std::cout << "Password: ";
std::getline(std::cin, password);
if (password.size() < ⟦n:8-14⟧) throw std::invalid_argument("password too short");
~~~
static int read_token(struct lexer *lx, struct token *tok)
{
    tok->type = TOK_IDENT;
    tok->start = lx->pos;
    char *password = getpass("Password: ");
    return memcmp(password, expected, len) == 0;
}
~~~
my $password = <STDIN>; chomp $password;
my $token = $ENV{⟦scream⟧} or die "⟦scream⟧ not set\n";
my %opt = (password => \my $pw, 'api-key=s' => \my $key);
~~~
token <- Sys.getenv("⟦scream⟧")
con <- dbConnect(RPostgres::Postgres(), user = user, password = rstudioapi::askForPassword("Password"))
key <- paste(df$year, df$region, sep = "_")
~~~
case class Credentials(user: String, password: String)
val password = sys.env.getOrElse("⟦scream⟧", sys.error("missing"))
implicit val tokenDecoder: Decoder[Token] = deriveDecoder
~~~
field :password, :string, virtual: true, redact: true
field :password_hash, :string
secret_key_base = System.fetch_env!("SECRET_KEY_BASE")
~~~
local token = os.getenv("⟦scream⟧")
local key = KEYS[1]
return redis.call("INCRBY", key, ARGV[1])
~~~
password <- getPassword "Password: "
newtype Token = Token { unToken :: Text } deriving (Eq, Show)
authKey = lookupEnv "⟦scream⟧" >>= maybe (die "no key") pure
~~~
final password = _passwordController.text;
TextFormField(obscureText: true, decoration: const InputDecoration(labelText: 'Password'));
const storage = FlutterSecureStorage(); await storage.read(key: 'token');
~~~
IDENTIFICATION DIVISION.
WORKING-STORAGE SECTION.
01 WS-PASSWORD PIC X(⟦n:8-20⟧).
PROCEDURE DIVISION.
    ACCEPT WS-PASSWORD.
~~~
(defn login [{:keys [username password]}]
  (when-let [user (find-user username)]
    (hashers/check password (:password user))))
~~~
Sub Unlock()
    Dim pw As String
    pw = InputBox("Password?")
    ActiveSheet.Unprotect Password:=pw
End Sub
~~~
mov rax, [token]      ; token pointer
cmp byte [password], 0
je  .no_password
""",
    "code_shell": r"""
read -rsp "Password: " password
echo
curl -u "$user:$password" "https://⟦host⟧/v1/⟦svc⟧"
~~~
: "${⟦scream⟧:?must be set}"
export VAULT_TOKEN="$(vault print token)"
TOKEN=$(curl -s -X POST "$URL/token" | jq -r .access_token)
~~~
kubectl create secret generic ⟦svc⟧ --from-literal=password="$PASSWORD" --dry-run=client -o yaml
kubectl get secret ⟦svc⟧ -o jsonpath='{.data.password}' | base64 -d
~~~
aws secretsmanager get-secret-value --secret-id prod/⟦svc⟧ --query SecretString --output text
PASSWORD=`pass show acme/⟦svc⟧`
op read "op://Private/⟦svc⟧/password"
~~~
$password = Read-Host -AsSecureString "Password"
$cred = New-Object PSCredential ($user, $password)
$env:⟦scream⟧ = (Get-Secret -Name ⟦svc⟧ -AsPlainText)
~~~
mysql -u root -p < schema.sql
ssh-keygen -t ed25519 -f ~/.ssh/⟦svc⟧ -C "⟦svc⟧ deploy key"
openssl rand -base64 ⟦n:16-64⟧ > secret_key.txt
openssl req -new -key server.key -passin file:pass.txt -out server.csr
~~~
docker login -u "$USER" --password-stdin registry.example.com < ~/.token
gh auth login --with-token < token.txt
ansible-playbook site.yml --ask-vault-pass --ask-become-pass
~~~
if [ -z "$PASSWORD" ]; then echo "PASSWORD is not set" >&2; exit 1; fi
while getopts "u:p:k:" opt; do case $opt in p) password=$OPTARG ;; k) key=$OPTARG ;; esac; done
~~~
$ passwd
Changing password for ⟦letters:6⟧.
Current password:
New password:
Retype new password:
passwd: password updated successfully
~~~
$ sudo apt-get update
[sudo] password for ⟦letters:5⟧:
Sorry, try again.
~~~
PWD=/home/⟦letters:5⟧/src/⟦svc⟧
OLDPWD=/home/⟦letters:5⟧
SSH_AUTH_SOCK=/tmp/ssh-⟦alnum:12⟧/agent.⟦n:1000-9000⟧
GPG_KEY_FILE=/etc/keys/⟦svc⟧.asc
""",
    "code_sql": r"""
CREATE TABLE users (
  id BIGINT PRIMARY KEY,
  email VARCHAR(255) NOT NULL UNIQUE,
  password_hash CHAR(⟦n:60-128⟧) NOT NULL,
  reset_token VARCHAR(64) DEFAULT NULL,
  api_key VARCHAR(64) NULL,
  token_expires_at TIMESTAMP
);
~~~
SELECT id, name FROM users WHERE api_key = ? AND token = ? AND expires_at > now();
UPDATE users SET password = :password, password_changed_at = now() WHERE id = :id;
~~~
ALTER TABLE sessions ADD COLUMN refresh_token TEXT;
CREATE INDEX idx_token ON sessions (token);
ALTER TABLE orders ADD CONSTRAINT fk_key FOREIGN KEY (customer_key) REFERENCES customers (key);
~~~
INSERT INTO api_keys (name, key_hash, created_by) VALUES ($1, $2, $3) RETURNING id;
DELETE FROM password_resets WHERE token IS NULL OR created_at < now() - INTERVAL '⟦n:1-48⟧ hours';
~~~
SELECT token, count(*) AS n FROM corpus_tokens GROUP BY token ORDER BY n DESC LIMIT ⟦n:10-90⟧;
SELECT count(*) FROM users WHERE password IS NULL OR password = '';
~~~
ALTER ROLE app WITH PASSWORD :'app_password';
CREATE USER app IDENTIFIED BY '${DB_PASSWORD}';
GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;
~~~
op.add_column("users", sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True))
op.drop_column("users", "password")
revision = "⟦hex:12⟧"
down_revision = "⟦hex:12⟧"
""",
    "code_regexes": r"""
Rule: `ghp_[A-Za-z0-9]{36}` for classic tokens, `github_pat_[A-Za-z0-9_]{82}` for the fine-grained ones.
~~~
(?i)(password|passwd|pwd|secret|token)\s*[:=]\s*['"]?([^'"\s]{6,})
~~~
- id: slack-token
  regex: xox[baprs]-[0-9A-Za-z-]{10,48}
- id: stripe
  regex: sk_(live|test)_[0-9a-zA-Z]{24}
  keywords: [sk_live, sk_test]
~~~
const JWT = /^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
const PASSWORD = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]).{⟦n:8-14⟧,}$/;
~~~
grep -rnE '(api[_-]?key|secret)["'"'"']?\s*[:=]' src/ | grep -v test
~~~
password_pattern = "^[A-Za-z0-9!@#$%^&*]{⟦n:8-14⟧,64}$"
token_pattern = "[0-9a-f]{32}"
~~~
sed -E 's/(password=)[^&]+/\1***/g; s/Bearer [A-Za-z0-9._-]+/Bearer ***/' access.log
""",
    "code_llm_tokens": r"""
"usage": {"prompt_tokens": ⟦n:1-9000⟧, "completion_tokens": ⟦n:1-900⟧, "total_tokens": ⟦n:1-9900⟧}
~~~
tokenizer = AutoTokenizer.from_pretrained("acme/⟦word⟧-7b")
tokenizer.pad_token = tokenizer.eos_token
ids = tokenizer("The key to the house", return_tensors="pt").input_ids
~~~
{"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
 "pad_token": "<pad>", "mask_token": "[MASK]", "sep_token": "[SEP]"}
~~~
{"model": "⟦word⟧-large", "max_tokens": ⟦n:64-9000⟧, "stop_token": "<|im_end|>", "temperature": 0.⟦n:1-9⟧}
~~~
Tokens: ['▁The', '▁pass', 'word', '▁is', '▁wrong', '.'] (6 tokens, ids [⟦n:1-32000⟧, ⟦n:1-32000⟧, ⟦n:1-32000⟧])
~~~
max_new_tokens=⟦n:64-900⟧, token_latency_ms=⟦n:10-900⟧, tokens_per_second=⟦n:10-90⟧.⟦n:1-9⟧, cached_tokens=⟦n:1-900⟧
~~~
attention = softmax(query @ key.transpose(-2, -1) / math.sqrt(d_key))
key_padding_mask = tokens.eq(pad_token_id)
self.key_proj = nn.Linear(⟦n:64-1024⟧, ⟦n:64-1024⟧)
""",
    "code_parsers": r"""
Token(type='IDENT', value='password', line=⟦n:1-90⟧, column=⟦n:1-90⟧)
Token(type='ASSIGN', value='=', line=⟦n:1-90⟧, column=⟦n:1-90⟧)
~~~
program   : statement* EOF ;
statement : KEY '=' value NEWLINE ;
KEY       : [a-zA-Z_]+ ;
SECRET    : 'secret' ;
~~~
#define TOKEN_IDENT  1
#define TOKEN_SECRET 2
#define KEY_ENTER    0x0D
#define PASSWORD_MAX ⟦n:16-128⟧
~~~
{"name": "keyword.control", "match": "\\b(secret|token|password)\\b", "scope": "source.acme"}
~~~
expect(TokenType.Key); const key = this.token; expect(TokenType.Colon); const value = this.parseValue();
~~~
tokens = ["SELECT", "token", "FROM", "secrets", "WHERE", "key", "=", "?"]
""",
}
