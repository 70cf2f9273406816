"""Pages that a browser must render: Chromium through scrapy-playwright, with every request of a page made by Scrapy."""
