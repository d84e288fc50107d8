"""Texts that name a secret and have none beside it: options that take it from elsewhere, cells of tables, regular
expressions, masks, tags of fields, keys of caches, prompts.
"""

MENTIONS: dict[str, str] = {
    "mention_options": r"""
docker login -u ⟦letters:6⟧ --password-stdin registry-⟦n:1-9⟧.⟦host⟧ < ~/.registry
cat pw.txt | podman login --username ⟦letters:6⟧ --password-stdin ⟦svc⟧-⟦n:1-90⟧.⟦host⟧:5000
gpg --batch --passphrase-fd 0 --decrypt backup-⟦date⟧.tar.gpg
gpg --passphrase-file /run/secrets/gpg-⟦n:1-9⟧ --sign release-⟦n:1-90⟧.tar.gz
mongosh --host db⟦n:1-9⟧ --password-prompt ⟦svc⟧-⟦n:10-99⟧
borg create --encryption-passcommand-fd ⟦n:3-9⟧ repo-⟦n:100-999⟧::⟦date⟧
restic --password-command 'pass show restic' -r s3:backup-⟦n:100-999⟧ snapshots
restic --password-file /etc/restic/pw⟦n:1-9⟧ -r /srv/backup⟦n:10-99⟧ check
ansible-playbook site.yml --vault-password-file .vault-⟦n:10-99⟧ --limit web-⟦n:10-99⟧
helm registry login ⟦host⟧ --username ⟦letters:5⟧ --password-stdin
gh auth login --with-token < token-⟦n:10-99⟧.txt
""",
    "mention_cells": r"""
P-⟦n:10000-90000⟧;Password notebook;⟦n:10-99⟧,50
K-⟦n:10000-90000⟧;Password manager;⟦n:1-9⟧,99;EUR
⟦n:100-999⟧|Password organiser|⟦n:10-99⟧.90|in stock
⟦n:100-999⟧,Passphrase dice,⟦n:10-99⟧.95,DE
SKU⟦n:100-999⟧;Wachtwoord boekje;⟦n:10-99⟧,95
⟦n:100-999⟧;Passwort buch;⟦n:10-99⟧,90;Papier
A⟦n:100-999⟧;Token generator;⟦n:10-99⟧,00
B⟦n:100-999⟧,Secret diary,⟦n:10-99⟧.00
Q⟦n:1-4⟧;Password resets;⟦n:100-999⟧;tickets
Password policy;⟦n:1-9⟧;open
⟦n:10-99⟧,Token ring adapter ⟦n:4-16⟧,⟦n:10-99⟧.50
⟦date⟧;Password logbook,⟦n:10-99⟧;returned
""",
    "mention_patterns": r"""
TOKEN_RE = r'ghp_[A-Za-z0-9]{36}'
const SECRET_RE = /sk-[a-z0-9]{⟦n:20-48⟧}/;
API_KEY: "^[0-9a-f]{32}$"
password_rule = "^(?=.*[A-Z])(?=.*\d).{8,}$"
token = "glpat-[\w-]{20}"
{"apiKey": "AIza[0-9A-Za-z_-]{35}", "severity": "high"}
secret: 'xox[baprs]-[0-9]{10,13}-[a-zA-Z0-9-]+'
auth_token = r"Bearer\s+[A-Za-z0-9._-]+"
password: '[^\s]{8,64}'
""",
    "mention_tags": r"""
Password string `yaml:"password" env:"DB_PASSWORD"`
Password string `json:"password,omitempty"`
ApiKey   string `json:"api_key" validate:"required,len=32"`
Secret   []byte `toml:"secret2" mapstructure:"secret2"`
"\tPassword string `yaml:\"password\" env:\"DB_PASSWORD\"`\n",
"\tToken *string `json:\"token,omitempty\" db:\"token_v⟦n:1-9⟧\"`\n",
""",
    "mention_caches": r"""
cache-key: v⟦n:1-9⟧-deps-⟦n:100-999⟧-linux
key: v⟦n:1-9⟧-deps-{{ checksum "package-lock.json" }}
restore_cache: { keys: [v⟦n:1-9⟧-deps-, v⟦n:1-9⟧-] }
restoreKeys: npm-v⟦n:1-9⟧-⟦n:100-999⟧
cache_key = "user-profile-v⟦n:1-9⟧-⟦n:100-999⟧"
""",
    "mention_settings": r"""
Failed password user=⟦letters:4⟧⟦n:10-99⟧ rhost=web-⟦n:10-99⟧
The password is user=⟦letters:4⟧⟦n:10-99⟧ in the log, masked.
A jelszó length=⟦n:8-64⟧, a token ttl=⟦n:100-900⟧s.
The password: 16-character minimum. El token: 24-hour.
open the door, then ftp> user asks for a name
curl -u user:"$PASSWORD" https://⟦host⟧/v⟦n:1-9⟧
mosquitto_passwd -c /etc/mosquitto/pw ⟦letters:5⟧
secretsdump.py acme/⟦letters:5⟧@db⟦n:1-9⟧.⟦host⟧ -k -no-pass
WinSCP.com /command "open sftp://⟦letters:5⟧@⟦host⟧ -password=%SFTP_PW%" exit
{\u0022user\u0022:\u0022⟦letters:5⟧⟦n:10-99⟧\u0022,\u0022port\u0022:\u0022⟦n:1000-9000⟧\u0022}
~ password = (sensitive value) -> (known after apply)
~ engine_version = "13.⟦n:1-9⟧" -> "15.⟦n:1-9⟧"
""",
    "mention_prompts": r"""
  "char[] password = console.readPassword(\"Password: \");\n",
  "pw = getpass.getpass(\"Password: \")\n",
  "print(\"Enter password: \"); s = input()\n",
{"code": "read -s -p \"Password: \" PW; echo\nrun --user ⟦letters:5⟧2"}
{"de": "{\n  \"login.password\": \"Passwort\",\n  \"login.forgot\": \"Passwort vergessen?\",\n  \"v\": ⟦n:100-999⟧\n}"}
fmt.Print("Password: "); pw, err := term.ReadPassword(0)
scanf("%63s", getpass("Passphrase: "));
""",
}

MENTIONED_BLOCKS: dict[str, str] = {
    "mention_masked_lines": r"""
with:
  username: ⟦letters:6⟧
  password: ***
##[endgroup]
Login Succeeded! (⟦n:10-90⟧ s)
~~~
Password: ********
2FA-code⟦n:10-99⟧ sent
~~~
token: ""
rev⟦n:100-999⟧b done
~~~
Password: ••••••••
build⟦n:1000-9000⟧ok
~~~
  api-key: ***
::endgroup::
~~~
env:
  DB_PASSWORD: ***
##[group]Run⟦n:10-99⟧
""",
    "mention_cache_lines": r"""
cache-key: v2-deps-⟦n:100-999⟧-linux
restore-keys: |
  v2-deps-
~~~
- uses: actions/cache@v4
  with:
    path: ~/.npm
    key: npm-v3-⟦hex:8⟧
    restore-keys: |
      npm-v3-
      npm-
""",
    "mention_commands": r"""
User: please open https://⟦host⟧
user reported error⟦n:400-599⟧ today
~~~
echo -e 'line⟦n:10-99⟧x\nline⟦n:10-99⟧y' | mysql -u root ⟦svc⟧
""",
    "mention_headings": r"""
## Password

At least 12 characters, changed every ⟦n:30-90⟧ days.
~~~
**Password**
required
~~~
API key
-------
Optional.
~~~
Username
Password
Remember me
~~~
## Token

bcrypt
~~~
**Secret**
see 1Password
~~~
### Passphrase
four words
~~~
Password
Forgot password?
""",
}
