"""An amount of money with the words around it, and what they say: pay or something else, its period, which end is open."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, Self

from nlp.conditions.money import Money
from nlp.conditions.pay_words import BASIS, FROM, NOT_PAY, NOT_PAY_AFTER, OTHERS_PAY, PAY, PERIOD, PERIOD_BEFORE, UP_TO
from vacancies.posting import SalaryPeriod

_BEFORE: Final = 80  # characters
NEAR: Final = 32
AFTER: Final = 48
_OTHERS_BEFORE: Final = 160
_NOT_PAY_BEFORE: Final = 45
_NAME_REST: Final = 16  # characters between a word of pay and the colon of its name: "stawka godzinowa:"
_RETIREMENT_PLAN: Final = 401_000  # "a 401K plan"
_REWARD: Final = "odmen"  # Czech: a bonus, unless it is paid by the hour
_EXTRA: Final = re.compile(r"prescas|vikend|svatk|smenn|noc|doporuc")
# Pieces of the words of pay: where none stands in front of an amount, `PAY` is not searched.
PAY_STEMS: Final = (
    "salar", "salai", "wage", "pay", "paid", "compens", "remuner", "earn", "rate", "base", "stipend", "gehalt",
    "lohn", "löhn", "verdien", "vergüt",
    "entgelt", "honorar",
    "salär", "bezüge", "besoldung", "dotier", "fixum", "bezahl", "entlohn", "einkommen", "inkomen", "ingresos", "compensac", "timpenning",
    "widelk", "wynagradz", "uposazen", "ohodnoc", "vydel",
    "taux", "smic", "gratif", "fixe", "loon", "beloning", "vergoeding", "tarief", "sueldo", "retribuc", "banda", "lön", "arvode",
    "wynagr", "pensj", "stawk", "zarob", "plac", "mzd", "plat", "hrub",
)  # fmt: skip
_NO_AMOUNT: Final = re.compile(
    r"\s?(?:%|h\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|hours?\b|uur\b|std\b|stunden|heures|horas|hodin|godz"
    r"|timmar|days?\b|years?\b|jahre|ans\b|jaar|x\b|e\b|th\b|\.?\d|[)\s]*\*\*)"
)
_ITEM_END: Final = re.compile(r"[ )\]]{0,2}(?:[|\r\n]|(?P<equity>\+ ?(?:[a-z]+ ){0,2}equity)|$)")
# The name of an amount that is no pay, in the part of a headline in front of it.
_OTHER_ITEM: Final = re.compile(
    r"\b(?:employees|users|customers|clients|subscribers|members|headcount|company size|team size|case size|deal size|contract value|loans?"
    r"|mortgage|portfolio|revenue|turnover|funding|series [a-f]|seed|valuation|arr|quota|budget|liquid\w*|capital|investment|profitable"
    r"|mitarbeiter\w*|kunden|umsatz|kapital|eigenkapital|effectifs?|apport|chiffre d'affaires|medewerkers|klanten|omzet|empleados"
    r"|clientes|inversion|facturacion|anstallda|anställda|kunder|insats|pracownik\w*|klient\w*"
    r"|wklad(?: wlasny)?|vlastni vklad|zamestnanc\w*|zakaznik\w*|vklad)\b\W*$"
)


class PayContext(NamedTuple):
    """An amount in its folded text; `lead` is the last word of pay in front of it (a match within `before`)."""

    money: Money
    folded: str
    before: str
    after: str
    lead: re.Match[str] | None

    @classmethod
    def of(cls, folded: str, money: Money) -> Self:
        """Look around an amount: its line, or the line above where it stands alone in its own."""
        before = before_amount(folded, money.start)
        lead = last_match(PAY, before) if any(stem in before for stem in PAY_STEMS) else None
        return cls(money, folded, before, after_amount(folded, money.end), lead)

    @property
    def is_item(self) -> bool:
        """Whether a range, or an end of one, is all that a part between bars says: "Berlin | €60,000 - €80,000 | hybrid".

        So is what stands by itself at the text's beginning. The part in front must not name it as something else ("Employees | 10k-50k").
        """
        end = _ITEM_END.match(self.folded, self.money.end)
        if not (self.money.is_range or self.money.has_kilo) or end is None:
            return False
        front, _, own = self.before.rpartition("|")
        if _OTHER_ITEM.search(front.rsplit("|", 1)[-1]):
            return False
        own = own.strip()
        return (not own and (self.money.is_range or end["equity"] is not None)) or bool(UP_TO.fullmatch(own) or FROM.fullmatch(own))

    @property
    def leaves_an_end_open(self) -> bool:
        """Whether the words leave one end of an amount open, as they do of pay: "Gehalt ab", "earn up to"."""
        return self.money.currency is not None and (FROM.search(self.before) is not None or UP_TO.search(self.before) is not None)

    @property
    def has_basis(self) -> bool:
        """Whether gross or net is said."""
        return BASIS.search(self.after[:NEAR]) is not None or BASIS.search(self.before[-24:]) is not None

    @property
    def said_period(self) -> SalaryPeriod | None:
        """The period behind the amount, else the one in front of it with a word of pay."""
        behind = PERIOD.search(self.after)
        if behind is not None and behind.lastgroup and not any(map(str.isdigit, self.after[: behind.start()])) and behind.start() <= NEAR:
            return SalaryPeriod(behind.lastgroup)
        if self.lead is None:
            return None
        ahead = last_match(PERIOD_BEFORE, self.before[max(0, self.lead.start() - 16) :])
        return None if ahead is None or ahead.lastgroup is None else SalaryPeriod(ahead.lastgroup)

    @property
    def lead_distance(self) -> int:
        """Characters between the word of pay, which there must be, and the amount."""
        return len(self.before) - self.lead.end() if self.lead is not None else len(self.before)

    def is_bare_gross(self, scale: float) -> bool:
        """Whether an amount of a month's size has only "gross" or "net" behind it, as Polish advertisements write: "3075 brutto"."""
        return self.money.currency is None and self.money.low >= 400 * scale and BASIS.match(self.after.lstrip()) is not None

    def may_be_pay(self, said: SalaryPeriod | None) -> bool:
        """Whether nothing shows that the amount is no money, or money for something else."""
        if self.money.currency is None and not (self.is_item and self.money.has_kilo) and not self._may_lack_currency():
            return False
        return not self._is_other_money(said)

    def _may_lack_currency(self) -> bool:
        money = self.money
        if not money.has_kilo and (_NO_AMOUNT.match(self.after) or 1900 <= money.low <= 2100):
            return False
        if self.lead is not None:
            return self.lead_distance <= NEAR or money.has_kilo
        return (money.is_range and money.has_kilo and PAY.search(self.after[:24]) is not None) or self.is_bare_gross(1)

    def _is_other_money(self, said: SalaryPeriod | None) -> bool:
        """Whether the amount is a retirement plan's name, somebody else's pay, a budget, a bonus and the like."""
        if self.money.has_kilo and self.money.low == self.money.high == _RETIREMENT_PLAN:
            return True
        if NOT_PAY_AFTER.match(self.after) and not self._is_named():
            return True
        if OTHERS_PAY.search(self.folded, max(0, self.money.start - _OTHERS_BEFORE), self.money.start):
            return True
        window = self.before[-_NOT_PAY_BEFORE:]
        against = last_match(NOT_PAY, window)
        if against is None or (self.lead is not None and self.lead_distance <= len(window) - against.end()):
            return False
        is_hourly = said is SalaryPeriod.HOUR and PERIOD.match(BASIS.sub("", self.after).lstrip()) is not None
        return not (is_hourly and against[0].startswith(_REWARD) and not _EXTRA.search(window, against.end()))

    def _is_named(self) -> bool:
        """Whether the pay's own name stands right before an amount with a currency: in a text without lines the next item follows it."""
        rest = "" if self.lead is None else self.before[self.lead.end() :].rstrip()
        return self.money.currency is not None and rest.endswith(":") and len(rest) <= _NAME_REST


def before_amount(folded: str, start: int) -> str:
    """The words in front of an amount: those of its line, or of the line above where it stands alone in its own."""
    window = folded[max(0, start - _BEFORE) : start]
    line = window.rfind("\n")
    if line < 0:
        return window
    return window[line + 1 :] if any(map(str.isalnum, window[line + 1 :])) else window.rstrip().rsplit("\n", 1)[-1]


def after_amount(folded: str, end: int) -> str:
    """The words behind an amount, in its line."""
    return folded[end : end + AFTER].split("\n", 1)[0]


def last_match(pattern: re.Pattern[str], window: str) -> re.Match[str] | None:
    """The last match in a few words."""
    found = None
    for found in pattern.finditer(window):  # noqa: B007 the last one counts
        pass
    return found
