"""Tables of `told`: English phrasings, pairs of user and password, tokens and PINs.

`§P` and `§Q` are passwords that may be dressed (quotes, backticks, bold), `§p` and `§q` stay bare, `§w` are words that
are a password only because they are quoted. `§T` and `§S` are tokens, `§N` and `§M` PINs, `§V` a code of six
digits, `§u` a user, `§h` a host, `§d` a name; `⏎` breaks a line.
"""

ENGLISH = """
My password is §P, can you check if it is strong enough?
the password is now §P
The new password is §P.
password for the staging box was set to §P this morning
Please use §P to log in to the portal, it works until Friday.
log in with user §u and password §P
pw: §p
pw is §p btw
password - §p
pass: §p (all lower case except the first letter)
Password = §p
the wifi password? it's §P
What's the password? §p
Q: which password did you use for the demo?⏎A: §P
I changed it from §P to §Q yesterday and since then the login loops. The password, I mean.
We changed the root password from §P to §Q.
I reset your password. New one: §P
Your temporary password is §P. You will be asked to change it after the first login.
Hi team,⏎⏎the password of the shared mailbox has changed. It is §P from today on.⏎⏎Regards,⏎IT
Dear customer,⏎⏎Your account has been created.⏎Login: §u⏎Initial password: §p⏎⏎Please change it soon.
> what's the db password again?⏎§p
alice: hey, do you have the pw for §h?⏎bob: yes, it's §P
[10:42] bob: forgot the password again lol⏎[10:43] eve: §p⏎[10:43] bob: thx
so I typed my password (§P) and it says "invalid credentials"
Is §P a good password?
How long would it take to crack the password §P?
Translate to French: "Your password is §p. Do not share it."
I always use §P as my password for test systems
She said the admin password was §P, but that does not work.
The password I got from the vendor: §P
don't tell anyone but the root pw on §h is still §P
My passphrase is §P, does ssh-keygen accept that?
set the database password to §P and restart
Change my password to §P please.
Make the password §P and the user §u, then write the SQL for it.
For the login page use password §P in the example, that's our real one
ssh into §h, when it asks for a password type §p
the passwd's §P
Unlock the archive with §P (zip password)
The PDF is protected; the password to open it is §P.
The keystore password was wrong, the right one is §P.
It asks for the sudo password, which is §P, three times
password (case sensitive!): §P
my old password §P has been leaked, what now?
Wi-Fi: §d-guest, password: §p
Guest network §d / key §p / no VPN needed
FTP access to §h: user §u, pass §p, port 21
Credentials for the test shop below.⏎⏎* Shop: https://§h⏎* Username: §u⏎* Password: §P
both accounts share one password: §P
The password is: ⏎⏎§p⏎⏎and it expires in 30 days
I get "wrong password" although I typed §P exactly
Remember this password for me: §P
you can sign in as §u using the password §P
the backup is encrypted, decryption password §P
Sure! I've set the password to §P for you. Anything else?
my PASSWORD IS §P WHY DOES IT NOT WORK
pls help, pasword is §P and it says locked
password is "§w"
the new password is "§w", all lower case
Our guest wifi password is "§w".
my password is '§w' and it was rejected as too weak
The password for the archive is “§w”.
master password is `§w`
""".strip()

PAIRS = """
log in with §u / §p
creds: §u:§p
Credentials: §u / §P
login §u/§p works for me on §h
User: §u⏎Pass: §p
Username: §u@example.com⏎Password: §p
user=§u⏎pw=§p⏎host=§h
test account is §u@example.org with §P
Try admin:§p on https://§h/admin
ssh §u@§h, password §p
§u@example.com | §p | reader
Benutzer: §u⏎Passwort: §P
Usuario: §u⏎Contraseña: §P
Identifiant : §u⏎Mot de passe : §P
логин §u пароль §p
账号 §u 密码 §p
Login data⏎  name      §u⏎  password  §p
Use these logins: §u:§p, kiosk:§q
logins for the demo:⏎- §u / §p⏎- kiosk / §q
Enter §u as user name and §P as password.
the basic auth on §h is §u with password §P
db access → host §h, user §u, pass §p
""".strip()

TOKENS = """
my api key is §T
token for staging → §T
Here's the API key: §T, please use it sparingly.
I use §T as bearer token but get 401
The webhook secret changed to §T.
the client secret is §T and the client id is §d-web
Your new access token is §T. It will not be shown again.
API key §T stopped working today
Use this token: §T
api key: §T
new key for §h: §T
The secret key we use for signing is §T.
Set the x-api-key header to §T
I accidentally committed our api token §T to a public repo, what now?
auth token = §T (valid 24h)
my license server asks for the secret, it's §T
refresh token: §T⏎access token: §S
I rotated the key from §T to §S
Mein API-Schlüssel ist §T, warum kommt 403?
Der neue Token lautet §T
Mi clave de API es §T
Ma clé API est §T, elle ne marche plus.
我的API密钥是§T，为什么报错？
APIキーは§Tです。
Мой API-ключ: §T
recovery key for the disk: §T
the encryption key is §T, base64 I think
Paste §T into the API key field
""".strip()

PINS = """
PIN is §N
my pin is §N, don't tell anyone
The PIN for the company card is §N.
passcode for the door is §N
The alarm code is §N, then press OK.
voicemail PIN: §N
SIM pin §N, the PUK is in the drawer
Unlock the tablet with PIN §N
the safe's code is §N and it beeps twice
Set the pin to §N on both terminals.
gate code: §N#
I changed the PIN from §N to §M
Your verification code is §V. It expires in 10 minutes.
the one-time code is §V
Use §V to verify your account
Your code is §V
Ihr Bestätigungscode lautet §V
Der Einmalcode ist §V, gültig für zehn Minuten
Votre code de vérification est §V
Tu código de verificación es §V
Il codice di verifica è §V
Seu código de verificação é §V
Uw verificatiecode is §V
Kod weryfikacyjny: §V
Код подтверждения: §V
Doğrulama kodu: §V
认证请用验证码：§V
認証コードは§Vです
인증 코드: §V
Die PIN ist §N.
Der Türcode lautet §N
El PIN de la tarjeta es §N
Le code PIN est §N.
Il PIN è §N
PIN-код: §N
暗証番号は§Nです
银行卡密码是§V
""".strip()
