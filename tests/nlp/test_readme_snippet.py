"""The example of nlp/README.md runs and gives what it promises."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parents[2] / "nlp" / "README.md"


def test_the_example_of_components_alone_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert names["zones"] == [("duties", "Your tasks\n- plan events"), ("requirements", "Your profile\n- patience")]
