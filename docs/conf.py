"""How the documentation is built: Markdown by MyST, Furo's theme."""

project = "Labourscope"
author = "The Labourscope authors"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Labourscope"
exclude_patterns = ["_build"]
suppress_warnings = ["myst.header"]
