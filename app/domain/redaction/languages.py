"""The words that tell a password, a language a row, and those that lead up to it.

`words` are beginnings: what a language adds to their ends (Passwortes, şifrem) may follow. `joints` are what a language
says for "is", `moves` for "from" and "to", where a password is changed. In `goes` the password stands between « and ».
"""

from enum import Enum
from typing import NamedTuple


class Telling(Enum):
    """What a word announces."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    KEY = "key"
    PIN = "pin"
    PAIR = "pair"


class Language(NamedTuple):
    """One row. Words are separated by bars."""

    name: str
    words: str
    joints: str
    moves: str
    goes: str
    stays: str


class Word(NamedTuple):
    """A word that opens a window, and what it announces there."""

    text: str
    telling: Telling


_P = "Sommer" + "2024x!"

LANGUAGES: tuple[Language, ...] = (
    Language(
        "English",
        "password|pasword|passowrd|pre-shared key|preshared key|pre shared key|"
        "security answer|secret answer|passphrase|passwd|passwrd|pwd|pw|pass|"
        "wpa key|wpa2 key|wpa3 key|wifi key|wi-fi key|"
        "wlan key|network key|wireless key|hotspot key|router key|network security key|pass phrase",
        "'s|s|is|was|are|it's|its|that's|be|would be|now|currently|"
        "set to|reset to|changed to|updated to|one|use|using|try|with|"
        "used|enter|type|be:|still|temporarily|called|simply|just|instead",
        "from|to|into|as|and|or|of",
        f"The password for the VPN is «{_P}», ask me",
        "The password is required. It is hashed with SHA-256, and was reset 3 times. "
        "Password must have 8-16 characters.",
    ),
    Language(
        "German",
        "passwort|passwört|kennwort|kennwört|passphrase|zugangscode|losung|wlan-schlüssel|wlan schlüssel|wlanschlüssel|"
        "wlan-key|netzwerkschlüssel|netzwerksicherheitsschlüssel|wpa-schlüssel|wpa2-schlüssel|wifi-schlüssel",
        "ist|lautet|war|wäre|heißt|heisst|jetzt|nun|sind|neu|neues|aktuell|mit|nimm|verwende|benutze|sondern",
        "von|auf|zu|in|und",
        f"Das Passwort zum Server lautet «{_P}»",
        "Das Passwort ist falsch, mindestens 8 Zeichen",
    ),
    Language(
        "Spanish",
        "contraseña|contrasena|clave|contraseñas",
        "es|era|será|son|ahora|usa|con|sería|sino",
        "de|a|por|y",
        f"La contraseña del wifi es «{_P}»",
        "La contraseña es obligatoria y debe tener 8 caracteres",
    ),
    Language(
        "French",
        "mot de passe|mots de passe|mdp|motdepasse|code d'accès|clé wifi|clé wi-fi|clé du wifi|clé wpa|clé wpa2|"
        "clé de sécurité|clé réseau|phrase de passe",
        "est|était|sera|c'est|sont|maintenant|avec|utilise|désormais",
        "de|en|à|par|pour|et",
        f"Le mot de passe du serveur est «{_P}»",
        "Le mot de passe est requis",
    ),
    Language(
        "Portuguese",
        "senha|palavra-passe|palavra passe|password|chave wifi|chave do wifi|chave wi-fi|chave de rede|"
        "chave de segurança",
        "é|era|será|são|agora|use|com",
        "de|para|por|e",
        f"A senha do banco é «{_P}»",
        "A senha é obrigatória",
    ),
    Language(
        "Italian",
        "password|parola d'ordine|parola chiave|chiave wifi|chiave wi-fi|chiave del wifi|chiave wpa|chiave di rete|"
        "chiave di sicurezza",
        "è|e'|era|sarà|sono|adesso|ora|usa|con",
        "da|a|in|e",
        f"La password del server è «{_P}»",
        "La password è errata",
    ),
    Language(
        "Dutch",
        "wachtwoord|toegangscode|wifi-sleutel|wifisleutel|netwerksleutel|beveiligingssleutel",
        "is|was|wordt|luidt|nu|gebruik|met",
        "van|naar|in|en",
        f"Het wachtwoord is «{_P}»",
        "Het wachtwoord is verlopen",
    ),
    Language(
        "Polish",
        "hasł|haslo|klucz wifi|klucz wi-fi|klucz sieci|klucz zabezpieczeń",
        "to|jest|brzmi|było|teraz|użyj",
        "z|na|i",
        f"Hasło do serwera to «{_P}»",
        "Hasło jest wymagane i musi mieć 8 znaków",
    ),
    Language(
        "Czech and Slovak",
        "heslo|hesla|heslem|hesle",
        "je|zní|bylo|bolo|teď|teraz|použij",
        "z|ze|na|a",
        f"Heslo k serveru je «{_P}»",
        "Heslo je povinné",
    ),
    Language(
        "Swedish",
        "lösenord|losenord",
        "är|var|blir|nu|heter|använd",
        "från|till|och",
        f"Lösenordet till servern är «{_P}»",
        "Lösenordet är fel",
    ),
    Language(
        "Danish and Norwegian",
        "adgangskode|passord|kodeord|password",
        "er|var|blir|nå|nu|bruk|brug|lyder",
        "fra|til|og",
        f"Passordet er «{_P}»",
        "Passordet er feil",
    ),
    Language(
        "Croatian, Serbian and Slovenian",
        "lozinka|lozinku|lozinke|šifra|šifru|geslo|gesla|лозинка|лозинку|шифра",
        "je|glasi|bila|sada|се|је",
        "iz|u|na|i",
        f"Lozinka za server je «{_P}»",
        "Lozinka je obavezna",
    ),
    Language(
        "Bulgarian",
        "парола|паролата|пароли",
        "е|беше|сега|вече",
        "от|на|в|и",
        f"Паролата за сървъра е «{_P}»",
        "Паролата е задължителна",
    ),
    Language(
        "Finnish",
        "salasana",
        "on|oli|nyt|käytä",
        "ja|muotoon",
        f"Salasana on «{_P}»",
        "Salasana on väärä",
    ),
    Language(
        "Turkish",
        "şifre|sifre|parola",
        "şu|şöyle|artık|olarak|yeni",
        "ve",
        f"Sunucunun şifresi: «{_P}»",
        "Şifre en az 8 karakter olmalı",
    ),
    Language(
        "Romanian",
        "parolă|parola|parolei|parolele|parola temporară|parola nouă",
        "este|e|era|acum|folosește",
        "din|în|la|cu|și",
        f"Parola este «{_P}»",
        "Parola este incorectă",
    ),
    Language(
        "Hungarian",
        "jelszó|jelszo|jelszav|jelszava",
        "ez|az|most|lett|volt|a|következő",
        "és",
        f"A jelszó: «{_P}»",
        "A jelszó hibás",
    ),
    Language(
        "Russian",
        "парол",
        "это|такой|был|теперь|сейчас|вот|будет|вайфая|вайфаю|вай-фая|вай-фаю|wifi|wi-fi",
        "с|на|и",
        f"Пароль от сервера: «{_P}»",
        "Пароль: обязательное поле",
    ),
    Language(
        "Ukrainian",
        "парол|пароль",
        "це|такий|був|тепер|зараз|ось|буде",
        "з|на|і|й",
        f"Пароль від сервера: «{_P}»",
        "Пароль має містити 8 символів",
    ),
    Language(
        "Greek",
        "κωδικός|κωδικος|κωδικό|συνθηματικό|κωδικός πρόσβασης|κωδικό πρόσβασης",
        "είναι|ήταν|τώρα|πλέον",
        "από|σε|και",
        f"Ο κωδικός είναι «{_P}»",
        "Ο κωδικός είναι λάθος",
    ),
    Language(
        "Hebrew",
        "סיסמ|הסיסמ|לסיסמ|והסיסמ|בסיסמ|שהסיסמ",
        "היא|הייתה|היה|זה|עכשיו|שלי|החדשה",
        "מ|ל|אל",
        f"הסיסמה היא «{_P}»",
        "הסיסמה היא שגויה",
    ),
    Language(
        "Arabic",
        "كلمة المرور|كلمة السر|كلمة سر|كلمه السر|كلمه المرور|كلمة مرور|الرقم السري|باسورد|"
        "وكلمة المرور|وكلمة السر|وكلمة مرور",
        "هي|هو|كانت|الآن|أصبحت|فاي|الفاي",
        "من|إلى|الى",
        f"كلمة المرور هي «{_P}»",
        "كلمة المرور مطلوبة",
    ),
    Language(
        "Persian",
        "رمز عبور|رمز|گذرواژه|پسورد|کلمه عبور",
        "است|هست|شد|این",
        "از|به",
        f"رمز عبور سرور: «{_P}»",
        "رمز عبور باید ۸ نویسه باشد",
    ),
    Language(
        "Hindi",
        "पासवर्ड",
        "है|था|अब|नया|यह",
        "से|को",
        f"पासवर्ड: «{_P}»",
        "पासवर्ड ज़रूरी है",
    ),
    Language(
        "Chinese",
        "密码|密碼|口令",
        "是|为|為|就是|改成|设为|设置为|設為|換成|换成",
        "从|從|到",
        f"密码是«{_P}»",
        "密码是必填项，至少8个字符",
    ),
    Language(
        "Japanese",
        "パスワード|パスフレーズ|パス",
        "は",
        "から|に",
        f"パスワードは「«{_P}»」です",
        "パスワードは必須です",
    ),
    Language(
        "Korean", "비밀번호|암호|패스워드|비번", "는|은", "에서|로", f"비밀번호는 «{_P}»", "비밀번호는 필수입니다"
    ),
    Language(
        "Vietnamese",
        "mật khẩu",
        "là|bây giờ|hiện tại|mới",
        "từ|thành|sang",
        f"Mật khẩu là «{_P}»",
        "Mật khẩu là bắt buộc",
    ),
    Language(
        "Indonesian",
        "kata sandi|sandi|kata laluan",
        "adalah|ialah|yaitu|sekarang|saya|baru|pakai|nya|wifinya|wifi-nya|servernya|akunnya",
        "dari|ke|menjadi|jadi",
        f"Kata sandi adalah «{_P}»",
        "Kata sandi wajib diisi",
    ),
    Language("Thai", "รหัสผ่าน|รหัสไวไฟ|พาสเวิร์ด|รหัส", "คือ|เป็น|จาก", "จาก", f"รหัสผ่านคือ «{_P}»", "ต้องกรอกรหัสผ่าน"),
)

TYPING = (
    "use|uses|using|used|try|tried|typed?|types?|typing|enter|enters|entered|paste|pasted|put|puts|insert|choose|chose|"
    "picked|nutze|nutzt|verwende|benutze|nimm|gib|gebe|trag|trage|setze|tippe|füge|eingeben|mets|mettez|mis|saisis|"
    "saisissez|saisir|tape|tapez|entre|entrez|colle|collez|utilise|utilisez|usa|use|uso|pon|puse|pega|escribe|introduce|"
    "introduzca|ingresa|ingrese|inserisci|digita|incolla|metti|insira|digite|cole|coloque|voer|vul|typ|plak|gebruik|wpisz|"
    "wklej|użyj|podaj|zadej|zadejte|vlož|vložte|zadaj|skriv|ange|använd|klistra|indtast|brug|bruk|tast|anna|syötä|käytä|"
    "gir|girin|yaz|yazın|kullan|introdu|folosește|scrie|írd|add|unesi|unesite|upiši|koristi|введи|введите|вставь|вставьте|"
    "используй|используйте|укажи|впиши|введіть|встав|використай|въведи|въведете|masukkan|ketik|gunakan|pakai|tempel|nhập|"
    "dán|dùng"
)
"""What somebody is asked to do with a password, or did, who is told it before the word."""
PLACING = (
    "as|for|a|to|in|into|at|exactly|als|für|ins|in|im|bei|beim|como|comme|come|para|pour|dans|au|en|al|nel|nella|no|na|"
    "alla|w|do|jako|v|ako|som|i|på|ved|til|voor|bij|kao|za|u|в|во|как|для|у|як|като|sebagai|di|pada|làm|vào|cho"
)
"""What leads on from the password to the word for it."""
FROM = (
    "from|von|de|da|van|z|ze|från|fra|din|de la|с|з|από|من|از|từ|dari",
    "从|從|จาก|מ",
)
"""What a change of passwords says before the old one: words, and what is written without a space behind it."""
TO = (
    "to|into|auf|zu|in|a|por|en|à|par|para|naar|na|till|til|în|la|cu|на|σε|إلى|الى|به|thành|sang|ke|menjadi|jadi",
    "改成|改为|改為|换成|換成|变成|變成|换为|換為|เป็น|มาเป็น|ไปเป็น",
)
"""What it says between the old and the new one, likewise."""
BETWEEN = ("से बदलकर|से|yerine", "에서|から")
"""What stands between them in the languages that say nothing before the old one, likewise."""

KEYS = (
    "new key|recovery key|my key|our key|key from|backup key|disk key|api key|api-key|apikey|api token|access key|"
    "access token|secret key|secret access key|auth token|bearer token|token|secret|license key|licence key|"
    "private key|signing key|encryption key|webhook key|api-schlüssel|schlüssel|"
    "key|api_key|client_secret|access_token|auth_token|api_token|secret_key|api secret|app secret|client secret|"
    "api kulcs|kulcs|klucz api|klucz|klíč|api anahtarı|anahtar|api-nyckel|"
    "nyckel|api-sleutel|sleutel|api ključ|ključ|κλειδί|مفتاح|"
    "clé api|clé|clave de api|chiave api|chave de api|ключ|токен|密钥|令牌|apiキー|トークン|키|토큰"
)
PINS = (
    "verifizierungscode|bestätigungscode|sicherheitscode|einmalcode|einmalpasswort|einmalkennwort|anmeldecode|freischaltcode|"
    "prüfcode|sms-code|2fa-code|mtan|code de vérification|code de confirmation|code de validation|code de sécurité|"
    "code à usage unique|code sms|código de verificación|código de confirmación|código de seguridad|código de acceso|"
    "código de un solo uso|clave dinámica|código de verificação|código de confirmação|código de segurança|"
    "código de uso único|codice di verifica|codice di conferma|codice di sicurezza|codice monouso|codice otp|"
    "verificatiecode|bevestigingscode|beveiligingscode|eenmalige code|inlogcode|kod weryfikacyjny|kod jednorazowy|"
    "kod potwierdzający|ověřovací kód|overovací kód|jednorázový kód|verifieringskod|engångskod|säkerhetskod|"
    "bekreftelseskode|bekræftelseskode|verifiseringskode|engangskode|sikkerhetskode|sikkerhedskode|kontrolni kod|"
    "verifikacijski kod|kod za potvrdu|код за потвърждение|код за достъп|vahvistuskoodi|kertakäyttökoodi|"
    "güvenlik kodu|onay kodu|"
    "tek kullanımlık şifre|cod de verificare|cod de confirmare|cod de securitate|megerősítő kód|biztonsági kód|"
    "egyszeri kód|код подтверждения|код проверки|одноразовый код|одноразовый пароль|код доступа|код из смс|"
    "код підтвердження|одноразовий код|код доступу|κωδικός επαλήθευσης|κωδικός επιβεβαίωσης|κωδικός μιας χρήσης|"
    "קוד אימות|קוד האימות|קוד חד פעמי|رمز التحقق|رمز التأكيد|رمز الدخول|کد تایید|کد تأیید|رمز یکبار مصرف|"
    "सत्यापन कोड|校验码|校驗碼|动态码|動態碼|確認コード|認証コード|ワンタイムコード|確認番号|인증 번호|인증 코드|"
    "확인 코드|"
    "mã xác minh|mã xác nhận|mã xác thực|mã otp|kode verifikasi|kode otp|kode keamanan|kod pengesahan|รหัสยืนยัน|รหัส otp|"
    "your code|tu código|votre code|ihr code|dein code|il tuo codice|seu código|twój kod|ваш код|"
    "pin|pin code|pincode|pin-code|passcode|door code|gate code|access code|security code|verification code|login code|"
    "safe code|"
    "safe's code|"
    "otp|one-time code|one time code|2fa code|sms code|alarm code|unlock code|"
    "pin kódja|pin kód|pin kódom|belépési kódja|belépési kód|ellenőrző kód|kod pin|kod sms|kod pinu|doğrulama kodu|"
    "pin kodu|geheimzahl|türcode|code pin|código pin|codice pin|tan|пин|пин-код|pin-код|验证码|驗證碼|暗証番号|인증번호"
)
PAIRS = (
    "creds|credentials|cred|zugang|log in|login|logins|log on|sign in|sign-in|signin|logged in|account|"
    "zugangsdaten|anmelden|"
    "anmeldung|einloggen|identifiants|connexion|credenciales|credenciais|credenziali|inloggegevens|inloggen|accesso|acceso|"
    "dane logowania|dane do logowania|belépési adatok|giriş bilgileri|přihlašovací údaje|prihlasovacie údaje|"
    "podaci za prijavu|доступы|доступи|данные для входа|بيانات الدخول|στοιχεία σύνδεσης|ログイン情報|登录信息|"
    "로그인 정보|logowania|přihlášení|инлог|логин|учетные данные|доступ|帐号|账号|帳號|アカウント|계정"
)


def _words(text: str, telling: Telling) -> list[Word]:
    return [Word(word, telling) for word in text.split("|")]


WORDS: tuple[Word, ...] = tuple(
    {
        word.text: word
        for word in (
            *_words(PAIRS, Telling.PAIR),
            *_words(KEYS, Telling.KEY),
            *_words(PINS, Telling.PIN),
            *(word for language in LANGUAGES for word in _words(language.words, Telling.PASSWORD)),
        )
    }.values()
)
JOINTS = frozenset(joint for language in LANGUAGES for joint in language.joints.split("|"))
MOVES = frozenset(move for language in LANGUAGES for move in language.moves.split("|"))
