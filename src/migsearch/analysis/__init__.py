"""From text to tokens: words and spellings by ICU, roots by language."""
