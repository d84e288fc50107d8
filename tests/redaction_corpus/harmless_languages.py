"""Prose about passwords, tokens and keys in other languages: how-to, policy, error message, everyday sense."""

LANGUAGES: dict[str, str] = {
    "prose_german": r"""
Passwort vergessen? Klicken Sie auf den Link, den wir Ihnen geschickt haben. Er gilt ⟦n:10-60⟧ Minuten.
~~~
Das Passwort ist falsch oder abgelaufen. Das Kennwort muss mindestens ⟦n:8-14⟧ Zeichen haben, davon eine Ziffer.
~~~
Der Schlüssel liegt unter der Matte, das Geheimnis ist die Geduld. Schlüsselwort: Vertrauen.
~~~
Das Zugangstoken ist eine Stunde gültig; der geheime Schlüssel ist im Tresor hinterlegt, nicht im Code.
""",
    "prose_french": r"""
Mot de passe oublié ? Saisissez votre identifiant, nous vous enverrons un lien valable ⟦n:10-60⟧ minutes.
~~~
Le mot de passe est incorrect. Le mot de passe doit contenir au moins ⟦n:8-14⟧ caractères, dont un chiffre.
~~~
La clé est sous le paillasson. Le secret est la patience ; le jeton est expiré depuis hier.
~~~
La clé API est demandée à chaque requête. Votre mot de passe : ne le donnez à personne.
""",
    "prose_spanish": r"""
¿Olvidó su contraseña? La contraseña es obligatoria y debe tener entre 8 y ⟦n:12-64⟧ caracteres.
~~~
La contraseña es incorrecta. La clave está en practicar cada día; el secreto es la paciencia.
~~~
El token es válido durante ⟦n:5-60⟧ minutos. La clave de API se guarda en la bóveda, nunca en el código.
""",
    "prose_portuguese": r"""
Esqueceu a senha? A senha é obrigatória e deve ter pelo menos ⟦n:8-14⟧ caracteres.
~~~
A senha é secreta, não a partilhe. A chave é praticar; o segredo é a paciência. A palavra-passe está errada.
~~~
O token é renovado a cada ⟦n:5-60⟧ minutos e a chave de API fica no cofre.
""",
    "prose_italian": r"""
Password dimenticata? La password è obbligatoria e deve avere almeno ⟦n:8-14⟧ caratteri.
~~~
La password è sbagliata. La chiave è sotto lo zerbino, il segreto è la pazienza.
~~~
Il token è scaduto ⟦n:5-60⟧ minuti fa; la chiave API è conservata nella cassaforte digitale.
""",
    "prose_dutch": r"""
Wachtwoord vergeten? Het wachtwoord is verplicht en moet minstens ⟦n:8-14⟧ tekens hebben.
~~~
Het wachtwoord is onjuist. De sleutel is geduld en het geheim is oefenen. Het token is verlopen.
~~~
De API-sleutel is ⟦n:10-90⟧ dagen geldig; het wachtwoord wordt nooit per mail verstuurd.
""",
    "prose_swedish_danish_norwegian": r"""
Glömt lösenordet? Lösenordet är fel. Det måste ha minst ⟦n:8-14⟧ tecken och en siffra.
~~~
Glemt adgangskoden? Adgangskoden er forkert. Nøglen er tålmodighed, hemmeligheden er øvelse.
~~~
Glemt passordet? Passordet er feil. Passordet må ha minst ⟦n:8-14⟧ tegn. Nøkkelen ligger under matten.
""",
    "prose_finnish_hungarian_turkish": r"""
Unohditko salasanan? Salasana on väärä. Salasanassa on oltava vähintään ⟦n:8-14⟧ merkkiä. Avain on kärsivällisyys.
~~~
Elfelejtette a jelszavát? A jelszó hibás. A jelszó legalább ⟦n:8-14⟧ karakter legyen. A kulcs a türelem.
~~~
Parolanızı mı unuttunuz? Parola yanlış. Şifre en az ⟦n:8-14⟧ karakter olmalıdır. Anahtar sabırdır.
""",
    "prose_polish_czech_romanian": r"""
Nie pamiętasz hasła? Hasło jest nieprawidłowe. Hasło musi mieć co najmniej ⟦n:8-14⟧ znaków. Klucz jest pod wycieraczką.
~~~
Zapomenuté heslo? Heslo je nesprávné. Heslo musí mít alespoň ⟦n:8-14⟧ znaků. Klíč je trpělivost.
~~~
Ați uitat parola? Parola este greșită. Parola trebuie să aibă cel puțin ⟦n:8-14⟧ caractere. Cheia este răbdarea.
""",
    "prose_russian_ukrainian": r"""
Забыли пароль? Пароль неверный. Пароль должен содержать не менее ⟦n:8-14⟧ символов, из них одну цифру.
~~~
Пароль: обязательное поле. Ключ под ковриком, секрет в терпении. Токен истёк ⟦n:2-50⟧ минут назад.
~~~
Забули пароль? Пароль неправильний. Пароль має містити щонайменше ⟦n:8-14⟧ символів. Ключ під килимком.
""",
    "prose_greek": r"""
Ξεχάσατε τον κωδικό; Ο κωδικός πρόσβασης είναι λάθος. Ο κωδικός πρέπει να έχει τουλάχιστον ⟦n:8-14⟧ χαρακτήρες.
~~~
Το κλειδί είναι η υπομονή και το μυστικό είναι η εξάσκηση. Το διακριτικό έληξε.
~~~
Ο κωδικός αλλάζει κάθε ⟦n:30-90⟧ ημέρες. Το κλειδί API φυλάσσεται στο θησαυροφυλάκιο, όχι στον κώδικα.
""",
    "prose_hebrew_arabic_persian": r"""
שכחת את הסיסמה? הסיסמה שגויה. הסיסמה חייבת להכיל לפחות ⟦n:8-14⟧ תווים. המפתח הוא סבלנות.
~~~
هل نسيت كلمة المرور؟ كلمة المرور غير صحيحة. يجب أن تحتوي كلمة المرور على ⟦n:8-14⟧ أحرف على الأقل. المفتاح هو الصبر.
~~~
رمز عبور خود را فراموش کرده‌اید؟ رمز عبور نادرست است. رمز باید دست‌کم ⟦n:8-14⟧ نویسه داشته باشد.
""",
    "prose_hindi_thai_vietnamese_indonesian": r"""
पासवर्ड भूल गए? पासवर्ड गलत है। पासवर्ड में कम से कम ⟦n:8-14⟧ अक्षर होने चाहिए। कुंजी धैर्य है।
~~~
ลืมรหัสผ่าน? รหัสผ่านไม่ถูกต้อง รหัสผ่านต้องมีอย่างน้อย ⟦n:8-14⟧ ตัวอักษร
~~~
Quên mật khẩu? Mật khẩu không đúng. Mật khẩu phải có ít nhất ⟦n:8-14⟧ ký tự. Chìa khóa là sự kiên nhẫn.
~~~
Lupa kata sandi? Kata sandi salah. Kata sandi harus memiliki minimal ⟦n:8-14⟧ karakter. Kuncinya adalah kesabaran.
""",
    "prose_chinese": r"""
忘记密码？密码错误，请重试。密码必须为 ⟦n:6-9⟧ 至 ⟦n:10-20⟧ 个字符，并包含至少一个数字。
~~~
密码：请输入密码。令牌已过期，密钥保存在保险库中，不要写进代码。
~~~
忘記密碼？密碼不正確。密碼至少需要 ⟦n:8-14⟧ 個字元。關鍵是耐心，祕密是練習。
""",
    "prose_japanese_korean": r"""
パスワードをお忘れですか？パスワードが違います。パスワードは⟦n:8-14⟧文字以上で入力してください。
~~~
パスワード：必須項目です。トークンの有効期限が切れました。鍵は忍耐です。
~~~
비밀번호를 잊으셨나요? 비밀번호가 올바르지 않습니다. 비밀번호는 ⟦n:8-14⟧자 이상이어야 합니다. 열쇠는 인내입니다.
""",
    "prose_more_languages": r"""
Забравена парола? Паролата е грешна. Паролата трябва да има поне ⟦n:8-14⟧ знака.
~~~
Zaboravljena lozinka? Lozinka nije ispravna. Lozinka mora imati najmanje ⟦n:8-14⟧ znakova.
~~~
Pamiršote slaptažodį? Slaptažodis neteisingas. Slaptažodis turi būti bent ⟦n:8-14⟧ simbolių.
~~~
Gleymt lykilorð? Lykilorðið er rangt. Lykillinn er þolinmæði.
~~~
Umesahau nenosiri? Nenosiri si sahihi. Nenosiri lazima liwe na herufi ⟦n:8-14⟧ au zaidi.
~~~
Heu esborrat la contrasenya? La contrasenya és incorrecta. La clau és la paciència.
""",
}
