"""`labourscope_contacts`: e-mail addresses, telephone numbers, personal profile links and names in contact lines, to be masked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.contact_data.addresses import profile_links
from nlp.contact_data.by_rules import Found, RuledContacts, contacts_by_rules
from nlp.contact_data.name_extent import bare_name, whole_name
from nlp.contact_data.name_forms import Offsets
from nlp.contact_data.numbers_beside import numbers_beside
from nlp.contact_data.repeated_names import names_again
from nlp.extensions import register_extensions
from nlp.folding import fold
from nlp.people.finder import shipped_people, weighed_people
from vacancies.enriched import ContactSpan

MASK: Final = "▮"


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
    employer's name holds is no person unless something announces one. Outside titles a small network (`nlp.people`) weighs the people
    whom the rules found and finds those whom they passed by.
    """
    text = ad.text
    known = list(names)
    ruled = contacts_by_rules(ad, persons=persons, in_title=in_title, names=known, employer=employer)
    people = ruled.people
    if persons and not in_title:
        people = _weighed(ad, ruled, employer)
    called = {bare_name(text[start:end]) for start, end in people}
    found: list[Found] = [*ruled.addresses, *((start, end, "person") for start, end in people)]
    if people:
        beside = ((start, end, "phone") for start, end in numbers_beside(text, ad.folded, people))
        found += _free(beside, among=ruled.addresses)
        found += ((start, end, "profile") for start, end in profile_links(text, sorted(called)))
    return tuple(ContactSpan(start=start, end=end, kind=kind) for start, end, kind in _without_overlap(found))


def _weighed(ad: Advertisement, ruled: RuledContacts, employer: str | None) -> list[Offsets]:
    """The people of the rules that stay and those whom the network adds; what the employer's name holds is left to the rules."""
    text = ad.text
    spans = [(start, end) for start, end, _ in _without_overlap((start, end, "person") for start, end in ruled.people)]
    people = weighed_people(shipped_people(), text, ad.language, ruled._replace(people=spans))
    kept, own = frozenset(spans), frozenset(_words_of(employer or ""))
    new = [whole_name(text, *span) for span in people if span not in kept and not own.issuperset(_words_of(text[slice(*span)]))]
    again = names_again(text, sorted({bare_name(text[start:end]) for start, end in new}))
    return [*(span for span in people if span in kept), *new, *again]


def _words_of(name: str) -> list[str]:
    return [word.strip(".,;") for word in fold(name).split()]


def _free(found: Iterable[Found], *, among: Iterable[Found]) -> Iterator[Found]:
    """Those that touch none of some others."""
    taken = _without_overlap(among)
    ends = [end for _, end, _ in taken]
    for span in found:
        next_one = bisect_right(ends, span[0])
        if next_one == len(taken) or taken[next_one][0] >= span[1]:
            yield span


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


def _without_overlap(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for span in sorted(found, key=lambda each: (each[0], -each[1])):
        if kept and span[0] < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(span[1], kept[-1][1]), kept[-1][2])
        else:
            kept.append(span)
    return kept


@Language.factory("labourscope_contacts", assigns=["doc._.contacts"])
def create_contact_reader(nlp: Language, name: str) -> ContactReader:
    """Make the component. Raises ModelUnreadable when the network for names that comes with the package is damaged."""
    register_extensions()
    shipped_people()
    return ContactReader(name)
