"""Secrets that answer a question: what is typed, sent to a prompt, set once, listed, or told by a position."""

from tests.redaction_corpus.placed_makers import parse

ASKED = parse(r"""
== typed_into_field
await page.fill('#password', '«!quoted»');
--
cy.get('input[name="password"]').type('«!word»{enter}')
--
await page.getByLabel('Password').fill("«!word»")
--
driver.find_element(By.ID, "user_password").send_keys("«!word»")
--
fill_in 'Password', with: '«!word»'
--
document.querySelector('#login-password').value = "«!word»";
--
    Input Password    id=password    «!word»
== sent_to_prompt
spawn ssh «user»@«host»
expect "assword:"
send "«!word»\r"
--
expect {
  "*?assword:*" { send -- "«!word»\r" }
}
--
child.expect('[Pp]assword: ')
child.sendline('«!word»')
== machine_set_up
rootpw --plaintext «!word»
user --name=«user» --password=«!word2» --plaintext
--
d-i passwd/root-password password «!word»
d-i passwd/root-password-again password «!word»
--
rootpw «!word»
== network_gear
set vpn ipsec site-to-site peer «ip» authentication pre-shared-secret «!word»
--
set security ike policy main pre-shared-key ascii-text "«!word»"
--
radius-server host «ip» auth-port 1812 key «!word»
--
 ip ospf message-digest-key 1 md5 «!word»
--
local-user «user» password irreversible-cipher «!word»
--
«user» : EAP "«!word»"
--
# client server secret addresses, /etc/ppp/chap-secrets
«user» * «!word» *
== list_of_logins
; userlist.txt
"«user»" "«!word»"
"«user2»" "«!word2»"
--
auth_file = /etc/pgbouncer/userlist.txt

"«user»" "«!word»"
--
<auth-user-pass>
«user»
«!word»
</auth-user-pass>
--
# user name, then the password
«user»
«!word»
== aligned_table
USER          PASSWORD            ROLE
«user»        «!word»             admin
«user2»       «!word2»            reader
--
Host              Login       Password
«ip»              «user»      «!word»
== map_of_secrets
SECRETS = {"billing": "«!token»", "mailer": "«!token2»"}
--
API_TOKENS = {
    'stage': '«!token»',
    'live': '«!token2»',
}
--
credentials = { mailer: "«!token»" }
== settings_in_value
cnx = pyodbc.connect("DSN=warehouse;UID=«user»;PWD=«!word»")
--
COPY orders FROM 's3://acme/o' CREDENTIALS 'aws_access_key_id=«!keyid»;aws_secret_access_key=«!awskey»';
--
aws secretsmanager create-secret --name shop --secret-string '{"username":"«user»","password":"«!word»"}'
== argument_default
parser.add_argument("--db-password", default="«!word»")
--
@click.option("--password", help="of the database", default="«!word»")
--
program.option('api-token', { default: '«!token»' })
== call_by_position
conn = database('shop', '«user»', '«!word»');
--
Net::SMTP.start('«host»', 587, 'example.org', '«user»', '«!word»', :login)
--
let creds = Credentials::new("«user»".to_string(), "«!word»".to_string());
--
auth := smtp.PlainAuth("", "«user»", "«!word»", "«host»")
--
client.username_pw_set("«user»", "«!word»")
--
keyStore.load(stream, "«!word»".toCharArray());
== decoded_key
AES_KEY = bytes.fromhex("«!longhex»")
--
const ENCRYPTION_KEY = hex2bin('«!longhex»');
--
var SigningKey = Convert.FromBase64String("«!sharedkey»");
== flag_of_its_own
http -a «user»:«!word» GET https://«host»/api
--
xh --auth «user»:«!word» https://«host»/items
--
curl -sSfu «user»:«!word» https://«host»/health
== wireless_key
netsh wlan show profile name="Office" key=clear
    Key Content            : «!word»
--
    Schlüsselinhalt            : «!word»
--
SSID: Acme-Guest
Key: «!word»
== inside_json
{"role": "user", "content": "please explain:\nINSERT INTO users (email, passwd) VALUES\n  ('«mail»', '«!pw»');"}
--
{"role": "user", "content": "why?\n#cloud-config\nchpasswd:\n  list: |\n    root:«!pw»\n  expire: false"}
--
{"role": "user", "content": "my list\n;; userlist.txt of pgbouncer\n\"«user»\" \"«!pw»\""}
--
{"m": "{\"role\": \"user\", \"content\": \"id,email,password,created\\n1,«mail»,«!pw»,2024-05-24\"}"}
--
{"role": "user", "content": "kind: Secret\nmetadata:\n  name: mailer\nstringData:\n  signing: \"«!pw»\""}
--
{"role": "user", "content": "redis-cli -h «host»\n> AUTH «!pw»"}
== inside_marked_lines
diff --git a/conf b/conf
@@ -1,0 +1,6 @@
+#cloud-config
+chpasswd:
+  list: |
+    root:«!pw»
+  expire: false
--
> INSERT INTO users (email, passwd) VALUES
>   ('«mail»', '«!pw»');

It fails since Monday, any idea?
--
@@ -1,0 +1,6 @@
+kind: Secret
+metadata:
+  name: mailer
+stringData:
+  signing: "«!pw»"
""")
