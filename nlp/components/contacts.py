"""`labourscope_contacts`: e-mail addresses, telephone numbers, personal profile links and names in contact lines, to be masked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.contact_data.addresses import mail_addresses, profile_links
from nlp.contact_data.name_extent import whole_name
from nlp.contact_data.persons import PersonFinder
from nlp.contact_data.phones import phone_numbers
from nlp.contact_data.repeated_names import names_again, names_from_mailboxes
from nlp.contact_data.signatures import signatures
from nlp.contact_data.unannounced import unannounced_names
from nlp.contact_data.word_finder import ContactWord, contact_words
from nlp.extensions import register_extensions
from vacancies.enriched import ContactSpan

MASK: Final = "▮"

Offsets = tuple[int, int]
_Found = tuple[int, int, str]


class ContactReader:
    """Sets `Doc._.contacts`: spans and kinds only, never the words."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the contact data of a document."""
        posting = doc._.posting
        employer = None if posting is None else posting.hiring_organization
        doc._.contacts = find_contacts(advertisement(doc), employer=employer)
        return doc


def find_contacts(
    ad: Advertisement, *, persons: bool = True, in_title: bool = False, names: Iterable[str] = (), employer: str | None = None
) -> tuple[ContactSpan, ...]:
    """Contact data in a text, in order, without overlap; without names unless `persons`.

    All mail addresses and telephone numbers count, also those of offices. In a title a contact word that is also a job ("Recruiter") leads
    to a name only with a colon, and names that nothing announces are not looked for. `names` are full names known already; what the
    employer's name holds is no person unless something announces one.
    """
    text = ad.text
    words = contact_words(ad.folded, ad.language)
    mails = list(mail_addresses(text))
    found: list[_Found] = [(start, end, "email") for start, end in mails]
    found += ((start, end, "profile") for start, end in profile_links(text))
    found += ((start, end, "phone") for start, end in phone_numbers(text, ad.folded, words, ad.language))
    if persons:
        known = list(names_again(text, names))
        if found or words:
            known += _persons(
                text, PersonFinder(text, words, [(start, end) for start, end, _ in found], language=ad.language, in_title=in_title), mails
            )
        if not in_title:
            known += _unannounced(ad, words, employer, known)
        found += ((*whole_name(text, start, end), "person") for start, end in known)
        if known:
            found += ((start, end, "profile") for start, end in profile_links(text, [text[start:end] for start, end in known]))
    return tuple(ContactSpan(start=start, end=end, kind=kind) for start, end, kind in _without_overlap(found))


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


def _unannounced(ad: Advertisement, words: list[ContactWord], employer: str | None, known: list[Offsets]) -> list[Offsets]:
    spans = [*unannounced_names(ad.text, words, language=ad.language, employer=employer, known=known), *signatures(ad.text)]
    return [*spans, *names_again(ad.text, [ad.text[start:end] for start, end in spans])]


def _persons(text: str, finder: PersonFinder, mails: list[Offsets]) -> list[Offsets]:
    spans = [*finder.find(), *names_from_mailboxes(text, [text[start:end] for start, end in mails])]
    return [*spans, *names_again(text, [text[start:end] for start, end in spans])]


def _without_overlap(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for span in sorted(found, key=lambda each: (each[0], -each[1])):
        if kept and span[0] < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(span[1], kept[-1][1]), kept[-1][2])
        else:
            kept.append(span)
    return kept


@Language.factory("labourscope_contacts", assigns=["doc._.contacts"])
def create_contact_reader(nlp: Language, name: str) -> ContactReader:
    """Make the component."""
    register_extensions()
    return ContactReader(name)
