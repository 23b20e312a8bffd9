"""What mkdocs is told beyond mkdocs.yml, so that the same pages read on a git host and as a site.

The pages of the repository's root join the site. A link out of docs/ leads to a copy of the file in the site, and to
nothing where it is a folder: so every link that mkdocs cannot follow is a broken one, which `--strict` tells.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
ABOVE = ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()#\s]+)((?:#[^()\s]*)?)\)")
_COMMENT = re.compile(r"(?<=-->)\n(?=\S)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the root, and what pages link to outside docs/."""
    for name in ABOVE:
        if (ROOT / name).exists():
            files.append(File.generated(config, name, content=(ROOT / name).read_text("utf-8")))
    for file in list(files.documentation_pages()):
        for link in _LINK.finditer(file.content_string):
            path = _resolved(link[2], file.src_uri)
            outside = path is not None and (ROOT / path).is_file() and not _in_site(path)
            if path is not None and outside and files.get_file_from_path(path) is None:
                files.append(
                    File.generated(config, path, abs_src_path=str(ROOT / path), inclusion=InclusionLevel.NOT_IN_NAV)
                )
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead a page's links to their places in the site; let a table begin right below a comment, as git hosts do."""
    here = posixpath.dirname(page.file.src_uri)

    def led(link: re.Match[str]) -> str:
        path = _resolved(link[2], page.file.src_uri)
        if path is None:
            return link[0]
        if (ROOT / path).is_dir():
            return link[1]
        return f"[{link[1]}]({posixpath.relpath(path.removeprefix('docs/'), here or '.')}{link[3]})"

    return _COMMENT.sub("\n\n", _LINK.sub(led, markdown))


def _resolved(target: str, src: str) -> str | None:
    """Return what a page's link leads to, from the repository's root; None for an address of the web."""
    if "://" in target or target.startswith("mailto:"):
        return None
    folder = "" if src in ABOVE else posixpath.join("docs", posixpath.dirname(src))
    return posixpath.normpath(posixpath.join(folder, target))


def _in_site(path: str) -> bool:
    return path.startswith("docs/") or path in ABOVE
