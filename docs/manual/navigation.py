"""The order of the manual's pages; a page that stands nowhere here comes last, so that none is lost."""
PARTS = {
    "Tutorial": ["docs/tutorial/"],
    "Guides": ["docs/workflow", "docs/sweeps", "docs/cache", "docs/dashboard", "docs/control", "docs/encoding", "docs/pgh", "docs/plugin-guide",
               "docs/trace",
               "docs/errors", "docs/when-something-goes-wrong"],
    "Reference": ["docs/reference/commands", "docs/reference/workflow-file", "docs/reference/components", "docs/events"],
    "Background": ["docs/figures", "docs/architecture", "docs/decisions"],
    "Project": ["README", "CONTRIBUTING", "CHANGELOG"],
}


def of(pages):
    """Directives of Sphinx, for the end of docs/README.md. `pages` is sorted."""
    left = [page for page in pages if page != "docs/README"]
    text = ""
    for caption, wanted in PARTS.items():
        listed = [page for want in wanted for page in left if page == want or want.endswith("/") and page.startswith(want)]
        left = [page for page in left if page not in listed]
        text += toctree(caption, listed)
    return text + toctree("Further pages", left)


def toctree(caption, pages):
    if not pages:
        return ""
    return "\n```{toctree}\n:hidden:\n:caption: " + caption + "\n\n" + "".join(f"/{page}\n" for page in pages) + "```\n"
