"""`labourscope_contacts`: e-mail addresses, telephone numbers, personal profile links and names in contact lines, to be masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.extensions import register_extensions
from nlp.lexicon.cue_finder import CueKind
from nlp.person_names import Offsets, name_after, names_again, names_from_mailboxes, surnames_with_title
from vacancies.enriched import ContactSpan

MASK: Final = "▮"

_MAIL_LEFT: Final = re.compile(r"[\w.+%'-]{1,64}$")
_MAIL_RIGHT: Final = re.compile(r"(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}|\.{2,}|[\w-]{2,63}(?=\s|$)")
_SPELT_AT: Final = re.compile(r"\s?[\[({<]\s?(?:at|ät|@|arroba|kropka|zavináč|a)\s?[\])}>]\s?", re.IGNORECASE)
_SPELT_HOST: Final = re.compile(
    r"[\w-]{1,63}(?:\s?(?:\.|[\[({]\s?(?:dot|punkt|point|punto|\.)\s?[\])}])\s?[\w-]{2,24}){1,3}", re.IGNORECASE
)
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?(?:linkedin\.com/(?:in|pub)/|xing\.com/(?:profile|xing)/|wa\.me/|t\.me/|calendly\.com/"
    r"|facebook\.com/(?!jobs|careers|pages)|(?:twitter|x)\.com/|instagram\.com/)[^\s)<>\"',;]{2,120}|\bskype:\s?[\w.:-]{3,60}",
    re.IGNORECASE,
)
_PHONE_START: Final = re.compile(r"[+0](?=[\d(])")  # one character class at the front keeps the search fast
_PHONE: Final = re.compile(r"(?:\+|00)[1-9](?:[\s().\-/–]{0,3}\d){6,14}(?!\d)|0[1-9](?:[\s().\-/–]{0,3}\d){5,12}(?![\d.,]*\d)")
_NO_PHONE_BEFORE: Final = re.compile(r"(?:[\w.,/+-]|\d\s)$")  # part of a code, or of a sum such as 10 000
_DIGIT_RUN: Final = re.compile(r"\(?\+?\d(?:[\s().\-/–]{0,3}\d){4,15}(?!\d)")
_DATE: Final = re.compile(
    r"\(?(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|0\d[.:]\d{2}\s*[-–]\s*\d{1,2}[.:]\d{2})"
)
_PHONE_GAP: Final = 25
_JOBS: Final = frozenset(  # contact words that are names of jobs, folded
    (
        "recruiter", "hiring manager", "recruitment consultant", "call", "rekruter", "rekruterka", "specjalista ds. rekrutacji",
        "recruteur", "reclutador", "reclutadora", "responsable de seleccion", "rekryterare", "rekryterande chef", "enhetschef", "chef",
        "hr",
    )
)  # fmt: skip


class ContactReader:
    """Sets `Doc._.contacts`: spans and kinds only, never the words."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the contact data of a document."""
        doc._.contacts = find_contacts(advertisement(doc))
        return doc


def find_contacts(ad: Advertisement, *, persons: bool = True, in_title: bool = False, names: Iterable[str] = ()) -> tuple[ContactSpan, ...]:
    """Contact data in a text, in order, without overlap; without names unless `persons`.

    In a title a contact word that is also a job ("Recruiter") leads to a name only with a colon. `names` are full names known already.
    """
    mails = list(_mails(ad.text))
    found = [*mails, *_profiles(ad.text), *_phones(ad)]
    if persons:
        found += [_person(span) for span in names_again(ad.text, names)]
    if persons and (found or any(cue.kind in (CueKind.CONTACT, CueKind.HONORIFIC) for cue in ad.cues)):
        found += map(_person, _persons(ad, mails, in_title=in_title))
    return _without_overlap(found)


def mask(text: str, contacts: Iterable[ContactSpan]) -> str:
    """The text with contact data replaced, character for character; line ends stay."""
    pieces: list[str] = []
    at = 0
    for contact in contacts:
        pieces.append(text[at : contact.start])
        pieces.append("".join("\n" if c == "\n" else MASK for c in text[contact.start : contact.end]))
        at = contact.end
    pieces.append(text[at:])
    return "".join(pieces)


def _mails(text: str) -> Iterator[ContactSpan]:
    at = text.find("@")
    while at >= 0:
        left = _MAIL_LEFT.search(text, max(0, at - 64), at)
        right = _MAIL_RIGHT.match(text, at + 1)
        if left is not None and right is not None:
            yield ContactSpan(start=left.start(), end=right.end(), kind="email")
        at = text.find("@", at + 1)
    for match in _SPELT_AT.finditer(text) if any(mark in text for mark in "[({<") else ():
        left = _MAIL_LEFT.search(text, max(0, match.start() - 64), match.start())
        right = _SPELT_HOST.match(text, match.end())
        if left is not None and right is not None:
            yield ContactSpan(start=left.start(), end=right.end(), kind="email")


def _profiles(text: str) -> Iterator[ContactSpan]:
    if ".com/" in text or ".me/" in text or "skype" in text.lower():
        yield from (ContactSpan(start=match.start(), end=match.end(), kind="profile") for match in _PROFILE.finditer(text))


def _phones(ad: Advertisement) -> Iterator[ContactSpan]:
    text = ad.text
    end = 0
    for lead in _PHONE_START.finditer(text):
        start = lead.start()
        if start < end or _NO_PHONE_BEFORE.search(text, max(0, start - 2), start):
            continue
        match = _PHONE.match(text, start)
        if match is not None and _looks_dialled(match[0]) and not _is_inside_link(text, start):
            end = match.end()
            yield ContactSpan(start=start - (text[start - 1 : start] == "("), end=end, kind="phone")
    for cue in ad.cues_of(CueKind.PHONE):
        led = _DIGIT_RUN.search(text, cue.end, cue.end + _PHONE_GAP + 24)
        if led is not None and _is_led_number(text[cue.end : led.start()], led[0]):
            yield ContactSpan(start=led.start(), end=led.end(), kind="phone")


def _looks_dialled(number: str) -> bool:
    """Whether digits without a telephone word are a number to dial: no date, and no code of a few digits in one piece."""
    return not _DATE.match(number) and (not number.isdigit() or len(number) >= 9)


def _is_led_number(between: str, number: str) -> bool:
    """Whether digits behind a telephone word are its number: near, in the same paragraph, no date, no sum of money."""
    is_near = len(between) <= _PHONE_GAP and "\n\n" not in between
    is_money = any(word in between.lower() for word in ("€", "eur", "$", "£", "kč"))
    return is_near and not is_money and not _DATE.match(number) and sum(map(str.isdigit, number)) >= 6


def _is_inside_link(text: str, start: int) -> bool:
    begin = max(text.rfind(" ", max(0, start - 200), start), text.rfind("\n", max(0, start - 200), start)) + 1
    return "http" in text[begin:start] or "www." in text[begin:start]


def _persons(ad: Advertisement, mails: list[ContactSpan], *, in_title: bool) -> list[Offsets]:
    spans = [*names_from_mailboxes(ad.text, [ad.text[mail.start : mail.end] for mail in mails])]
    for cue in ad.cues_of(CueKind.HONORIFIC):
        spans += surnames_with_title(ad.text, cue.start, cue.end)
    for cue in ad.cues_of(CueKind.CONTACT):
        if not (in_title and ad.folded[cue.start : cue.end] in _JOBS and not ad.text[cue.end :].lstrip().startswith(":")):
            spans += name_after(ad.text, cue.end)
    return [*spans, *names_again(ad.text, [ad.text[start:end] for start, end in spans])]


def _person(span: Offsets) -> ContactSpan:
    return ContactSpan(start=span[0], end=span[1], kind="person")


def _without_overlap(found: list[ContactSpan]) -> tuple[ContactSpan, ...]:
    kept: list[ContactSpan] = []
    for span in sorted(found, key=lambda contact: (contact.start, -contact.end)):
        if kept and span.start < kept[-1].end:
            if span.end > kept[-1].end:
                kept[-1] = ContactSpan(start=kept[-1].start, end=span.end, kind=kept[-1].kind)
        else:
            kept.append(span)
    return tuple(kept)


@Language.factory("labourscope_contacts", assigns=["doc._.contacts"])
def create_contact_reader(nlp: Language, name: str) -> ContactReader:
    """Make the component."""
    register_extensions()
    return ContactReader(name)
