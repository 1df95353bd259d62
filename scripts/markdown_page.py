"""Markdown that scripts write: rows of tables, and the part of a page that is theirs."""
BEGIN, END = "<!-- results -->\n", "<!-- end of results -->\n"


def row(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def replace_results(page, text):
    before, rest = page.read_text().split(BEGIN, 1)
    page.write_text(before + BEGIN + text + END + rest.split(END, 1)[1])
