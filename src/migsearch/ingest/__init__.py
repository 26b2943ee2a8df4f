"""From files to documents: the article apart from its page, its language, date and organisations."""
