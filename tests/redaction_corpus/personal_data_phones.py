"""Telephone numbers by country, in the ways in which people write them there."""

import random
import re
from typing import NamedTuple

from tests.redaction_corpus.case import DIGITS, draw


class Plan(NamedTuple):
    """How a country's numbers look.

    `trunk` is dialled before the area inside the country (with a space behind it when it stands alone). `styles` are
    the national ways of writing, see `styled`. In `shapes`, `#` is any digit, `N` one of 2-9, `{a|b}` one of those; a
    shape that begins with `!` takes no trunk, with `+` is written internationally only.
    """

    country: str
    code: str
    trunk: str
    language: str
    styles: str
    shapes: tuple[str, ...]


US_AREAS = "{212|206|303|312|415|512|617|646|702|813|919}"
CA_AREAS = "{403|416|514|604|613|647|902}"
PLANS = (
    Plan("us", "1", "", "en", "PPdtsn1",
        (f"{US_AREAS} N{{0|2|4|5|7}}# ####",) * 3 + ("{800|833|855|866|877|888} N4# ####",)),
    Plan("ca", "1", "", "en", "PPdtsn1", (f"{CA_AREAS} N{{0|2|4|5|7}}# ####",)),
    Plan("gb", "44", "0", "en", "ssndp", ("20 {3|7|8}### ####", "161 {4|7|8}## ####", "{1223|1273|1865|1904} 4#####",
        "7{4|5|7|8}## ######", "7{4|5|7|8}## ### ###")),
    Plan("de", "49", "0", "de", "slLhpn", ("30 {2|4|8}#######", "89 {2|3|5}### ####", "{160|170|171|175} {2|4|6}######",
        "{157|176|179} ### ## ###", "{221|711|511} {2|4|6|9}######")),
    Plan("fr", "33", "0", "fr", "sstndw", ("1 4# ## ## ##", "6 {1|2|3|5|6|7|8}# ## ## ##", "7 {6|7|8}# ## ## ##",
        "4 {7|9}# ## ## ##")),
    Plan("es", "34", "", "es", "sndt", ("6{1|2|3|5|6}# ### ###", "6{0|2|4|7}# ## ## ##", "91 {3|5}## ## ##",
        "93 {2|4}## ## ##")),
    Plan("it", "39", "", "it", "snhdt", ("{328|333|338|347|349|389} ### ####", "02 {4|6|8}### ####",
        "06 {3|4|8}### ####", "055 2## ####")),
    Plan("nl", "31", "0", "nl", "shhnH", ("6 {1|2|3|4|5}### ####", "20 {4|6|7}## ####", "10 {2|4}## ## ##",
        "6 {1|2|4|5}# ## ## ##")),
    Plan("be", "32", "0", "fr", "slTtn", ("4{70|77|86|95} ## ## ##", "2 {2|5|7}## ## ##", "3 2## ## ##")),
    Plan("ch", "41", "0", "de", "sldnt", ("{76|78|79} ### ## ##", "44 {2|3|6|8}## ## ##", "22 {3|7}## ## ##",
        "31 3## ## ##")),
    Plan("at", "43", "0", "de", "slLn", ("{660|664|676|699} {1|2|3|4}######", "{664|676} {1|2|3|4}## ## ##",
        "1 {5|8}## ## ##", "662 {6|8}## ###")),
    Plan("pl", "48", "", "pl", "sdn", ("{501|512|601|664|691|785} ### ###", "22 {5|6|8}## ## ##", "12 4## ## ##")),
    Plan("cz", "420", "", "cs", "ssn", ("{602|605|723|737|777} ### ###", "{222|224|234} ### ###")),
    Plan("se", "46", "0", "sv", "hHnsH", ("70 ### ## ##", "{72|73|76} ### ## ##", "8 {5|6}## ### ##", "31 7## ## ##")),
    Plan("dk", "45", "", "da", "ssn", ("{20|22|26|31|40|51|61} ## ## ##", "{33|35|70|86} ## ## ##",
        "{20|31|40}## ####")),
    Plan("no", "47", "", "no", "ssn", ("4{0|1|5|7}# ## ###", "9{0|1|5|7}# ## ###", "22 ## ## ##")),
    Plan("fi", "358", "0", "fi", "shnd", ("40 ### ####", "50 ### ####", "45 ### ####", "9 {4|6}## ####")),
    Plan("ie", "353", "0", "en", "shnp", ("{83|85|86|87} ### ####", "1 {4|6|8}## ####", "21 4## ####")),
    Plan("pt", "351", "", "pt", "snd", ("9{1|2|3|6}# ### ###", "{213|217|218|222|226} ### ###")),
    Plan("gr", "30", "", "el", "sndh", ("{694|697|698}# ######", "210 {3|6|7|8}## ####", "2310 {2|5}## ###")),
    Plan("tr", "90", "0", "tr", "spnP", ("{532|542|555|505} ### ## ##", "{212|216|312} {2|3|4}## ## ##")),
    Plan("ru", "7", "8 ", "ru", "PPsdn", ("{903|916|921|926|985} ### ## ##", "495 {6|7|9}## ## ##",
        "812 {3|5}## ## ##")),
    Plan("ua", "380", "0", "uk", "sPpnd", ("{50|63|66|67|93|97} ### ## ##", "44 {2|3|5}## ## ##")),
    Plan("il", "972", "0", "he", "hdnsH", ("{50|52|54|58} {3|4|6|7}## ####", "{2|3|4|9} {6|7}## ####")),
    Plan("ae", "971", "0", "ar", "sndh", ("{50|52|54|55|56|58} ### ####", "4 {2|3|4}## ####", "2 6## ####")),
    Plan("sa", "966", "0", "ar", "sndh", ("{50|53|54|55|56} ### ####", "11 {2|4}## ####")),
    Plan("in", "91", "0", "en", "sndh", ("!{70|81|90|98|99}### #####", "!{70|81|90|98|99}### #####",
        "{70|81|90|98|99}### #####", "22 {2|6}### ####", "80 {2|4}### ####")),
    Plan("cn", "86", "0", "zh", "sndd", ("!1{38|39|50|86|89} #### ####", "10 {6|8}### ####", "21 {5|6}### ####",
        "755 {2|8}### ####")),
    Plan("jp", "81", "0", "ja", "ddnpP", ("{70|80|90} {2|3|4|6|8}### ####", "3 {3|5}### ####", "6 6### ####",
        "45 {2|3|6}## ####")),
    Plan("kr", "82", "0", "ko", "ddnst", ("10 {2|3|4|7|8|9}### ####", "2 {5|7}## ####", "2 {3|6}### ####",
        "31 {2|7}## ####")),
    Plan("sg", "65", "", "en", "ssnd", ("{81|85|91|96}## ####", "6{2|3|7}## ####")),
    Plan("au", "61", "0", "en", "sspn", ("4{0|1|2|3}# ### ###", "2 {8|9}### ####", "3 {8|9}### ####")),
    Plan("nz", "64", "0", "en", "sspnd", ("21 {1|2|4}## ####", "27 {2|4|5}## ####", "9 {3|5|6}## ####",
        "21 {3|5|7}## ###")),
    Plan("br", "55", "", "pt", "PPqn", ("11 9{6|7|8|9}### ####", "{21|31|41|51|85} 9{8|9}### ####",
        "{11|21} {2|3}### ####")),
    Plan("mx", "52", "", "es", "sdpn", ("55 {1|5|8}### ####", "{33|81} {1|3|8}### ####",
        "{442|664|998} {1|2|3}## ####")),
    Plan("ar", "54", "0", "es", "qhpPn", ("11 {4|5|6}### ####", "351 4## ####", "+9 11 {3|5|6}### ####",
        "+9 351 {2|5}## ####")),
    Plan("za", "27", "0", "en", "sspn", ("{72|82|83|84} ### ####", "11 {4|7|8}## ####", "21 4## ####")),
    Plan("ng", "234", "0", "en", "snd", ("{803|806|813|816|903} ### ####", "{703|706|802|805} ### ####")),
    Plan("ke", "254", "0", "en", "snd", ("{710|720|722|733} ### ###", "{710|720|722|733} ######", "20 {2|3}## ####")),
    Plan("hu", "36", "06 ", "hu", "sldn", ("{20|30|70} {2|3|5|9}## ####", "1 {2|3|4}## ####")),
    Plan("ro", "40", "0", "ro", "sntd", ("7{22|44|66} ### ###", "21 {2|3}## ####")),
    Plan("sk", "421", "0", "sk", "slnd", ("{905|915|948} ### ###", "2 {5|6}### ####")),
    Plan("hk", "852", "", "en", "ssnd", ("{51|61|91|96}## ####", "2{5|8}## ####")),
    Plan("tw", "886", "0", "zh", "dnpP", ("9{12|28|35|63} ### ###", "2 2{3|5|7}## ####")),
    Plan("my", "60", "0", "en", "hdsn", ("12 {2|3|4|6}## ####", "3 2{1|2|6}## ####")),
    Plan("ph", "63", "0", "en", "sdn", ("9{17|18|27} ### ####", "2 8{2|5|8}## ####")),
    Plan("th", "66", "0", "th", "dsn", ("8{1|6|9} ### ####", "2 {2|6}## ####")),
    Plan("id", "62", "0", "id", "dsn", ("8{12|13|21|57} #### ####", "21 {5|7}### ####")),
    Plan("vn", "84", "0", "vi", "stn", ("9{03|12|83} ### ###", "28 3{8|9}## ####")),
    Plan("eg", "20", "0", "ar", "sn", ("1{00|11|22} {2|4|6}## ####", "2 2{5|7}## ####")),
    Plan("co", "57", "", "es", "sdn", ("3{00|10|15|20} {2|4|6}## ####",)),
    Plan("cl", "56", "", "es", "sn", ("9 {5|6|7|8|9}### ####",)),
)  # fmt: skip
# What people write before a number, and sentences with one, by language.
WORDS = {
    "en": ("Phone", "Tel", "Tel.", "Mobile", "Cell", "Call", "Telephone", "Phone number", "Mob.", "Contact number",
        "WhatsApp"),
    "de": ("Telefon", "Tel.", "Mobil", "Handy", "Telefonnummer", "Rufnummer", "Fon", "Durchwahl"),
    "fr": ("Téléphone", "Tél.", "Tél", "Portable", "Mobile", "Numéro de téléphone"),
    "es": ("Teléfono", "Tel.", "Móvil", "Celular", "Tfno.", "Llamar al"),
    "it": ("Telefono", "Tel.", "Cell.", "Cellulare", "Numero di telefono"),
    "nl": ("Telefoon", "Tel.", "Mobiel", "Telefoonnummer", "Bel"),
    "pl": ("Telefon", "tel.", "kom.", "Telefon komórkowy", "Numer telefonu"),
    "cs": ("Telefon", "tel.", "Mobil", "Telefonní číslo"),
    "sk": ("Telefón", "tel.", "Mobil", "Telefónne číslo"),
    "sv": ("Telefon", "Tel", "Mobil", "Mobilnummer", "Telefonnummer"),
    "da": ("Telefon", "Tlf.", "Mobil", "Telefonnummer"),
    "no": ("Telefon", "Tlf.", "Mobil", "Telefonnummer"),
    "fi": ("Puhelin", "Puh.", "Matkapuhelin", "Puhelinnumero", "GSM"),
    "pt": ("Telefone", "Tel.", "Telemóvel", "Celular", "Fone"),
    "el": ("Τηλέφωνο", "Τηλ.", "Κινητό"),
    "tr": ("Telefon", "Tel", "Cep", "Cep telefonu", "GSM"),
    "ru": ("Телефон", "Тел.", "тел", "Мобильный", "Моб."),
    "uk": ("Телефон", "Тел.", "Мобільний", "Номер телефону"),
    "he": ("טלפון", "נייד", "טל'"),
    "ar": ("هاتف", "الهاتف", "جوال", "رقم الهاتف", "Tel", "Mobile"),
    "zh": ("电话", "手机", "手机号", "联系电话", "Tel"),
    "ja": ("電話", "電話番号", "携帯", "TEL", "Tel"),
    "ko": ("전화", "전화번호", "휴대폰", "연락처", "Tel"),
    "hu": ("Telefon", "Tel.", "Mobil", "Telefonszám"),
    "ro": ("Telefon", "Tel.", "Mobil", "Număr de telefon"),
    "th": ("โทร", "โทรศัพท์", "มือถือ", "Tel"),
    "id": ("Telepon", "Telp.", "No. HP", "WhatsApp"),
    "vi": ("Điện thoại", "SĐT", "Di động", "ĐT"),
}  # fmt: skip
SENTENCES = {
    "en": ("Please call me on {v} after six.", "My phone number is {v}, the old one is dead.",
        "You can call {v} (ask for Mara).", "text my mobile {v} when the parcel is at the door"),
    "de": ("Bitte rufen Sie mich an: {v}.", "Meine Handynummer lautet {v}, am besten abends.",
        "Telefonisch erreichen Sie uns unter {v}."),
    "fr": ("Appelez-moi au {v} demain matin.", "Mon numéro de portable est le {v}.",
        "Vous pouvez me joindre par téléphone au {v}, merci."),
    "es": ("Llámame al {v} cuando puedas.", "Mi teléfono es {v}, gracias.", "Mi número de móvil es el {v}."),
    "it": ("Chiamami al {v} dopo le 18.", "Il mio cellulare è {v}, grazie.", "Il numero di telefono è {v}."),
    "nl": ("Bel me even op {v}.", "Mijn mobiele nummer is {v}, bedankt.", "Telefonisch bereikbaar op {v}."),
    "pl": ("Proszę zadzwonić pod numer telefonu {v}.", "Mój telefon: {v}, najlepiej po 17."),
    "cs": ("Zavolejte mi prosím na telefon {v}.", "Můj mobil je {v}, děkuji."),
    "sk": ("Zavolajte mi na telefón {v}.", "Môj mobil je {v}, ďakujem."),
    "sv": ("Ring mig på {v} i eftermiddag.", "Mitt mobilnummer är {v}."),
    "da": ("Ring til mig på {v} i morgen.", "Mit telefonnummer er {v}, tak."),
    "no": ("Ring meg på {v} i morgen.", "Mobilnummeret mitt er {v}."),
    "fi": ("Soita minulle numeroon {v}.", "Puhelinnumeroni on {v}, kiitos."),
    "pt": ("Ligue para {v} depois das 18h.", "Meu celular é {v}, obrigado.", "O meu telefone é {v}."),
    "el": ("Καλέστε με στο τηλέφωνο {v}.", "Το κινητό μου είναι {v}."),
    "tr": ("Beni {v} numaralı telefondan arayın.", "Cep telefonum {v}, teşekkürler."),
    "ru": ("Позвоните мне по телефону {v}.", "Мой номер телефона: {v}, спасибо."),
    "uk": ("Зателефонуйте мені: {v}.", "Мій номер телефону {v}, дякую."),
    "he": ("הטלפון שלי הוא {v} תודה", "אפשר להתקשר אליי: {v}"),
    "ar": ("رقم هاتفي هو {v} شكرا", "اتصل بي على الرقم {v} غدا"),
    "zh": ("请打我的电话 {v},谢谢。", "我的手机号是{v},麻烦尽快联系。"),
    "ja": ("お電話は {v} までお願いします。", "携帯番号は{v}です。"),
    "ko": ("제 전화번호는 {v} 입니다.", "휴대폰 {v} 으로 연락 주세요."),
    "hu": ("Hívjon a következő telefonszámon: {v}.", "A mobilszámom {v}, köszönöm."),
    "ro": ("Sunați-mă la telefon {v}.", "Numărul meu de mobil este {v}."),
    "th": ("โทรหาฉันที่ {v} นะคะ", "เบอร์โทรศัพท์ของฉันคือ {v} ค่ะ"),
    "id": ("Tolong telepon saya di {v} besok.", "Nomor HP saya {v}, terima kasih."),
    "vi": ("Gọi cho tôi theo số điện thoại {v} nhé.", "Số điện thoại của tôi là {v}, cảm ơn."),
}  # fmt: skip
KEYS = ("phone", "phone_number", "tel", "mobile", "contact_phone", "phoneNumber", "cell")


def filled(rng: random.Random, shape: str) -> list[str]:
    """Return the groups of digits of one number of that shape."""
    chosen = re.sub(r"\{([^}]*)\}", lambda match: rng.choice(match[1].split("|")), shape.lstrip("!+"))
    return "".join(
        {"#": draw(rng, DIGITS, 1), "N": draw(rng, DIGITS[2:], 1)}.get(mark, mark) for mark in chosen
    ).split()


def styled(groups: list[str], style: str) -> str:
    """Write the groups the way `style` names; what begins with a bracket has the area in brackets."""
    first, rest = groups[0], groups[1:]
    mark = {"s": " ", "d": "-", "t": ".", "n": "", "w": "\u00a0"}.get(style)
    if mark is not None:
        return mark.join(groups)
    return {
        "l": f"{first}/{' '.join(rest)}",
        "L": f"{first}/{''.join(rest)}",
        "T": f"{first}/{'.'.join(rest)}",
        "h": f"{first}-{''.join(rest)}",
        "H": f"{first}-{' '.join(rest)}",
        "p": f"({first}) {' '.join(rest)}",
        "P": f"({first}) {'-'.join(rest)}",
        "q": f"{' '.join(groups[:-1])}-{groups[-1]}",
    }[style]


def national(rng: random.Random, plan: Plan, *, joined: bool = True) -> str:
    """Draw a number as it is dialled inside the country; without `joined` it has separators."""
    shape = rng.choice([shape for shape in plan.shapes if not shape.startswith("+")])
    groups = filled(rng, shape)
    style = rng.choice(plan.styles if joined else plan.styles.replace("n", ""))
    if style == "1" or (groups[0][0] == "8" and plan.code == "1"):
        return f"1-{'-'.join(groups)}" if rng.random() < 0.6 else f"1 ({groups[0]}) {'-'.join(groups[1:])}"
    trunk = "" if shape.startswith("!") else plan.trunk
    if not trunk.endswith(" "):
        return styled([trunk + groups[0], *groups[1:]], style)
    if style in "pPhH":
        return trunk + styled(groups, style)
    return styled([trunk.strip(), *groups], style)


def international(rng: random.Random, plan: Plan) -> str:
    """Draw a number as it is dialled from abroad."""
    groups = filled(rng, rng.choice(plan.shapes))
    styles = (
        "sssnnndt"
        + ("P" if plan.country in ("us", "ca", "br", "ru", "ua") else "") * 3
        + ("h" if len(groups) > 2 else "")
    )
    style = rng.choice(styles)
    if plan.trunk == "0" and style == "s" and rng.random() < 0.25:
        return f"+{plan.code} (0){' '.join(groups)}"
    if style in "Ph":
        return f"+{plan.code} {styled(groups, style)}"
    return "+" + styled([plan.code, *groups], rng.choice("sssssw") if style == "s" else style)


def link_number(rng: random.Random, plan: Plan) -> str:
    """Draw a number as a `tel:` link has it."""
    return "+" + styled([plan.code, *filled(rng, rng.choice(plan.shapes))], rng.choice("nnd"))
