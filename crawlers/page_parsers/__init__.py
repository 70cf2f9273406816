"""Page parsers: bytes and address of one captured page to drafts and rejected records; they know no Scrapy and fetch nothing."""
