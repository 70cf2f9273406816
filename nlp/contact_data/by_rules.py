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

Found = tuple[int, int, str]  # start, end, kind


class RuledContacts(NamedTuple):
    """What rules found; people's names are whole, and may overlap."""

    words: list[ContactWord]
    addresses: list[Found]
    people: list[Offsets]


def contacts_by_rules(
    ad: Advertisement, *, persons: bool = True, in_title: bool = False, names: Iterable[str] = (), employer: str | None = None
) -> RuledContacts:
    """Contact data in a text, as `find_contacts` says."""
    text = ad.text
    words = contact_words(ad.folded, ad.language)
    mails = list(mail_addresses(text))
    addresses: list[Found] = [(start, end, "email") for start, end in mails]
    addresses += ((start, end, "profile") for start, end in profile_links(text))
    addresses += ((start, end, "phone") for start, end in phone_numbers(text, ad.folded, words, ad.language))
    people: list[Offsets] = []
    if persons:
        people += names_again(text, names)
        if addresses or words:
            places = [(start, end) for start, end, _ in addresses]
            people += _announced(text, PersonFinder(text, words, places, language=ad.language, in_title=in_title), mails)
        if not in_title:
            people += _unannounced(ad, words, employer, people)
    return RuledContacts(words, addresses, [whole_name(text, start, end) for start, end in people])


def _announced(text: str, finder: PersonFinder, mails: list[Offsets]) -> list[Offsets]:
    spans = [*finder.find(), *names_from_mailboxes(text, [text[start:end] for start, end in mails])]
    return [*spans, *names_again(text, [text[start:end] for start, end in spans])]


def _unannounced(ad: Advertisement, words: list[ContactWord], employer: str | None, known: list[Offsets]) -> list[Offsets]:
    spans = [*unannounced_names(ad.text, words, language=ad.language, employer=employer, known=known), *signatures(ad.text)]
    return [*spans, *names_again(ad.text, [ad.text[start:end] for start, end in spans])]
