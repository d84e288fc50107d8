"""What is true of every page, whichever test fetched it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

# Not in the HTML standard; htmx's own.
HTMX_ATTRIBUTES = re.compile(r"hx-[a-z-]+$")
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}
NOT_TYPED_IN = {"hidden", "submit", "button", "checkbox", "radio"}
PARSE_ERRORS_ALLOWED: set[str] = set()


def parse(html: str) -> Element:
    """Return the document; fail on anything that the HTML standard calls a parse error."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    errors = [(position, code) for position, code, _ in parser.errors if code not in PARSE_ERRORS_ALLOWED]
    assert not errors, f"not valid HTML: {errors[:5]}"
    return document


def inspect_page(html: str) -> Element:
    """Return the page, after checking what every page must be."""
    page = parse(html)
    assert page.find("head/title") is not None
    assert (page.findtext("head/title") or "").strip()
    headings = list(page.iter("h1"))
    assert len(headings) == 1, f"{len(headings)} h1 headings"
    assert page.get("lang") == "en"
    inspect_elements(page)
    return page


def inspect_elements(root: Element) -> None:
    """Check what pages and fragments have in common."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1], f"ids used twice: {ids}"
    labels = {element.get("for") for element in elements if element.tag == "label"}
    for element in elements:
        _inspect_element(element, ids, labels)


def _inspect_element(element: Element, ids: Counter[Any], labels: set[str | None]) -> None:
    described = f"<{element.tag} {element.attrib}>"
    assert element.tag not in ("style", "script") or element.get("src"), f"inline code: {described}"
    assert not [name for name in element.attrib if name.startswith(("on", "hx-on"))], f"inline handler: {described}"
    assert "style" not in element.attrib, f"inline style: {described}"
    if element.tag == "form":
        assert element.get("action"), f"a form without an action: {described}"
        assert element.get("method") in ("get", "post"), f"a form without a method: {described}"
        if element.get("method") == "post":
            names = [field.get("name") for field in element.iter("input")]
            assert "csrf_token" in names, f"a form without its token: {described}"
    if element.tag in LABELLED and element.get("type") not in NEEDS_NO_LABEL:
        assert element.get("id") in labels or element.get("aria-label"), f"a field without a label: {described}"
    if element.tag == "a":
        assert element.get("href"), f"a link to nowhere: {described}"
        assert "".join(element.itertext()).strip() or element.get("aria-label"), f"a link without words: {described}"
    for name in ("aria-describedby", "aria-labelledby"):
        for target in (element.get(name) or "").split():
            assert target in ids, f"{name} names {target}, which is not there: {described}"


@dataclass
class SeenForm:
    """A form as a page shows it: its fields with the values they have, and those of them that one types text into."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    text_fields: list[str] = field(default_factory=list)


def forms_in(page: Element) -> list[SeenForm]:
    """Return the forms of a page."""
    return [_seen(form) for form in page.iter("form")]


def links_in(page: Element) -> Iterator[str]:
    """Yield every address that a page names: links, scripts, styles, and what htmx fetches."""
    for element in page.iter():
        for name in ("href", "src", "hx-get"):
            if address := element.get(name):
                yield address


def partials_in(html: str) -> dict[str, Element]:
    """Return what an answer to htmx puts where: the elements for each target, keyed by its CSS selector."""
    page = parse(f"<!doctype html><title>x</title><body>{html}")
    return {partial.get("hx-target") or "": partial for partial in page.iter("hx-partial")}


def words_in(element: Element) -> str:
    """Return an element's text with runs of white space as one space."""
    return " ".join("".join(element.itertext()).split())


def text_of(page: Element, id: str) -> str | None:
    """Return the text inside the element with this id, or None where there is no such element."""
    element = find(page, id)
    return None if element is None else "".join(element.itertext())


def find(page: Element, id: str) -> Element | None:
    """Return the element with this id."""
    return next((element for element in page.iter() if element.get("id") == id), None)


def _seen(form: Element) -> SeenForm:
    seen = SeenForm(form.get("action") or "", form.get("method") or "get")
    for control in form.iter():
        name = control.get("name")
        if control.tag not in LABELLED or not name:
            continue
        if control.tag == "textarea":
            seen.fields[name] = "".join(control.itertext())
        elif control.tag == "select":
            chosen = [option for option in control.iter("option") if "selected" in option.attrib]
            seen.fields[name] = (chosen or list(control.iter("option")))[0].get("value") or ""
        elif control.get("type") not in ("checkbox", "radio") or "checked" in control.attrib:
            seen.fields[name] = control.get("value") or ""
        if control.tag == "textarea" or (control.tag == "input" and control.get("type", "text") not in NOT_TYPED_IN):
            seen.text_fields.append(name)
    return seen
