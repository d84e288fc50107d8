"""Tables of `assignments`: more programming languages."""

from .assignments_syntax import syntax

CODE_MORE = (
    syntax(
        "go_code",
        "go",
        "camel pascal",
        "c",
        r"""
§K := "§V"
~~~
const §K = "§V"
~~~
var §K string = "§V"
~~~
cfg := Config{
	Host:     "§h",
	User:     "§u",
	Password: "§P",
}
~~~
os.Setenv("§K", "§V")
~~~
req.SetBasicAuth("§u", "§P")
~~~
m := map[string]string{"§K": "§V"}
~~~
§K = []byte("§V")
~~~
apiKey := flag.String("api-key", "§T", "used for §h")
""",
    ),
    syntax(
        "rust_code",
        "rust",
        "snake screaming",
        "c",
        r"""
let §K = "§V";
~~~
const §K: &str = "§V";
~~~
let cfg = Config { host: "§h".into(), §K: "§V".to_string() };
~~~
let §K = String::from("§V");
~~~
std::env::set_var("§K", "§V");
~~~
static §K: &'static str = "§V";
~~~
let mut opts = PgConnectOptions::new().host("§h").username("§u").password("§P");
~~~
.basic_auth("§u", Some("§P"))
""",
    ),
    syntax(
        "php_code",
        "php",
        "camel snake screaming",
        "c",
        r"""
$§K = '§V';
~~~
define('DB_USER', '§u');
define('DB_PASSWORD', '§P');
~~~
return [
    'host' => '§h',
    '§K' => '§V',
];
~~~
define("§K", "§V");
~~~
$pdo = new PDO('mysql:host=§h;dbname=§d', '§u', '§P');
~~~
private string $§K = "§V";
~~~
'§K' => env('§K', '§V'),
~~~
putenv('§K=§V');
~~~
$mail->Username = '§u'; $mail->Password = '§P';
~~~
const §K = '§V';
""",
    ),
    syntax(
        "ruby_code",
        "ruby",
        "snake screaming",
        "c",
        r"""
§K = "§V"
~~~
ENV['§K'] ||= '§V'
~~~
config.§K = '§V'
~~~
{ host: '§h', user: '§u', §K: '§V' }
~~~
:§K => "§V",
~~~
§K = ENV.fetch('§K', '§V')
~~~
@§K = "§V".freeze
~~~
fill_in "Password", with: "§P"
""",
    ),
    syntax(
        "swift_code",
        "swift",
        "camel",
        "c",
        r"""
let §K = "§V"
~~~
private let §K: String = "§V"
~~~
static let §K = "§V"
~~~
URLCredential(user: "§u", password: "§P", persistence: .forSession)
~~~
["§K": "§V", "host": "§h"]
""",
    ),
    syntax(
        "cpp_code",
        "cpp",
        "snake camel screaming",
        "c",
        r"""
#define §K "§V"
~~~
const char* §K = "§V";
~~~
const char §K[] = "§V";
~~~
std::string §K{"§V"};
~~~
auto §K = std::string("§V");
~~~
#define WIFI_SSID "§d"
#define WIFI_PASSWORD "§P"
~~~
WiFi.begin("§d-guest", "§P");
~~~
static constexpr std::string_view §K = "§V";
~~~
cfg.§K = "§V";
~~~
NSString *§K = @"§V";
""",
    ),
    syntax(
        "perl_code",
        "perl",
        "snake",
        "c",
        r"""
my $§K = '§V';
~~~
our $§K = "§V";
~~~
my %cfg = (host => '§h', §K => '§V');
~~~
$cfg{§K} = '§V';
~~~
my $dbh = DBI->connect("dbi:Pg:dbname=§d", "§u", "§P");
~~~
use constant §K => '§V';
""",
    ),
    syntax(
        "r_code",
        "r",
        "snake dotted",
        "c",
        r"""
§K <- "§V"
~~~
Sys.setenv(§K = "§V")
~~~
con <- dbConnect(RPostgres::Postgres(), host = "§h", user = "§u", password = "§P")
~~~
options(§K = '§V', digits = 3)
~~~
§K = "§V"
""",
    ),
    syntax(
        "scala_code",
        "scala",
        "camel",
        "c",
        r"""
val §K = "§V"
~~~
val §K: String = "§V"
~~~
Map("user" -> "§u", "§K" -> "§V")
~~~
.option("user", "§u").option("password", "§P")
~~~
spark.conf.set("§K", "§V")
""",
    ),
    syntax(
        "elixir_code",
        "elixir",
        "snake",
        "c",
        r"""
config :§d, Shop.Repo,
  username: "§u",
  password: "§P",
  hostname: "§h"
~~~
§K = "§V"
~~~
@§K "§V"
~~~
%{host: "§h", §K: "§V"}
~~~
%{"§K" => "§V"}
~~~
System.put_env("§K", "§V")
""",
    ),
    syntax(
        "lua_code",
        "lua",
        "snake camel",
        "c",
        r"""
local §K = "§V"
~~~
return { host = "§h", §K = '§V' }
~~~
config.§K = "§V"
~~~
cfg["§K"] = '§V'
""",
    ),
)
