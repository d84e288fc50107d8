"""Tables of `told`: passwords told in other languages than English; the marks are those of `told_english`."""

LANGUAGES = {
    "german": """
Mein Passwort ist §P, warum komme ich nicht rein?
Das neue Passwort lautet §P.
Passwort für den Testserver: §P
Das WLAN-Passwort ist jetzt §P
Ich habe das Kennwort von §P auf §Q geändert.
Melde dich mit §u und dem Passwort §P an.
Hallo zusammen,⏎⏎das Kennwort für das Postfach wurde zurückgesetzt: §P⏎⏎Viele Grüße
Kennwort lautet "§w"
PW: §p
""",
    "spanish": """
Mi contraseña es §P y no puedo entrar.
La contraseña nueva es §P.
Contraseña del servidor: §P
Cambié la clave de §P a §Q ayer.
Entra con el usuario §u y la contraseña §P, por favor.
la clave del wifi es §P
¿Cuál es la contraseña? Es §P.
La contraseña es "§w"
""",
    "french": """
Mon mot de passe est §P, est-ce assez sûr ?
Le nouveau mot de passe est §P.
Mot de passe : §P
J'ai changé le mot de passe de §P en §Q.
Connecte-toi avec §u et le mot de passe §P.
le mdp du wifi c'est §P
mdp : §p
Bonjour,⏎⏎Votre mot de passe provisoire est §P.⏎⏎Cordialement
Le mot de passe est « §w »
""",
    "italian": """
La mia password è §P, perché non funziona?
La nuova password è §P.
Password del wifi: §P
Ho cambiato la password da §P a §Q.
Accedi con utente §u e password §P
la parola d'ordine è §P
La password è "§w"
""",
    "portuguese": """
Minha senha é §P e não consigo entrar.
A nova senha é §P.
Senha do servidor: §P
Mudei a senha de §P para §Q ontem.
Entre com o usuário §u e a senha §P
a palavra-passe do wifi é §P
A minha palavra-passe é "§w"
""",
    "dutch": """
Mijn wachtwoord is §P, waarom lukt het inloggen niet?
Het nieuwe wachtwoord is §P.
Wachtwoord van de testserver: §P
Ik heb het wachtwoord veranderd van §P naar §Q.
Log in met §u en wachtwoord §P.
het wifi-wachtwoord is §P
Het wachtwoord is "§w"
""",
    "polish": """
Moje hasło to §P, czy jest dość silne?
Nowe hasło to §P.
Hasło do serwera: §P
Zmieniłem hasło z §P na §Q.
Zaloguj się jako §u, hasło §P.
hasło do wifi to §P
Hasło brzmi „§w”
""",
    "czech": """
Moje heslo je §P, proč to nejde?
Nové heslo je §P.
Heslo k serveru: §P
Změnil jsem heslo z §P na §Q.
Přihlas se jako §u s heslem §P.
heslo na wifi je §P
Heslo je „§w“
""",
    "swedish": """
Mitt lösenord är §P, varför funkar det inte?
Det nya lösenordet är §P.
Lösenord till servern: §P
Jag bytte lösenord från §P till §Q.
Logga in med §u och lösenordet §P.
Lösenordet är "§w"
""",
    "danish": """
Min adgangskode er §P, hvorfor virker den ikke?
Den nye adgangskode er §P.
Adgangskode til serveren: §P
Kodeordet til wifi er §P
Jeg har skiftet adgangskoden fra §P til §Q.
Log ind som §u med kodeordet §P.
Adgangskoden er "§w"
""",
    "norwegian": """
Passordet mitt er §P, hvorfor virker det ikke?
Det nye passordet er §P.
Passord til serveren: §P
Jeg byttet passord fra §P til §Q.
Logg inn med §u og passord §P.
Passordet er "§w"
""",
    "finnish": """
Salasanani on §P, miksi kirjautuminen ei onnistu?
Uusi salasana on §P.
Palvelimen salasana: §P
Vaihdoin salasanan §P, uusi on §Q.
Kirjaudu tunnuksella §u ja salasanalla §P
Salasana on "§w"
""",
    "turkish": """
Şifrem §P, neden giremiyorum?
Yeni şifre §P oldu.
Sunucu şifresi: §P
Parola: §p
Kullanıcı adı §u, şifre §P
Şifreyi §P olarak değiştirdim.
Wifi şifresi "§w"
""",
    "romanian": """
Parola mea este §P, de ce nu merge?
Noua parolă este §P.
Parola serverului: §P
Am schimbat parola din §P în §Q.
Intră cu utilizatorul §u și parola §P.
parola de la wifi e §P
Parola este „§w”
""",
    "hungarian": """
A jelszavam §P, miért nem enged be?
Az új jelszó §P.
A szerver jelszava: §P
Jelszó: §p
Lépj be §u néven, a jelszó §P.
Megváltoztattam a jelszót erre: §P
A jelszó „§w”
""",
    "russian": """
Мой пароль §P, почему не пускает?
Новый пароль: §P
Пароль от сервера — §P.
Я сменил пароль с §P на §Q.
Заходи под §u с паролем §P.
пароль от вайфая §P
Пароль такой: «§w»
""",
    "ukrainian": """
Мій пароль §P, чому не пускає?
Новий пароль: §P
Пароль від сервера — §P.
Я змінив пароль з §P на §Q.
Заходь під §u з паролем §P.
Пароль такий: «§w»
""",
    "greek": """
Ο κωδικός μου είναι §P, γιατί δεν μπαίνω;
Ο νέος κωδικός είναι §P.
Κωδικός πρόσβασης: §P
Άλλαξα τον κωδικό από §P σε §Q.
Συνδέσου με χρήστη §u και κωδικό §P.
Ο κωδικός είναι «§w»
""",
    "hebrew": """
הסיסמה שלי היא §P, למה אני לא מצליח להתחבר?
הסיסמה החדשה היא §P.
סיסמה: §p
שיניתי את הסיסמה מ-§P ל-§Q.
התחבר עם המשתמש §u והסיסמה §P
סיסמת הוויי-פיי היא §P
הסיסמה היא "§w"
""",
    "arabic": """
كلمة المرور الخاصة بي هي §P، لماذا لا أستطيع الدخول؟
كلمة المرور الجديدة هي §P.
كلمة السر: §p
غيرت كلمة المرور من §P إلى §Q.
سجل الدخول باسم §u وكلمة المرور §P
كلمة سر الواي فاي §P
كلمة المرور هي "§w"
""",
    "hindi": """
मेरा पासवर्ड §P है, लॉगिन क्यों नहीं हो रहा?
नया पासवर्ड §P है।
पासवर्ड: §p
मैंने पासवर्ड §P से बदलकर §Q कर दिया।
यूज़र §u और पासवर्ड §P से लॉगिन करो
वाईफाई का पासवर्ड §P है
पासवर्ड "§w" है
""",
    "chinese": """
我的密码是§P，为什么登录不了？
新密码是 §P 。
密码：§p
我把密码从§P改成了§Q。
用户名是§u，密码是§P
请用账号 §u 和密码 §P 登录
wifi密码§P
初始密码为§P，请尽快修改
密码是“§w”
""",
    "chinese_traditional": """
我的密碼是§P，為什麼登入不了？
新密碼是 §P 。
密碼：§p
我把密碼從§P改成§Q了。
帳號是§u，密碼是§P
預設密碼為§P，請儘快更改
密碼是「§w」
""",
    "japanese": """
パスワードは§Pです。なぜログインできないのでしょうか？
新しいパスワードは §P です。
パスワード：§p
パスワードを§Pから§Qに変更しました。
ユーザー名は§u、パスワードは§Pです
Wi-Fiのパスは§Pだよ
初期パスワードを§Pに設定しました
パスワードは「§w」です
""",
    "korean": """
제 비밀번호는 §P입니다. 왜 로그인이 안 되나요?
새 비밀번호는 §P 입니다.
비밀번호: §p
비밀번호를 §P에서 §Q로 바꿨어요.
아이디 §u, 비밀번호 §P
와이파이 비번은 §P야
비밀번호는 "§w"입니다
""",
    "vietnamese": """
Mật khẩu của tôi là §P, sao không đăng nhập được?
Mật khẩu mới là §P.
Mật khẩu: §p
Tôi đã đổi mật khẩu từ §P thành §Q.
Đăng nhập bằng tài khoản §u và mật khẩu §P
mật khẩu wifi là §P
Mật khẩu là "§w"
""",
    "indonesian": """
Kata sandi saya §P, kenapa tidak bisa masuk?
Kata sandi yang baru adalah §P.
Kata sandi: §p
Saya mengganti kata sandi dari §P menjadi §Q.
Masuk dengan pengguna §u dan kata sandi §P
password wifi-nya §P
Kata sandinya adalah "§w"
""",
    "thai": """
รหัสผ่านของฉันคือ §P ทำไมเข้าไม่ได้
รหัสผ่านใหม่คือ §P ค่ะ
รหัสผ่าน: §p
ฉันเปลี่ยนรหัสผ่านจาก §P เป็น §Q แล้ว
เข้าสู่ระบบด้วยชื่อ §u รหัสผ่าน §P
รหัสไวไฟคือ §P ครับ
รหัสผ่านคือ "§w"
""",
}

# Something said before and after, in the same language.
AROUND = {
    "german": ("Hallo, ich brauche kurz Hilfe.", "Danke schon mal!"),
    "spanish": ("Hola, necesito ayuda.", "¡Gracias!"),
    "french": ("Bonjour, j'ai un souci.", "Merci d'avance."),
    "italian": ("Ciao, mi serve una mano.", "Grazie mille!"),
    "portuguese": ("Oi, preciso de ajuda.", "Obrigado!"),
    "dutch": ("Hoi, ik heb een vraagje.", "Alvast bedankt!"),
    "polish": ("Cześć, potrzebuję pomocy.", "Dzięki!"),
    "czech": ("Ahoj, potřebuju poradit.", "Díky moc!"),
    "swedish": ("Hej, jag behöver hjälp.", "Tack på förhand!"),
    "danish": ("Hej, jeg har brug for hjælp.", "På forhånd tak!"),
    "norwegian": ("Hei, kan du hjelpe?", "Takk!"),
    "finnish": ("Hei, tarvitsen apua.", "Kiitos!"),
    "turkish": ("Merhaba, yardım lazım.", "Teşekkürler!"),
    "romanian": ("Salut, am nevoie de ajutor.", "Mulțumesc!"),
    "hungarian": ("Szia, segítség kellene.", "Köszönöm!"),
    "russian": ("Привет, нужна помощь.", "Спасибо!"),
    "ukrainian": ("Привіт, потрібна допомога.", "Дякую!"),
    "greek": ("Γεια, χρειάζομαι βοήθεια.", "Ευχαριστώ!"),
    "hebrew": ("שלום, אני צריך עזרה.", "תודה!"),
    "arabic": ("مرحبا، أحتاج مساعدة.", "شكرا!"),
    "hindi": ("नमस्ते, मदद चाहिए।", "धन्यवाद!"),
    "chinese": ("你好，请帮我看一下。", "谢谢！"),
    "chinese_traditional": ("你好，請幫我看一下。", "謝謝！"),
    "japanese": ("すみません、教えてください。", "よろしくお願いします。"),
    "korean": ("안녕하세요, 도움이 필요해요.", "감사합니다!"),
    "vietnamese": ("Chào bạn, mình cần giúp.", "Cảm ơn nhé!"),
    "indonesian": ("Halo, saya butuh bantuan.", "Terima kasih!"),
    "thai": ("สวัสดีค่ะ ช่วยหน่อยนะคะ", "ขอบคุณค่ะ"),
}
