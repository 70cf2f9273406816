"""What names of persons look like, with titles, initials and particles, and where such words name something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from nlp.contact_data.given_names import is_given_name
from nlp.folding import fold
from vacancies.yaml_loading import load_own_yaml

Offsets = tuple[int, int]

# of Vietnamese the capitals that begin words; inside words, where they follow a capital, they hardly ever stand
UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĨĶŁĹĻĽŃŅŇŌŐƠŒŔŘŚŞŠȘŢŤȚŪŮŰŨƯŹŻŽŸẠẢẤẦẬẮẾỀỆỐỒỘỚỜỢỦỨỪỲÝ"
LOWER: Final = "a-zß-öø-ÿāăąćčďđēėęěğģīĩıķłĺļľńņňōőơœŕřśşšșţťțūůűũưźżžạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
I_JOINS: Final = frozenset(("sv", "no", "da", "pl", "cs", "sk"))  # languages in which "i" stands between two people, not in a name
_MIXED: Final = rf"(?=[\w'’]*[{LOWER}])[{UPPER}][\w'’]+(?:-[{UPPER}][\w'’]+){{0,2}}"
_CAPITALS: Final = rf"[{UPPER}][{UPPER}'’]+(?:-[{UPPER}'’]{{2,}})?(?![\w'’])"  # French and Polish advertisements write surnames so
_LONG_CAPITALS: Final = rf"(?=[{UPPER}'’]{{3}}){_CAPITALS}"  # two letters are a code more often than a second name
_WORD: Final = rf"(?:[dDlL]['’](?=[{UPPER}]))?(?:{_MIXED}|{_LONG_CAPITALS})"
_INITIAL: Final = rf"(?:M\.?ª|[{UPPER}](?:[a-z]{{1,2}})?\.-?(?:[{UPPER}]\.)*|[{UPPER}]-[{UPPER}]\b|[{UPPER}](?= [{UPPER}][{LOWER}]))"
_PARTICLES: Final = (
    "van|von|vom|der|den|de|des|del|della|di|la|las|los|le|du|da|do|dos|das|zu|und zu|ten|ter|te|af|al|el|bin|ben|ibn|'t|’t"
    r"|(?:in|op)(?= (?:'t|’t|het|de[nr]?) )"
    r"|het|y|i|e|v\.|d|freiherr|graf|ní|nic|ó|ua|st\.?"
)
_PARTICLE: Final = rf"(?i:{_PARTICLES})"
ACADEMIC: Final = (  # titles that belong to a name
    "Dr|Prof|Profa|Professor|Professorin|Ing|Mgr|MgA|Bc|BcA|Dipl|PhDr|RNDr|MUDr|MDDr|JUDr|MVDr|PaedDr|PharmDr|ThDr|Phil|Med|hab|habil|ir|inż|lek|lic"
    "|mag|ddr|doc|docent|drs|dra|lcdo|lcda|pr|arq|abg|arch|Univ"
)
_TITLE: Final = (
    rf"(?:(?i:{ACADEMIC}|rev|fr|sr|lt|col|cpt|capt|sgt)"
    r"\.?[ -]{1,2}|n\. ?med\. |et (?=Mgr|Bc|Ing|MUDr)|(?i:Dipl|Dr|Prof|Mag)\.-?(?i:Ing|Kfm|Kffr|Päd|Psych|med)\.? ){0,6}"
)
_NICKNAME: Final = rf"(?: \([{UPPER}][{LOWER}]{{1,12}}\)| [\"„“][{UPPER}][{LOWER}]{{1,12}}[\"”“])?"
_SEP: Final = rf"(?:{_NICKNAME} (?:{_PARTICLE}[ -]){{0,3}}|-(?:{_PARTICLE} ){{1,3}}|(?<=\.))"
_FULL_NAME: Final = rf"(?:{_WORD}|{_INITIAL})(?:{_SEP}(?:{_WORD}|{_INITIAL})){{1,5}}(?!\w|-\w)"
FULL_NAME: Final = re.compile(rf"{_TITLE}{_FULL_NAME}")
OPENS_CAPITAL: Final = re.compile(rf"[{UPPER}]")
_UNTITLED_NAME: Final = re.compile(_FULL_NAME)
ONE_NAME: Final = re.compile(rf"{_MIXED}(?![\w-]|['’])|{_LONG_CAPITALS}(?!\w|-\w)")
TURNED_NAME: Final = re.compile(rf"({_WORD}), ({_MIXED})(?: {_MIXED})?(?!\w|-\w)")
SURNAME: Final = re.compile(
    rf"\.?[ \t\u00a0]{{0,2}}({_TITLE}(?:{_INITIAL} ?)*(?:{_PARTICLE}[ -])*(?:[dDlL]['’](?=[{UPPER}]))?(?:{_MIXED}|{_CAPITALS})"
    rf"(?:{_SEP}(?:{_WORD}|{_INITIAL} ?)){{0,4}})(?!\w|-\w)"
)
PARTICLE_WORDS: Final = frozenset(part.replace("\\", "").rstrip("?") for part in _PARTICLES.split("|")) | {"st", "zu", "in", "op"}
_GIVEN_TOO: Final = frozenset(("Ben",))
_SMALL_FIRMS: Final = frozenset(
    ("gmbh", "mbh", "ltd", "inc", "sp.", "s.r.o.", "s.r.o", "a.s.", "sarl", "bv", "und", "st", "st.", "str", "str.", "ave", "ave.", "blvd")
)
_FIRM_BEHIND_COMMA: Final = re.compile(  # "Hijos de Ramón Ibáñez, S.L.", "Josef Dvořáček a syn, s.r.o."
    r"(?: (?:a syn(?:ové)?|e hijos|& fils|& Söhne|en Zonen|och söner))?, "
    r"(?:S\.\s?[LA]\.|S\.R\.L|s\.\s?r\.\s?o|a\.\s?s\.|v\.o\.s|GmbH|AG\b|Ltd|Inc\b|B\.?V\b|AB\b|sp\. ?z)"
    rf"(?!\.? [{UPPER}])"
)
_PIECE: Final = re.compile(r"\S+")
TITLE_WORDS: Final = frozenset((*map(fold, ACADEMIC.split("|")), "rev", "mba", "csc", "phd", "n", "et", "col", "capt", "sgt", "lt"))
_IS_INITIAL: Final = re.compile(rf"M\.?ª|[{UPPER}][a-z]?\.(?:-?[{UPPER}]\.)*|[{UPPER}](?:-[{UPPER}])?")


class _Lists(NamedTuple):
    words: frozenset[str]
    firms: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    surnames: frozenset[str]
    brands: tuple[str, ...]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    text = resources.files("nlp.contact_data").joinpath("not_names.yaml").read_text(encoding="utf-8")
    lists = load_own_yaml(text)
    words, firms, before, after, surnames = (
        frozenset(map(fold, lists[name])) for name in ("words", "firms", "before", "after", "surnames")
    )
    return _Lists(words | firms, firms, before, after | firms, surnames, tuple(map(fold, lists["brands"])))


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    return fold(word.strip('.,:;()"„“”|/')).strip()


@lru_cache(maxsize=65536)
def is_no_name(word: str) -> bool:
    """Tell whether a word with a capital names something else than a person."""
    bare = _bare(word)
    return bare in _lists().words or _is_called_after(bare)


@lru_cache(maxsize=65536)
def _is_called_after(bare: str) -> bool:
    """Whether a word with hyphens is a street, a school or the like that is called after somebody ("Andreas-Hofer-Straße")."""
    return " " in bare and bare.rsplit(" ", 1)[-1] in _lists().after


def _is_surname_too(given: str, word: str) -> bool:
    """Whether a word that names something else is a surname here, behind a known given name ("Sarah Cook", "Piotr Sobota")."""
    return _bare(word) in _lists().surnames and word[1:].islower() and is_given_name(given)


def is_firm_or_place(text: str, start: int, end: int) -> bool:
    """Tell whether the words beside a name make it one of a firm, a street or an institution ("Müller GmbH", "rue Victor Hugo")."""
    before = re.search(r"([\w.'’]+)[ \t-]{1,2}\Z", text[max(0, start - 30) : start])
    if before is not None and not _lists().before.isdisjoint((fold(before[1]), _bare(re.split("['’]", before[1])[-1]))):
        return True
    if _FIRM_BEHIND_COMMA.match(text, end):
        return True
    after = re.match(r"['’]?s?[ \t]{0,2}(&|\+(?=[ \w])|[\w.]+)|-(?=\w)", text[end : end + 30])
    if after is None or after[1] is None or after[1] in "&+":
        return after is not None
    word = after[1]
    return (not word.islower() or word in _SMALL_FIRMS) and _bare(word) in _lists().after


def is_firm_word(word: str) -> bool:
    """Tell whether a word behind a name makes it one of a firm, a street or an institution."""
    return _bare(word) in _lists().after


def begins_firm(word: str) -> bool:
    """Tell whether a word before a name makes it one of a firm, a street or an institution."""
    return _bare(word) in _lists().before


def is_brand(text: str, start: int, end: int) -> bool:
    """Tell whether title and name together are a brand ("Dr. Oetker"); [start, end) holds both."""
    words = " ".join(fold(text[start:end]).replace(".", " ").split())
    return any(words == brand or words.startswith(f"{brand} ") for brand in _lists().brands)


def full_names(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Runs of words with capitals that look like full names, in a stretch of text, without overlap."""
    while (capital := OPENS_CAPITAL.search(text, start, end)) is not None:
        match = None if text[capital.start() - 1 : capital.start()].isalnum() else _UNTITLED_NAME.match(text, capital.start())
        start = capital.end() if match is None else match.end()
        if match is not None:
            yield match.span()


class Piece(NamedTuple):
    """A word of a name with its place; particles and initials do not count as words of their own."""

    start: int
    end: int
    word: str

    @property
    def is_initial(self) -> bool:
        """Whether this is an initial ("J.", "Ph.", "P-O")."""
        return _IS_INITIAL.fullmatch(self.word) is not None

    @property
    def counts(self) -> bool:
        """Whether this is a name of its own."""
        is_particle = self.word.lower() in PARTICLE_WORDS and self.word not in _GIVEN_TOO
        return not (is_particle or self.is_initial or _bare(self.word) in TITLE_WORDS)


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """The words of a possible name."""
    return [Piece(start + m.start(), start + m.end(), m[0]) for m in _PIECE.finditer(text[start:end])]


def first_segment(found: Sequence[Piece]) -> list[Piece]:
    """The words up to the first that is no name, without particles at the end."""
    kept: list[Piece] = []
    for piece in found:
        if piece.counts and is_no_name(piece.word) and not (kept and _is_surname_too(kept[-1].word, piece.word)):
            break
        kept.append(piece)
    while kept and not (kept[-1].counts or kept[-1].is_initial):
        kept.pop()
    return kept


def segments(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The runs of words between those that are no names."""
    rest = list(found)
    while rest:
        run = first_segment(rest)
        if run:
            yield run
        rest = rest[max(1, len(run)) :]


def is_marked(run: Sequence[Piece]) -> bool:
    """Whether a title or an initial with its full stop tells that a run is a name ("Col. Tanner", "J. Berg")."""
    word = run[0].word if run else ""
    return word.endswith(".") and (run[0].is_initial or _bare(word) in TITLE_WORDS)


def is_shouted(run: Sequence[Piece]) -> bool:
    """Whether capitals tell of a heading or of a firm ("PROJECT TEAM LEIPZIG", "IREX Leipzig")."""
    capitals = [piece.word.isupper() for piece in run if piece.counts]
    return (len(capitals) > 2 and all(capitals)) or (capitals[0] and not all(capitals))


def span_of(found: Sequence[Piece]) -> Offsets:
    """Where words begin and end."""
    return found[0].start, found[-1].end


def counted(found: Iterable[Piece]) -> int:
    """How many names there are, all initials together for one."""
    return sum(piece.counts for piece in found) + any(piece.is_initial for piece in found)


def around_given_name(run: Sequence[Piece]) -> list[Piece]:
    """The words of a run that belong to its given name: those behind it, or the surname before it; [] without one.

    Capitals behind other words are a code ("Gestiona y MOAD").
    """
    all_capitals = all(piece.word.isupper() for piece in run if piece.counts)
    opening = next((piece for piece in run if piece.counts), None)
    known = (at for at, piece in enumerate(run) if is_given_name(piece.word))
    at = next((at for at in known if all_capitals or run[at] is opening or not run[at].word.isupper()), None)
    if at is None:
        return []
    if counted(run[at:]) >= 2:
        first = at
        while first and not run[first - 1].counts:  # titles and initials belong to it
            first -= 1
        return list(run[first : at + 6])
    first = max((before for before in range(at) if run[before].counts), default=at)
    return list(run[first:])
