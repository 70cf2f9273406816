"""`labourscope_zones`: what each part of an advertisement is about, by the trained tagger, else by headings and cue words."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import advertisement
from nlp.char_spans import char_span
from nlp.extensions import register_extensions
from nlp.soft_scopes import soft_scopes
from nlp.tagger.tagger import TaggedText
from nlp.tagger.zones import tagged_zones
from nlp.zone_rules import rule_zones


class ZoneReader:
    """Sets `Doc._.zones` and `Doc._.soft_ranges` and writes `Doc.spans["zones"]`, labelled with the zone."""

    def __init__(self, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Read the zones of a document."""
        tagged: TaggedText | None = doc._.tagged
        ad = advertisement(doc)
        zones = tuple(zone.span() for zone in rule_zones(ad).zones) if tagged is None else tagged_zones(tagged, len(ad.text))
        doc._.zones = zones
        doc._.soft_ranges = soft_scopes(ad, zones)
        if len(doc):
            spans = (char_span(doc, zone.start, zone.end, zone.zone.value) for zone in zones)
            doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc


@Language.factory("labourscope_zones", assigns=["doc._.zones", "doc._.soft_ranges", "doc.spans"], default_config={"spans_key": "zones"})
def create_zone_reader(nlp: Language, name: str, spans_key: str) -> ZoneReader:
    """Make the component."""
    register_extensions()
    return ZoneReader(name, spans_key)
