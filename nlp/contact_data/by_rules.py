"""All that rules find of contact data in one text: addresses, numbers, links and people, and the words that announce them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nlp.advertisement import Advertisement
from nlp.contact_data.addresses import mail_addresses, profile_links
from nlp.contact_data.name_extent import whole_name
from nlp.contact_data.name_forms import Offsets
from nlp.contact_data.persons import PersonFinder
from nlp.contact_data.phones import phone_numbers
from nlp.contact_data.repeated_names import names_again, names_from_mailboxes
from nlp.contact_data.signatures import signatures
from nlp.contact_data.unannounced import unannounced_names
from nlp.contact_data.word_finder import ContactWord, contact_words
from nlp.folding import fold

Found = tuple[int, int, str]  # start, end, kind


class RuledContacts(NamedTuple):
    """What rules found; people's names are whole, and may overlap. `sure` are those of them whom a word or a mailbox names."""

    words: list[ContactWord]
    addresses: list[Found]
    people: list[Offsets]
    sure: list[Offsets]


def contacts_by_rules(
    ad: Advertisement, *, persons: bool = True, in_title: bool = False, names: Iterable[str] = (), employer: str | None = None
) -> RuledContacts:
    """Contact data in a text by rules alone; what is asked for is that of `nlp.components.contacts.find_contacts`."""
    text = ad.text
    words = contact_words(ad.folded, ad.language)
    mails = list(mail_addresses(text))
    addresses: list[Found] = [(start, end, "email") for start, end in mails]
    addresses += ((start, end, "profile") for start, end in profile_links(text))
    addresses += ((start, end, "phone") for start, end in phone_numbers(text, ad.folded, words, ad.language))
    people: list[Offsets] = []
    sure: list[Offsets] = []
    if persons:
        sure += names_again(text, names)
        people += sure
        if addresses or words:
            places = [(start, end) for start, end, _ in addresses]
            finder = PersonFinder(text, words, places, language=ad.language, in_title=in_title)
            spans = [*finder.find(), *(written_out := list(names_from_mailboxes(text, [text[start:end] for start, end in mails])))]
            told = [*finder.told, *written_out]
            again = list(names_again(text, [text[start:end] for start, end in spans]))
            called = {fold(text[start:end]) for start, end in told}
            sure += [*told, *((start, end) for start, end in again if fold(text[start:end]) in called)]
            people += [*spans, *again]
        if not in_title:
            people += _unannounced(ad, words, employer, people)
    return RuledContacts(words, addresses, *([whole_name(text, start, end) for start, end in own] for own in (people, sure)))


def _unannounced(ad: Advertisement, words: list[ContactWord], employer: str | None, known: list[Offsets]) -> list[Offsets]:
    spans = [*unannounced_names(ad.text, words, language=ad.language, employer=employer, known=known), *signatures(ad.text)]
    return [*spans, *names_again(ad.text, [ad.text[start:end] for start, end in spans])]
