"""What each kind of personal data is called, said in, and drawn by."""

import random
from collections.abc import Callable

from tests.redaction_corpus import personal_data_numbers as numbers
from tests.redaction_corpus.case import DIGITS, LOWER, draw
from tests.redaction_corpus.personal_data_surroundings import FIRST_NAMES, LAST_NAMES, Field

DOMAIN_HEADS = ("acme", "shop", "example", "acme-{}", "{}-shop", "mail.acme", "eu.shop", "{}", "it.dept.acme")
DOMAIN_ENDS = (
    "com",
    "org",
    "net",
    "io",
    "dev",
    "de",
    "fr",
    "nl",
    "co.uk",
    "com.br",
    "co.jp",
    "example",
    "museum",
    "technology",
)
UNICODE_DOMAINS = (
    "bücher-acme.example",
    "müller-{}.de",
    "почта-{}.рф",
    "acme-例え.jp",
    "xn--bcher-{}-kva.example",
    "café-{}.fr",
)
SYLLABLES = ("ta", "vi", "lo", "ren", "ko", "mu", "dar", "sel", "pi", "zan")


def domain(rng: random.Random) -> str:
    made = "".join(rng.choice(SYLLABLES) for _ in range(3))
    if rng.random() < 0.1:
        return rng.choice(UNICODE_DOMAINS).format(made)
    return f"{rng.choice(DOMAIN_HEADS).format(made)}.{rng.choice(DOMAIN_ENDS)}"


def email(rng: random.Random) -> str:
    """Draw an address of one of the usual builds."""
    first, last = rng.choice(FIRST_NAMES).lower(), rng.choice(LAST_NAMES).lower()
    local = rng.choice(
        (
            f"{first}.{last}", f"{first}.{last}", f"{first[0]}{last}", f"{last}_{first}",
            f"{first}{draw(rng, DIGITS, 2)}", f"{first}+{rng.choice(('news', 'shop', 'x2024', 'test-1'))}",
            f"{first}-{last}", draw(rng, LOWER + DIGITS, 9),
            f"{first.title()}.{last.title()}", f"{first[0]}.{last[0]}", "zoë.müller", "q",
        )
    )  # fmt: skip
    address = f"{local}@{domain(rng)}"
    return address.upper() if rng.random() < 0.04 else address


def odd_email(rng: random.Random) -> str:
    """Draw an address with signs that the standard allows and forms often do not."""
    last = rng.choice(LAST_NAMES).lower()
    local = rng.choice(
        (f"o'{last}", f"{last}%shop", f"{last}/acme", f"{last}=x", f"_{last}_", f"{last}&co", f"#{last}")
    )
    return f"{local}@{domain(rng)}"


def plain_email(rng: random.Random) -> str:
    """Draw an address in ASCII letters, for places that take no other."""
    local = f"{rng.choice(FIRST_NAMES).lower()}.{draw(rng, LOWER, 5)}"
    return f"{local}@mail.{draw(rng, LOWER, 6)}.{rng.choice(('com', 'org', 'eu'))}"


EMAIL = Field(
    ("Email", "E-mail", "Mail", "email address", "Contact", "E-Mail-Adresse", "Courriel", "Correo", "From", "Cc"),
    ("email", "mail", "contact", "user_email", "to", "login"),
    (
        "Write to {v}.", "Please forward the invoice to {v}, thanks", "my address is {v}", "Is \"{v}\" still in use?",
        "I got no answer from <{v}>!",
        "ask Mara ({v})", "{v} bounced again",
        "Schreib bitte an {v}; das ist schneller.",
        "Who is {v}?", "Add '{v}' to the list...", "cc: {v}",
    ),
    email,
)  # fmt: skip
NUMBER_SENTENCES = (
    "My {w} is {v}.",
    "the {w} {v} was rejected by the form",
    "Please use {w} {v} for the contract.",
    "{w}: {v}, is that right?",
)


def field(make: Callable[[random.Random], str], words: str, keys: str, *sentences: str, near: bool = False) -> Field:
    """Build a field whose sentences name it by each of its words."""
    named = tuple(words.split("|"))
    own = sentences or tuple(
        text.replace("{w}", word) for text, word in zip(NUMBER_SENTENCES * 3, named * 6, strict=False)
    )
    return Field(named, tuple(keys.split("|")), own, make, near)


def bare_ssn(rng: random.Random) -> str:
    return rng.choice(("", " ")).join(numbers.ssn_parts(rng))


FIELDS: tuple[tuple[str, int, Field], ...] = (
    ("email", 40, EMAIL),
    (
        "iban",
        50,
        field(
            numbers.iban,
            "IBAN|Iban|Account (IBAN)|Kontonummer (IBAN)|Bank account",
            "iban|account|bank_account",
            "Please pay to {v}.",
            "my IBAN is {v}, BIC follows",
            "Bitte überweisen Sie auf {v}, danke.",
            "Virement sur {v} svp",
            "refund went to {v} yesterday",
            "Konto {v}",
        ),
    ),
    (
        "payment_card",
        60,
        field(
            numbers.card,
            "Card|Card number|Credit card|Visa|Kreditkarte|PAN|Carte|Tarjeta",
            "card|card_number|pan|cc_number|cardNumber",
            "Charge my card {v}, please.",
            "card {v} was declined",
            "I paid with {v} (valid till 09/27)",
            "Is {v} a debit card?",
            "Meine Kreditkarte {v} wurde abgelehnt.",
        ),
    ),
    (
        "ip_address",
        12,
        field(
            numbers.ipv4,
            "IP|IP address|Host|Client",
            "ip|client_ip|remote_addr|host",
            "My IP is {v}.",
            "can you reach {v} from there?",
            "requests from {v} get a 403",
        ),
    ),
    (
        "ip_address",
        12,
        field(
            numbers.ipv6,
            "IP|IPv6|IP address|Client",
            "ip|ipv6|client_ip|remote_addr",
            "My IP is {v} now",
            "can you reach {v} from there?",
            "requests from {v} get a 403",
        ),
    ),
    (
        "us_ssn",
        14,
        field(
            lambda rng: "-".join(numbers.ssn_parts(rng)),
            "SSN|Social Security Number|Social security no.|SS#|ssn",
            "ssn|social_security_number|SSN",
        ),
    ),
    ("us_ssn", 8, field(bare_ssn, "SSN|Social Security Number|ssn", "ssn|social_security_number|SSN", near=True)),
    (
        "uk_nino",
        12,
        field(numbers.nino, "NINO|National Insurance number|NI number|NI no.", "nino|ni_number|national_insurance"),
    ),
    (
        "es_dni",
        14,
        field(
            numbers.dni,
            "DNI|NIF|NIE|DNI/NIE|documento",
            "dni|nif|nie",
            "Mi DNI es {v}.",
            "NIE {v}, adjunto copia",
            "con DNI {v} y domicilio en Sevilla",
            "el titular ({v}) no aparece",
        ),
    ),
    (
        "it_codice_fiscale",
        12,
        field(
            numbers.codice_fiscale,
            "Codice fiscale|C.F.|CF|Cod. Fisc.",
            "codice_fiscale|cf|fiscal_code",
            "Il mio codice fiscale è {v}.",
            "C.F. {v}, residente a Torino",
            "controlla {v} per favore",
        ),
    ),
    (
        "br_cpf",
        10,
        field(
            numbers.cpf,
            "CPF|CPF/MF|CPF nº",
            "cpf|documento",
            "Meu CPF é {v}.",
            "portador do CPF {v}, residente",
            "o cliente {v} não consegue entrar",
        ),
    ),
    (
        "br_cpf",
        6,
        field(numbers.cpf_digits, "CPF|CPF nº", "cpf", "Meu CPF {v} não passa.", "CPF {v}, obrigado", near=True),
    ),
    (
        "fr_nir",
        12,
        field(
            numbers.nir,
            "N° de sécurité sociale|NIR|Numéro de sécurité sociale|N° sécu",
            "nir|numero_secu",
            "Mon numéro de sécurité sociale est le {v}.",
            "NIR {v}, attestation jointe",
            "n° sécu : {v}",
        ),
    ),
    (
        "de_steuer_id",
        12,
        field(
            numbers.steuer_id,
            "Steuer-ID|Steueridentifikationsnummer|Steuer-IdNr.|IdNr.",
            "steuer_id|steuerId|tax_id_de",
            "Meine Steuer-ID lautet {v}.",
            "Steueridentifikationsnummer {v}, Steuerklasse 1",
            near=True,
        ),
    ),
    (
        "nl_bsn",
        12,
        field(
            numbers.bsn,
            "BSN|Burgerservicenummer|BSN-nummer|bsn",
            "bsn|burgerservicenummer",
            "Mijn BSN is {v}.",
            "burgerservicenummer {v} klopt niet",
            near=True,
        ),
    ),
    (
        "pl_pesel",
        12,
        field(
            numbers.pesel,
            "PESEL|Nr PESEL|Numer PESEL|pesel",
            "pesel",
            "Mój PESEL to {v}.",
            "PESEL {v}, zamieszkały",
            near=True,
        ),
    ),
    (
        "in_aadhaar",
        12,
        field(
            numbers.aadhaar,
            "Aadhaar|Aadhaar number|Aadhaar No.|UIDAI",
            "aadhaar|aadhaar_number|uid",
            "My Aadhaar is {v}.",
            "link {v} to my account please",
            "Aadhaar no {v} is not accepted",
        ),
    ),
    (
        "in_pan",
        12,
        field(
            numbers.pan,
            "PAN|PAN number|PAN card|PAN No.",
            "pan|pan_number|pan_no",
            "My PAN is {v}.",
            "PAN {v} shows as inactive",
            "the PAN card {v} was rejected",
        ),
    ),
    (
        "ca_sin",
        14,
        field(
            numbers.sin,
            "SIN|Social Insurance Number|SIN number|NAS",
            "sin|social_insurance_number",
            "My SIN is {v}.",
            "SIN {v} for the T4",
            "numéro d'assurance sociale {v}",
        ),
    ),
    (
        "ca_sin",
        6,
        field(numbers.bare(numbers.sin), "SIN|Social Insurance Number", "sin|social_insurance_number", near=True),
    ),
    (
        "se_personnummer",
        12,
        field(
            numbers.personnummer,
            "Personnummer|Personnr|Pnr|personnummer",
            "personnummer|personal_number|pnr",
            "Mitt personnummer är {v}.",
            "kunden {v} kan inte logga in",
        ),
    ),
    (
        "se_personnummer",
        6,
        field(numbers.bare(numbers.personnummer), "Personnummer|personnummer", "personnummer", near=True),
    ),
    (
        "us_passport",
        12,
        field(
            numbers.us_passport,
            "US passport|U.S. Passport No.|Passport number|Passport #|US passport no",
            "passport|passport_number|us_passport",
            near=True,
        ),
    ),
    (
        "passport",
        16,
        field(
            numbers.passport,
            "Passport|Passport No.|Passport number|Reisepass|Passeport n°|passport no",
            "passport|passport_no|passportNumber",
            "My passport number is {v}.",
            "passport {v} expires in 2027",
            near=True,
        ),
    ),
    (
        "us_ein",
        12,
        field(
            numbers.ein,
            "EIN|Employer Identification Number|FEIN|Federal EIN|Tax ID (EIN)",
            "ein|fein|employer_ein",
            near=True,
        ),
    ),
    ("au_tfn", 12, field(numbers.tfn, "TFN|Tax File Number|Tax file no.|TFN (ATO)", "tfn|tax_file_number", near=True)),
)
