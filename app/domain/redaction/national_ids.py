"""Numbers that states give to people: a row each.

The check digits are computed by python-stdnum, which knows their sources. Some numbers are told by their shape and
check digits alone. The others look like any number, so their name has to stand before them: `words`, a pattern. A name
stands near, or at the head of the table that the number is in.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

NEAR, IN_TABLE = 48, 400
"""How far before a number its name may stand, where only its digits speak for it, and where its check digits do."""


class NationalId(NamedTuple):
    """One row: what it is, its shape, its check, and the words that tell it (None: it needs none)."""

    name: str
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    words: re.Pattern[str] | None
    goes: str
    reach: int = IN_TABLE


_ALONE, _ENDS = r"(?<![\w.+/-])", r"(?![\w-]|[./][0-9]|(?<=[0-9]{5}),[0-9]{1,3}(?![\w-]))"


def _stdnum(*names: str) -> Callable[[str], bool]:
    modules = [import_module(f"stdnum.{name}") for name in names]
    return lambda number: any(module.is_valid(number) or module.is_valid(number.replace(".", "")) for module in modules)


def _always(_number: str) -> bool:
    return True


def _is_nric(number: str) -> bool:
    """Singapore: the last letter is a weighted sum modulo 11, from one of two rows of letters."""
    letters = "JZIHGFEDCBA" if number[0] in "ST" else "XWUTRQPNMLK"
    weights = zip((2, 7, 6, 5, 4, 3, 2), number[1:8], strict=True)
    total = sum(weight * int(digit) for weight, digit in weights) + (4 if number[0] in "TG" else 0)
    return letters[total % 11] == number[8]


def _is_adoazonosito(number: str) -> bool:
    """Hungary: an 8, and a last digit that is the weighted sum of the others modulo 11."""
    return sum(place * int(digit) for place, digit in enumerate(number[:9], start=1)) % 11 == int(number[9])


def _has_digits(number: str) -> bool:
    return sum(character.isdigit() for character in number) >= 5


def _row(
    name: str,
    pattern: str,
    is_valid: Callable[[str], bool],
    words: str | None = None,
    *,
    goes: str,
    reach: int = IN_TABLE,
) -> NationalId:
    shape = re.compile(f"{_ALONE}(?:{pattern}){_ENDS}", re.ASCII)
    spelt = words.replace(" ", "[ _-]?") if words else ""
    told = re.compile(rf"(?<![^\W_])(?:{spelt})", re.IGNORECASE) if words else None
    return NationalId(name, shape, is_valid, told, goes, reach)


NATIONAL_IDS: tuple[NationalId, ...] = (
    _row(
        "Spain: DNI and NIE",
        r"[0-9XYZ][0-9]{7}-?[A-Z]|[XYZ]-[0-9]{7}-?[A-Z]|[0-9]{2}\.[0-9]{3}\.[0-9]{3}-?[A-Z]",
        _stdnum("es.dni", "es.nie"),
        goes="DNI «12345678Z»",
    ),
    _row(
        "Italy: codice fiscale",
        r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
        _stdnum("it.codicefiscale"),
        goes="codice fiscale «RSSMRA85T10A562S»",
    ),
    _row(
        "Hungary: adóazonosító jel",
        r"8[0-9]{9}",
        _is_adoazonosito,
        "adóazonosító|adoazonosito|adószám",
        goes="adóazonosító jel: «8262225597»",
    ),
    _row("Brazil: CPF", r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", _stdnum("br.cpf"), goes="CPF «529.982.247-25»"),
    _row("Brazil: CPF, bare", r"[0-9]{11}|[0-9]{9}-[0-9]{2}", _stdnum("br.cpf"), "cpf", goes="CPF «52998224725»"),
    _row(
        "Switzerland: AHV", r"756[.]?[0-9]{4}[.]?[0-9]{4}[.]?[0-9]{2}", _stdnum("ch.ssn"), goes="AHV «756.9217.0769.85»"
    ),
    _row(
        "Belgium: national number",
        r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}",
        _stdnum("be.nn"),
        goes="«85.07.30-033.28»",
    ),
    _row("Chile: RUT", r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9Kk]", _stdnum("cl.rut"), goes="RUT «12.531.909-2»"),
    _row(
        "Finland: henkilötunnus",
        r"[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]",
        _stdnum("fi.hetu"),
        goes="«131052-308T»",
    ),
    _row(
        "France: NIR",
        r"[12] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}",
        _stdnum("fr.nir"),
        goes="NIR «2 95 10 99 126 111 93»",
    ),
    _row(
        "China: resident identity card",
        r"[1-8][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]",
        _stdnum("cn.ric"),
        goes="«360426199101010071»",
    ),
    _row("Sweden: personnummer", r"(?:19|20)?[0-9]{6}[-+][0-9]{4}", _stdnum("se.personnummer"), goes="«880320-0016»"),
    _row(
        "Sweden: personnummer, bare",
        r"(?:19|20)?[0-9]{10}",
        _stdnum("se.personnummer"),
        "person(?:nummer|nr)|personal(?:nummer| number| identity)|pnr|ssn",
        goes="personnummer «198803200016»",
    ),
    _row("Korea: resident registration", r"[0-9]{6}-[0-9]{7}", _stdnum("kr.rrn"), goes="«971013-9019902»"),
    _row(
        "India: Aadhaar",
        r"(?<![0-9] )[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}(?! [0-9]{4})",
        _stdnum("in_.aadhaar"),
        goes="«2341 2341 2346»",
    ),
    _row(
        "India: Aadhaar, bare",
        r"[2-9][0-9]{11}",
        _stdnum("in_.aadhaar"),
        "aadhaa?r|uidai|आधार",
        goes="Aadhaar «234123412346»",
    ),
    _row("India: PAN", r"[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z]", _stdnum("in_.pan"), goes="PAN «AAPPV8261K»"),
    _row(
        "Mexico: CURP",
        r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]",
        _stdnum("mx.curp"),
        goes="CURP «BOXW310820HNERXN09»",
    ),
    _row("Czechia and Slovakia: rodné číslo", r"[0-9]{6}/[0-9]{4}", _stdnum("cz.rc"), goes="«710319/2745»"),
    _row("Singapore: NRIC and FIN", r"[STFG][0-9]{7}[A-Z]", _is_nric, goes="NRIC «S1234567D»"),
    _row(
        "United Kingdom: National Insurance",
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
        _always,
        goes="NINO «AB 12 34 56 C»",
    ),
    _row(
        "United Kingdom: NHS number",
        r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}",
        _stdnum("gb.nhs"),
        r"nhs",
        goes="NHS number «943 476 5870»",
    ),
    _row(
        "United States: SSN",
        r"(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}",
        _stdnum("us.ssn"),
        goes="SSN: «536-90-4399»",
    ),
    _row(
        "United States: SSN, bare",
        r"(?!000|666|9)[0-9]{3} ?(?!00)[0-9]{2} ?(?!0000)[0-9]{4}",
        _always,
        r"ssn|social security",
        goes="SSN «536904399»",
        reach=NEAR,
    ),
    _row(
        "United States: ITIN",
        r"9[0-9]{2}-?[5-9][0-9]-?[0-9]{4}",
        _stdnum("us.itin"),
        r"itin|taxpayer|tax id",
        goes="ITIN «912-90-3456»",
    ),
    _row(
        "United States: EIN",
        r"[0-9]{2}-?[0-9]{7}",
        _stdnum("us.ein"),
        r"ein\b|employer id|fein|federal tax",
        goes="EIN «91-1144442»",
        reach=120,
    ),
    _row(
        "Canada: SIN",
        r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}",
        _stdnum("ca.sin"),
        r"sin\b|social insurance|nas\b|assurance sociale",
        goes="SIN «123-456-782»",
    ),
    _row(
        "Germany: Steuer-IdNr.",
        r"[1-9][0-9]{1,2}[ /]?[0-9]{3}[ /]?[0-9]{3}[ /]?[0-9]{2,3}",
        _stdnum("de.idnr"),
        r"steuer (?:id|nummer|ident)|idnr|tin\b|tax id|steuerliche",
        goes="Steuer-ID «36 574 261 809»",
    ),
    _row(
        "Netherlands: BSN",
        r"[0-9]{9}|[0-9]{4}[. ][0-9]{2}[. ][0-9]{3}",
        _stdnum("nl.bsn"),
        r"bsn|burgerservice|sofi",
        goes="BSN «111222333»",
    ),
    _row("Poland: PESEL", r"[0-9]{11}", _stdnum("pl.pesel"), "pesel", goes="PESEL «44051401359»"),
    _row(
        "Portugal: NIF",
        r"[1-9][0-9]{2} ?[0-9]{3} ?[0-9]{3}",
        _stdnum("pt.nif"),
        r"nif\b|contribuinte",
        goes="NIF «501964843»",
    ),
    _row(
        "Norway: fødselsnummer",
        r"[0-9]{6}[ ]?[0-9]{5}",
        _stdnum("no.fodselsnummer"),
        r"f[øo]dselsn|personnummer|fnr",
        goes="Fødselsnummer «15108695088»",
    ),
    _row(
        "Denmark: CPR",
        r"[0-3][0-9][01][0-9]{3}[- ]?[0-9]{4}",
        _stdnum("dk.cpr"),
        r"cpr|personnummer",
        goes="CPR «211062-5629»",
    ),
    _row(
        "Turkey: T.C. kimlik",
        r"[1-9][0-9]{10}",
        _stdnum("tr.tckimlik"),
        r"kimlik|t\.?c\.? no|tckn",
        goes="TC kimlik «17291716060»",
    ),
    _row(
        "South Africa: identity number",
        r"[0-9]{6}[ ]?[0-9]{4}[ ]?[0-9]{3}",
        _stdnum("za.idnr"),
        r"\bid\b|identity|sa id|south african",
        goes="SA ID «7503305044089»",
    ),
    _row(
        "Australia: TFN",
        r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{2,3}",
        _stdnum("au.tfn"),
        r"tfn|tax file",
        goes="TFN «123 456 782»",
    ),
    _row("Romania: CNP", r"[1-9][0-9]{12}", _stdnum("ro.cnp"), r"cnp", goes="CNP «1630615123457»"),
    _row("Bulgaria: EGN", r"[0-9]{10}", _stdnum("bg.egn"), r"егн|egn", goes="EGN «7523169263»"),
    _row("Greece: AMKA", r"[0-9]{11}", _stdnum("gr.amka"), r"αμκα|amka", goes="AMKA «01013099997»"),
    _row("Croatia: OIB", r"[0-9]{11}", _stdnum("hr.oib"), r"oib", goes="OIB «33392005961»"),
    _row(
        "Israel: identity number",
        r"[0-9]{8,9}",
        _stdnum("il.idnr"),
        r"תעודת זהות|ת\.ז|teudat zehut|israeli id",
        goes="teudat zehut «39337423»",
    ),
    _row("Ireland: PPS", r"[0-9]{7}[A-W][A-IW]?", _stdnum("ie.pps"), r"pps", goes="PPS «6433435F»"),
    _row(
        "Estonia and Lithuania: personal code",
        r"[1-6][0-9]{10}",
        _stdnum("ee.ik", "lt.asmens"),
        r"isikukood|asmens kod",
        goes="isikukood «36805280109»",
    ),
    _row(
        "Passports",
        r"[A-Z]{0,3}[0-9]{6,9}[A-Z]?|[A-Z0-9]{8,9}",
        _has_digits,
        r"passport|reisepass|pasaporte|passeport|paspoort|passaporto|passaporte|paszport|pasaport|"
        r"паспорт|护照|護照|パスポート|旅券|여권|passnummer|pas nr",
        goes="passport no. «C01X00T47»",
        reach=NEAR,
    ),
    _row(
        "Driving licences",
        r"[A-Z0-9]{6,16}",
        _has_digits,
        r"driv(?:er'?s?|ing) licen[cs]e|führerschein|permis de conduire",
        goes="driving licence «MORGA753116SM9IJ»",
        reach=NEAR,
    ),
)

_SHAPES = "|".join(row.pattern.pattern.removeprefix(_ALONE).removesuffix(_ENDS) for row in NATIONAL_IDS)
ANY_SHAPE = re.compile(f"{_ALONE}(?=(?:{_SHAPES}){_ENDS})", re.ASCII)
"""Where any of them may begin: one look instead of one for each."""
