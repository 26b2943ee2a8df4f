"""What ``--help`` and the manual page say besides the options: examples, which the tests run, and formats."""

from __future__ import annotations

DESCRIPTION = """\
Search press releases and news on migration, in English and Persian.

Without a command, on a terminal, migsearch asks for queries; type :help there."""

EXIT_CODES = """\
Exit codes: 0 documents found, 1 none, 2 an error, 130 interrupted."""

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("migsearch index corpus/", "index a folder into indexes/default"),
        ("migsearch search IOM Turkmenistan", "search it"),
        ("migsearch search مهاجرت در افغانستان", ""),
        ("migsearch doctor", "if Persian looks wrong on your terminal"),
    ),
    "index": (
        ("migsearch index corpus/", "a folder, into indexes/default"),
        ("migsearch index 'corpus/*-fa.txt' --index indexes/persian", ""),
        ("migsearch index corpus/ --prune", "also remove what is gone from the folder"),
    ),
    "inspect": (("migsearch inspect corpus/herat-earthquake-fa.txt", ""),),
    "search": (
        ("migsearch search IOM Turkmenistan", ""),
        ("migsearch search بازگشت پناهندگان --year 1400", "of a Solar Hijri year"),
        ("migsearch search returns --organisation unhcr --since 2019-06", ""),
        ("migsearch search '\"State Migration Service\" OR عودت'", "quote what your shell would change"),
        ("migsearch search -- IOM -Turkmenistan", "-- before a word that begins with a hyphen"),
        ("migsearch search پناهندگان --format csv --limit 100", "for a spreadsheet"),
        ("printf 'IOM\\nعودت\\n' | migsearch search --batch", "many queries, one a line"),
    ),
    "explain": (
        ("migsearch explain IOM officers", ""),
        ("migsearch explain مهاجرت --id herat-earthquake", "why this one does, or does not, match"),
    ),
    "show": (("migsearch show herat-earthquake", ""),),
    "info": (("migsearch info", ""),),
    "suggest": (
        ("migsearch organisations suggest corpus/ > mine.toml", "then delete from it what is no organisation"),
        ("migsearch search IOM --organisations mine.toml", ""),
    ),
    "doctor": (("migsearch doctor", ""), ("migsearch doctor --json", "without questions, for a report of a fault")),
    "completion": (("migsearch completion bash > ~/.local/share/bash-completion/completions/migsearch", ""),),
}
"""Command lines and what they do, by command; run from a folder where corpus/ lies."""

NOTES = {
    "index": """\
What is new is added and what changed is replaced; what did not change is passed over. A run that was interrupted goes
on where it was. What has the same title, text and date is stored once, with all
places where it was found.

--watch needs folders and the extra migsearch[watch].""",
    "search": """\
Formats: text for a reader; json, csv, markdown and bibtex for programs, in logical order and UTF-8 whatever the
locale. In CSV, a cell that a spreadsheet would compute has an apostrophe before it.

json, and with --batch each line, is an object, its spans in code points, end exclusive:
  {version, query, total, offset,
   hits: [{id, title, date, date_inferred, organisations, language, region, source, title_highlights, score,
           snippets: [{text, highlights: [[start, end]]}]}],
   facets: {year: {value: count}, organisation: {...}, language: {...}},
   notes: [{message, span}]}
Keys may be added within a version. A query that cannot be read is, with --batch, {version, query, error: {message,
span}}, and the exit code is then 2.""",
    "explain": """\
A contribution is weight * idf * saturation: how much the query wants the term, how rare it is, and BM25's share for
how often it stands in a document of that length. The contributions add up to the score.

--json prints one object:
  {query, parts: [{kind, role, text, span, surface, root, asked: [{field, text, weight}]}],
   together: [{field, text, weight}], notes: [{message, span}],
   documents: [{id, title, matches, score, missing: [clause],
                contributions: [{field, term, asked, weight, idf, frequency, length, average_length, score}]}]}""",
    "inspect": """\
Names and dates are numbered where they stand and explained below their paragraph. Exit codes: 0 all was read, 2 a
file could not be read or nothing was found.

--json prints one object, its spans in code points of the title or text, end exclusive:
  {documents: [{id, title, date, date_inferred, organisations, language, region, source, text,
                provenance: {file, format, encoding, size, characters, sha256, content_sha256, sketch, warnings},
                alike: [id],
                language_confidence, published: {first, last, precision, literal, rule, flags, moment},
                mentions: [{kind, ref, literal, field, span, rule, evidence}], surroundings}],
   skipped: [{file, reason}], failed: [{file, reason}]}""",
    "suggest": """\
--json prints one object:
  {suggestions: [{id, name, language, acronym, count, documents,
                  contexts: [{document, before, literal, after}]}]}""",
    "doctor": """\
Shows one line of Persian in each way that a terminal may need it, asks which reads right, and remembers the answer for
this terminal. --bidi and $MIGSEARCH_BIDI win over what is remembered.""",
    "completion": """\
zsh: write it to a file _migsearch in a folder of $fpath. fish: to ~/.config/fish/completions/migsearch.fish.""",
}


def epilog(command: str) -> str:
    """Return what stands below the options of a command: its notes, its examples."""
    lines = []
    for line, summary in EXAMPLES.get(command, ()):
        lines += [f"  {line}", f"      {summary}"] if summary else [f"  {line}"]
    examples = "\n".join(["Examples:", *lines]) if lines else ""
    return "\n\n".join(filter(None, (NOTES.get(command, ""), examples, "" if command else EXIT_CODES)))
