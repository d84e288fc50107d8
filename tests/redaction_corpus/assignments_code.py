"""Tables of `assignments`: programming languages in wide use."""

from .assignments_syntax import syntax

CODE = (
    syntax(
        "python_code",
        "python",
        "snake screaming",
        "c",
        r"""
§K = "§V"
client = Client(host="§h")
~~~
§K: str = '§V'
~~~
conn = psycopg2.connect(host="§h", user="§u", password="§P", dbname="§d")
~~~
config = {
    'host': '§h',
    '§K': '§V',
    'port': §n,
}
~~~
@dataclass
class Settings:
    host: str = "§h"
    §K: str = "§V"
    debug: bool = False
~~~
os.environ["§K"] = "§V"
~~~
os.environ.setdefault('§K', '§V')
~~~
§K = os.getenv("§K", "§V")
~~~
§K = os.environ.get('§K') or '§V'
~~~
self.§K = "§V"
~~~
url = f"https://{host}/api?x=1"
§K = f"§V"
~~~
§K = b"§V"
§L = r'§W'
~~~
def connect(user="§u", §K="§V"):
    return Session(user, §K)
~~~
app.config["§K"] = "§V"
app.config.update(§L="§W", TESTING=True)
~~~
§K = (
    "§V"
)
~~~
if form["password"] == "§P":
    return redirect("/admin")
~~~
§K: Final[str] = '''§V'''
~~~
settings = dict(user="§u", §K="§V")
~~~
>>> keyring.set_password("§d", "§u", "§P")
~~~
s.login("§u@example.com", "§P")  # smtplib
""",
    ),
    syntax(
        "javascript_code",
        "javascript",
        "camel screaming snake",
        "c",
        r"""
const §K = '§V';
const app = express();
~~~
let §K = "§V", retries = 3;
~~~
process.env.§K = '§V';
~~~
const §K = process.env.§K || '§V';
~~~
const §K = `§V`;
~~~
module.exports = {
  host: '§h',
  user: '§u',
  §K: '§V',
};
~~~
const cfg = { "§K": "§V", port: §n }
~~~
mysql.createConnection({ host: '§h', user: '§u', password: '§P', database: '§d' });
~~~
window.§K="§V";
~~~
await page.fill('#password', '§P');
~~~
headers: { 'x-api-key': '§T', accept: 'application/json' },
~~~
localStorage.setItem('access_token', '§T');
~~~
if (password !== '§P') return res.sendStatus(403);
""",
    ),
    syntax(
        "typescript_code",
        "typescript",
        "camel",
        "c",
        r"""
export const §K: string = '§V';
~~~
class Client {
  private readonly §K = "§V";
  #§L: string = '§W';
}
~~~
export const environment = {
  production: true,
  §K: '§V' as const,
};
~~~
const §K = process.env.§K ?? "§V";
~~~
constructor(private §K: string = '§V') {}
""",
    ),
    syntax(
        "json5_object",
        "json5",
        "camel snake",
        "c",
        r"""
{
  // local only
  §K: '§V',
  host: "§h",
}
~~~
{user:"§u",§K:"§V"}
~~~
{ '§K': '§V', "§L": '§W', }
~~~
auth: { user: '§u', pass: '§P' }
""",
    ),
    syntax(
        "java_code",
        "java",
        "camel screaming",
        "c",
        r"""
private static final String §K = "§V";
~~~
String §K = "§V";
DataSource ds = DriverManager.getConnection("jdbc:mysql://§h/§d", "§u", "§P");
~~~
props.setProperty("§K", "§V");
~~~
@Value("${§K:§n}")
private String §K = "§V";
~~~
private final char[] §K = "§V".toCharArray();
~~~
env.put(Context.SECURITY_CREDENTIALS, "§P");
props.put("password", "§Q");
~~~
System.setProperty("javax.net.ssl.trustStorePassword", "§P");
""",
    ),
    syntax(
        "builder_call",
        "java",
        "camel",
        "c",
        r"""
Client.builder().endpoint("https://§h").user("§u").password("§P").build();
~~~
new PostgreSQLContainer<>("postgres:16")
    .withUsername("§u")
    .withPassword("§P");
~~~
client.setApiKey("§T");
~~~
cfg.setUsername("§u");
cfg.setPassword("§P");
cfg.setMaximumPoolSize(§n);
~~~
options.WithClientSecret("§T").WithAuthority("https://§h");
~~~
Twitter.Builder().accessToken("§T").accessTokenSecret("§S")
~~~
ConfigurationBuilder().setOAuthConsumerSecret("§T")
~~~
.addHeader("X-Api-Key", "§T")
~~~
login("§u", "§P")
""",
    ),
    syntax(
        "kotlin_code",
        "kotlin",
        "camel screaming",
        "dollar",
        r"""
val §K = "§V"
~~~
private const val §K: String = "§V"
~~~
var §K: String? = "§V"
~~~
data class Config(val host: String = "§h", val §K: String = "§V")
~~~
buildConfigField("String", "§K", "\"§T\"")
~~~
mapOf("user" to "§u", "§K" to "§V")
""",
    ),
    syntax(
        "csharp_code",
        "csharp",
        "camel pascal",
        "c",
        r"""
private const string §K = "§V";
~~~
var §K = "§V";
~~~
public string §K { get; set; } = "§V";
~~~
new NetworkCredential("§u", "§P")
~~~
var options = new ClientOptions { Host = "§h", §K = "§V" };
~~~
config["§K"] = "§V";
~~~
Environment.SetEnvironmentVariable("§K", "§V");
~~~
new Dictionary<string, string> { ["§K"] = "§V", ["§L"] = "§W" };
""",
    ),
)
