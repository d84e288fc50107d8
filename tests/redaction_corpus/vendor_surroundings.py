"""Where a token turns up in what people paste: `«»` is its place, `%N%` and `%n%` are its name, often dull."""

LINES = (
    "«»",
    "   «»   ",
    "Here it is: «»",
    "the key is «», please check whether the scope is right",
    "I used «».",
    "I tried (both with and without «») and got a 401",
    "It was “«»” in the ticket, “{h:6}” in the wiki.",
    "Can you rotate `«»` for me? It ended up in the build log.",
    "**«»** was the old one, we still use it on staging",
    "<«»> is what the bot answered",
    "Der Schlüssel lautet «», damit klappt der Aufruf nicht.",
    "J'ai mis «» dans la config, mais l'API répond 403.",
    "La clave es «»; ¿por qué falla?",
    "キーは「«»」です。",
    'client = Client("«»", timeout=30)',
    "client = Client('«»')",
    "const api = new Api({ auth: '«»', retries: 2 });",
    "const %n% = `«»`;",
    'var %n% string = "«»"',
    'let %n% = String::from("«»");',
    'private static final String %N% = "«»";',
    "$%n% = '«»';",
    '%n%: "«»"',
    "%n%: «»",
    "%n%: «» # valid until {d:1} May",
    "  - «»",
    "%N%=«»",
    'export %N%="«»"',
    "set %N%=«»",
    "$env:%N% = '«»'",
    "ENV %N% «»",
    "ARG %N%=«»",
    "setx %N% «» /M",
    '{"%n%": "«»", "retries": 3}',
    '{"%n%":"«»"}',
    '["{h:8}", "«»", null]',
    "{'%n%': '«»', 'debug': True}",
    '"body": "{\\"%n%\\": \\"«»\\", \\"n\\": {d:2}}"',
    '"output": "$ cat .env\\n%N%=«»\\nDEBUG=1\\n"',
    '"content": "line one\\n«»\\nline three"',
    'payload = b"\\x00\\t«»\\r\\n"',
    "curl -H 'Authorization: Bearer «»' https://api.example.com/v1/me",
    'curl -s -H "X-Api-Key: «»" https://api.example.com/orders | jq .',
    "curl -u «»: https://api.example.com/v1/charges -d amount={d:4}",
    "http GET api.example.com/me Authorization:'token «»'",
    "> Authorization: Bearer «»",
    "x-auth: «»",
    "2026-02-{d:1}1T09:14:{d:2} ERROR sync[{d:4}]: request with key «» failed: 403",
    'level=warn msg="retry" %n%=«» attempt={d:1} host=api.example.com',
    "[{d:4}] DEBUG settings loaded {%n%=«», region=eu}",
    "  File \"sync.py\", line {d:2}, in run\nValueError: bad credential '«»'",
    "id,label,%n%\n{d:3},shop,«»\n{d:3},blog,",
    "{d:3};shop;«»;2026-01-04",
    "| shop | «» | active |",
    "shop\t«»\t2026-01-04",
    "  {d:3}  export %N%=«»",
    "$ ./deploy.sh --%n% «» --region eu",
    "$ ./deploy.sh --%n%=«» && echo ok",
    "docker run -e %N%=«» -p 8080:80 acme/shop:1.{d:1}",
    "kubectl create secret generic shop --from-literal=%n%=«»",
    "gh secret set %N% --body '«»'",
    "- %N%=old\n+ %N%=«»",
    "-    %n%: «»\n+    %n%: ${{ secrets.%N% }}",
    '<add key="%n%" value="«»" />',
    "<%n%>«»</%n%>",
    "<input type='hidden' name='%n%' value='«»'>",
    "INSERT INTO settings (name, value) VALUES ('%n%', '«»');",
    "assert login(token='«»').ok  # {d:3}",
    "setup({d:2}, «», None)",
    "\x1b[32m«»\x1b[0m copied to clipboard",
    "```\n«»\n```",
    "```bash\nexport %N%=«»\nmake deploy\n```",
    '```json\n{\n  "%n%": "«»"\n}\n```',
    "~~~yaml\n%n%: '«»'\nregion: eu\n~~~",
    "[shop]\n%n% = «»\nregion = eu",
    '%n% = "«»"\nretries = 3',
    "> «»\n\nis that enough, or do you need the secret part as well?",
    "user: what do I put there?\nbot: «»\nuser: thanks",
    "<!-- «» -->",
    "// TODO remove: «»",
    "/* «» */",
    "# «»",
)
URLS = (
    "https://api.example.com/v1/me?%n%=«»&page={d:1}",
    "GET /hooks?x={d:2}&%n%=«» HTTP/1.1",
    "https://api.example.com/«»/orders",
    "git clone https://oauth2:«»@git.example.com/acme/shop.git",
    "git remote set-url origin https://«»@git.example.com/acme/shop.git",
    "https://sso.example.com/login?next=%2Fcb%3F%n%%3D«»%26page%3D2",
    "https://shop.example.com/cb#access_token=«»&token_type=bearer",
)
# The end of the text is the end of what was copied: the token stops short.
ENDS = (
    "%N%=«»",
    "and then I pasted «»",
    '{"%n%": "«»',
    "curl -H 'Authorization: Bearer «»",
    "2026-02-11T09:14:20 INFO using key «»",
    "const %n% = '«»",
)
LONG = (
    """\
services:
  web:
    image: acme/shop:2.{d:1}
    ports:
      - '8080:80'
    environment:
      REGION: eu-west-1
      %N%: «»
      LOG_LEVEL: info
    depends_on: [db]
  db:
    image: postgres:16
    volumes:
      - data:/var/lib/postgresql/data
volumes:
  data: {}""",
    '''\
import sys

import httpx

BASE = "https://api.example.com"
%N% = "«»"


def orders(page: int) -> list[dict]:
    """Fetch one page of orders."""
    reply = httpx.get(
        f"{BASE}/orders",
        params={"page": page},
        headers={"Authorization": f"Bearer {%N%}"},
    )
    reply.raise_for_status()
    return reply.json()


if __name__ == '__main__':
    print(orders(int(sys.argv[1])))''',
    """\
name: deploy
on: [push]
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci && npm test
      - name: ship
        env:
          %N%: «»
        run: ./ship.sh ${{ github.sha }}""",
    """\
2026-02-11T09:14:20Z info  boot version=2.{d:1} commit={h:7}
2026-02-11T09:14:21Z info  db connected host=db.example.com
2026-02-11T09:14:21Z debug env REGION=eu %N%=«» WORKERS=4
2026-02-11T09:14:22Z info  listening port=8080
2026-02-11T09:15:02Z warn  slow query ms={d:4}
2026-02-11T09:15:40Z error upstream 401 id={uuid}""",
    """\
Traceback (most recent call last):
  File "/srv/shop/jobs.py", line {d:2}, in run
    self.push(order)
  File "/srv/shop/client.py", line {d:3}, in push
    reply = self.session.post(url, headers=headers)
requests.exceptions.HTTPError: 401 Client Error: Unauthorized
--- locals ---
url = 'https://api.example.com/v2/push'
headers = {'Accept': 'application/json', 'Authorization': 'Bearer «»'}
order = <Order {d:5}>""",
    """\
> how do I call the API from a cron job?

Put the call in a script and run it every hour:

```sh
#!/bin/sh
set -eu
curl -fsS \\
  -H 'Authorization: Bearer «»' \\
  -H 'Content-Type: application/json' \\
  -d '{"since": "-1h"}' \\
  https://api.example.com/v1/export >> /var/log/export.json
```

Then `crontab -e` and add `0 * * * * /opt/export.sh`.""",
    """\
resource "acme_project" "shop" {
  name   = "shop"
  region = "eu"
}

provider "acme" {
  %n% = "«»"
}

output "id" {
  value = acme_project.shop.id
}

Error: Unsupported argument on main.tf line {d:1}: "%n%" is deprecated.""",
    """\
  {d:3}  cd ~/src/shop
  {d:3}  git pull --rebase
  {d:3}  make test
  {d:3}  %N%=«» ./bin/sync --all
  {d:3}  less sync.log
  {d:3}  git commit -am 'fix sync'
  {d:3}  history""",
    """\
{
  "mcpServers": {
    "shop": {
      "command": "npx",
      "args": ["-y", "@acme/mcp-shop", "--stdio"],
      "env": {
        "%N%": "«»",
        "REGION": "eu"
      }
    }
  }
}""",
    """\
GET /v1/orders HTTP/1.1
Host: api.example.com
User-Agent: shop/2.{d:1}
Accept: */*
x-%n%: «»
x-request-id: {uuid}

HTTP/1.1 403 Forbidden
Content-Type: application/json
Content-Length: 34

{"error": "key has no read scope"}""",
)
PAIRS = (
    "%N%=«1»\n%N%_2=«2»",
    '{"a": "«1»", "b": "«2»"}',
    "«1»\n«2»",
    "«1», «2»",
    "«1» works but «2» does not, any idea?",
    "./sync --from «1» --to «2»",
    "new Shop({ first: '«1»', second: '«2»' })",
    "old: «1»\nnew: «2»",
    "id,a,b\n{d:3},«1»,«2»",
    "export A=«1» B=«2»; ./run.sh",
)
NAMES = (
    *("TOKEN", "API_KEY", "API_TOKEN", "SECRET", "ACCESS_TOKEN", "AUTH", "CREDENTIAL", "AUTH_TOKEN"),
    *("VALUE", "X", "ARG1", "CONFIG_3", "BOT", "MAIN", "FOO", "ITEM", "UPSTREAM", "SYNC", "PROD", "DEFAULT", "DATA"),
)
BEFORE = (
    *("",) * 5,
    "Why does this fail?",
    "I get a 401 with the following, what am I missing?",
    "Here is my setup:",
    "From the log of last night's run:",
    "Please turn this into a proper config file and explain each line.",
    "Sure! Here is the corrected version:",
    "You are a careful reviewer.\n\nReview the change below and list what could break.",
    "Kannst du mir erklären, was hier schiefgeht?",
    "hi, quick one. our sync job stopped on Tuesday, nothing changed on our side. this is what we run",
    "Step 2 of 3\n-----------\nThe call still answers 403, see:",
    "<context>\nshop backend, Python 3.11, Flask\n</context>",
)
AFTER = (
    *("",) * 5,
    "Thanks!",
    "It worked until commit {h:40}.",
    'The response was {"error": "forbidden", "request_id": "{uuid}"}.',
    "Should I use another scope, or is the endpoint wrong?",
    "Note: run it once by hand before you put it in the pipeline.",
    "Expected: 200\nGot: 401 after {d:3} ms",
    "Das Ganze läuft auf Debian 12 mit nginx davor.",
    "Keep the answer short, and do not change the names of the variables.",
    "1. check the clock\n2. check the scope\n3. try again",
)
