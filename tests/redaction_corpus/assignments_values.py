"""What `assignments` and `told` draw from: passwords people choose, values machines make, names of secret keys."""

import random
from collections.abc import Callable

from .case import ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER, UPPER, draw, uuid


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = _words(
    "giraffe copper lantern walrus meadow pickle thunder velvet marble tiger orchid harbor biscuit falcon pebble "
    "cactus rocket saddle mango winter turtle bramble zeppelin kettle maple otter anchor violin magnet pepper glacier "
    "badger saffron tunnel comet hazel juniper lobster nutmeg oyster parrot quartz raven sparrow tulip umbrella "
    "walnut yogurt horse battery staple correct coffee dragon monkey hunter summer chelsea phoenix guitar panther "
    "muffin ginger"
)
# Words that lists of leaked passwords are full of; none of them is what documentation writes for a missing value.
COMMON = _words(
    "sunshine letmein dragon monkey princess football iloveyou starwars superman shadow baseball butterfly chocolate "
    "mustang jordan michelle cheese pokemon liverpool charlie jessica bailey batman arsenal snoopy cookie pumpkin"
)
SEASONS = ("Winter", "Summer", "Spring", "Autumn", "Herbst", "Sommer", "March", "October", "Januar", "Verano", "Lente")
FIRST = ("anna", "lukas", "marco", "sofie", "pavel", "ines", "tomek", "yuki", "noor", "elif", "milan", "greta", "bruno")
KEYBOARD = ("qwerty", "1q2w3e4r", "zaq12wsx", "asdfgh", "qazwsx", "1qaz2wsx", "qwertz", "azerty", "poiuyt", "zxcvbn")
UNICODE = _words("Grüße größer Ñandú мойкот Зима šťastný żółw çilek naïve Smörgås 夏休み καφές")
SIGNS = "!?@#$%&*+-_.=~^"
SHORTEST = 6
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}


def _season(rng: random.Random) -> str:
    return f"{rng.choice(SEASONS)}{rng.choice((rng.randint(2009, 2026), rng.randint(10, 99)))}{rng.choice('!?#.*$@&')}"


def _word_digits(rng: random.Random) -> str:
    word = rng.choice(WORDS)
    number = rng.choice((rng.randint(2, 99), rng.randint(100, 9999)))
    return f"{rng.choice((word, word.title(), word.upper()))}{number}"


def _dashed(rng: random.Random) -> str:
    mark = rng.choice("---_.+")
    words = rng.sample(WORDS, rng.randint(2, 4))
    return mark.join(words) + rng.choice(("", "", str(rng.randint(1, 99)), "!"))


def leet(rng: random.Random, word: str) -> str:
    """Return the word with letters turned to digits that look like them, at least one digit in it."""
    turned = "".join(LEET.get(letter, letter) if rng.random() < 0.7 else letter for letter in word)
    return turned if any(letter in DIGITS for letter in turned) else turned + rng.choice(DIGITS)


def _leet(rng: random.Random) -> str:
    word = leet(rng, rng.choice(WORDS))
    tail = rng.choice(("", "", f"&{rng.randint(1, 9)}", "!", f"_{rng.randint(10, 99)}"))
    return rng.choice((word, word.capitalize())) + tail


def _split_by_signs(rng: random.Random) -> str:
    left, right = rng.sample(WORDS, 2)
    return f"{left[:3]}{rng.choice('@$!')}{left[3:]}{rng.choice(':/|;,=')}{right}{rng.choice(DIGITS)}"


def _name(rng: random.Random) -> str:
    name = rng.choice(FIRST)
    return rng.choice((name, name.title())) + rng.choice(("", "_", ".", "@")) + str(rng.randint(1961, 2012))


def _keyboard(rng: random.Random) -> str:
    return rng.choice(KEYBOARD) + rng.choice(("!", "!23", "#", "99", "@1", "X7", "_1"))


def _symbols(rng: random.Random) -> str:
    mixed = draw(rng, ALNUM + SIGNS + "()[]{}<>;:,/|", rng.randint(4, 12))
    return mixed + draw(rng, LOWER, 2) + rng.choice(SIGNS) + draw(rng, DIGITS, 2)


def _generated(rng: random.Random) -> str:
    return rng.choice(UPPER) + draw(rng, ALNUM, rng.randint(8, 22)) + rng.choice(DIGITS) + rng.choice(LOWER)


def _grouped(rng: random.Random) -> str:
    return "-".join(draw(rng, ALNUM, 6) for _ in range(3)) + rng.choice(DIGITS)


def _short(rng: random.Random) -> str:
    return draw(rng, LOWER, 3) + draw(rng, DIGITS, 2) + rng.choice(ALNUM)


def _unicode(rng: random.Random) -> str:
    return rng.choice(UNICODE) + str(rng.randint(2, 2030)) + rng.choice(("", "!", "#", "?"))


def _spaced(rng: random.Random) -> str:
    return " ".join(rng.sample(WORDS, rng.randint(3, 4))) + rng.choice(("", " 7", "!"))


def _quotes(rng: random.Random) -> str:
    left, right = rng.sample(WORDS, 2)
    return left + rng.choice("\"'`\\") + right[:4] + rng.choice(SIGNS) + str(rng.randint(1, 99))


def _common(rng: random.Random) -> str:
    return rng.choice((rng.choice(COMMON), "".join(rng.sample(WORDS, 2))))


def _weighted(makers: tuple[tuple[int, Callable[[random.Random], str]], ...], rng: random.Random) -> str:
    while True:
        value = rng.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0](rng)
        if len(value) >= SHORTEST:
            return value


HUMAN = ((12, _season), (12, _word_digits), (8, _dashed), (9, _leet), (7, _split_by_signs), (6, _name), (5, _keyboard))
MACHINE = ((8, _symbols), (8, _generated), (2, _grouped), (3, _short))
TOLD = (*HUMAN[:4], *HUMAN[5:], (4, _symbols), (5, _generated), (2, _short))
# Those `BARE` lacks are for literals in quotes, where no sign can end the value too early.
IN_QUOTES = (*HUMAN, *MACHINE, (4, _unicode), (4, _spaced), (5, _quotes), (8, _common))
BARE = (*HUMAN, *MACHINE, (3, _unicode))


def quoted_password(rng: random.Random) -> str:
    """Return a password for a place in quotes: any sign, spaces and plain words are possible."""
    return _weighted(IN_QUOTES, rng)


def bare_password(rng: random.Random) -> str:
    """Return a password for a place without quotes: no spaces, and never letters alone but for joined words."""
    return _weighted(BARE, rng)


def told_password(rng: random.Random) -> str:
    """Return a password as people tell it in a sentence: letters with digits or signs, at the end no full stop."""
    while True:
        value = _weighted(TOLD, rng)
        if any(not sign.isalpha() for sign in value) and value[-1] not in ".,:;?)]}>":
            return value


def unusual(rng: random.Random) -> str:
    """Return two joined words or a passphrase of two to four words, told in quotes."""
    return rng.choice(("".join(rng.sample(WORDS, 2)), " ".join(rng.sample(WORDS, rng.randint(2, 4)))))


def machine_token(rng: random.Random) -> str:
    """Return a value as services and `openssl rand` make them: hex, base64, a UUID, letters; 20 to 200 long."""
    pick = rng.random()
    if pick < 0.25:
        return draw(rng, HEX, rng.choice((32, 40, 48, 64, 128)))
    if pick < 0.40:
        length = rng.choice((32, 44, 64, 88))
        return draw(rng, BASE64, length - 1) + rng.choice(("=", rng.choice(ALNUM)))
    if pick < 0.50:
        return uuid(rng)
    if pick < 0.65:
        return draw(rng, BASE64URL, rng.choice((22, 32, 43, 86))) + rng.choice(ALNUM)
    if pick < 0.85:
        return draw(rng, ALNUM, rng.choice((16, 20, 24, 32, 40)))
    if pick < 0.90:
        return draw(rng, UPPER + DIGITS, rng.choice((20, 26, 32)))
    if pick < 0.95:
        start = rng.choice(("acme", "shop", "tok", "key", "svc")) + rng.choice("-_")
        return start + draw(rng, ALNUM, rng.randint(16, 30))
    return draw(rng, rng.choice((BASE64URL, HEX, ALNUM)), rng.randint(150, 200))


PASSWORD_KEYS = _words(
    "password passwd pwd pass passphrase db_pass db_password smtp_password ftp_pass admin_pw root_password "
    "user_password mysql_root_password postgres_password redis_password ldap_bind_password keystore_password "
    "truststore_password ssl_key_passphrase sudo_pass wifi_password login_password default_password proxy_password "
    "mail_pass sa_password rabbitmq_default_pass admin_password sftp_password ansible_become_pass email_host_password "
    "jdbc_password dbpassword dbpasswd userpass db_pwd backup_passphrase key_password spring_datasource_password"
)
TOKEN_KEYS = _words(
    "secret client_secret api_key apikey x_api_key access_key secret_key secret_key_base private_key token auth_token "
    "access_token refresh_token id_token bearer bearer_token session_secret jwt_secret encryption_key signing_key "
    "master_key webhook_secret credentials auth api_token api_secret app_secret app_key consumer_secret shared_secret "
    "cookie_secret deploy_token bot_token account_key subscription_key hmac_secret secret_access_key rails_master_key "
    "access_key_secret personal_access_token registry_token sentry_auth_token auth_key oauth_token service_token "
    "authtoken accesstoken secretkey clientsecret payment_api_key"
)
PREFIXES = (
    "acme",
    "shop",
    "staging",
    "prod",
    "my",
    "payments",
    "legacy",
    "internal",
    "crm",
    "billing",
    "backup",
    "app",
)
SUFFIXES = ("prod", "dev", "2", "old", "v2", "new", "staging", "eu", "primary")


def key_name(rng: random.Random, style: str, is_password: bool) -> str:
    """Return the name of a secret key in the style, sometimes with words before and after it."""
    words = rng.choice(PASSWORD_KEYS if is_password else TOKEN_KEYS).split("_")
    if rng.random() < 0.3:
        words.insert(0, rng.choice(PREFIXES))
    if rng.random() < 0.15:
        words.append(rng.choice(SUFFIXES))
    return _joined(words, style)


def _joined(words: list[str], style: str) -> str:
    titled = [word.title() for word in words]
    match style:
        case "camel":
            return words[0] + "".join(titled[1:])
        case "pascal":
            return "".join(titled)
        case "screaming":
            return "_".join(words).upper()
        case "header":
            return "-".join(titled)
        case "spaced":
            return " ".join((titled[0], *words[1:]))
        case _:
            return {"snake": "_", "kebab": "-", "dotted": "."}[style].join(words)
