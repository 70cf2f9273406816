"""Copies of read values with some of them changed."""

from __future__ import annotations

from vacancies.enriched import SkillMention, SkillStatus, Zone


def test_a_revised_copy_is_what_pydantic_would_copy() -> None:
    mention = SkillMention(
        uri=None, start=3, end=9, text="travel", score=0.5, status=SkillStatus.MENTIONED, zone=Zone.DUTIES, rule="tagger",
    )  # fmt: skip
    copied = mention.model_copy(update={"status": SkillStatus.DUTY, "cue": "daily"})
    revised = mention.revised(status=SkillStatus.DUTY, cue="daily")
    assert revised == copied
    assert hash(revised) == hash(copied)
    assert revised.model_fields_set == copied.model_fields_set
    assert revised.model_dump_json(exclude_unset=True) == copied.model_dump_json(exclude_unset=True)
    assert mention.status is SkillStatus.MENTIONED
