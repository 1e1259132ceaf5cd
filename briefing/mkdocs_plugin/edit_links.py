"""Where the place of a fact is edited: in the curator's editor in a preview, at the repository's host on a site."""

import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig

from briefing.diagnostics.problem import Mark
from briefing.mkdocs_plugin.error_overlay import address

Edit = Callable[[Mark], str]


def in_editor(editor: str) -> Edit | None:
    """Links that open a place on this machine; None where no editor is named."""
    here = Path.cwd()
    return (lambda mark: address(editor, mark, here)) if editor else None


def at_host(config: MkDocsConfig) -> Edit | None:
    """Links to a place in the repository that mkdocs.yml names; None where it names none."""
    if not config.repo_url or not (config.edit_uri or config.edit_uri_template):
        return None
    docs, root = config.docs_dir, config.repo_url.rstrip("/") + "/"

    def link(mark: Mark) -> str:
        path = from_docs(docs, mark).partition("#")[0]
        if config.edit_uri_template:
            uri = config.edit_uri_template.format(path=path, path_noext=posixpath.splitext(path)[0])
        else:
            uri = f"{config.edit_uri}{path}"
        return f"{urljoin(root, uri)}#L{mark.line + 1}"

    return link


def from_docs(docs: str, mark: Mark) -> str:
    """A place as MkDocs takes it for `edit_uri`: relative to the docs folder, with its line but for a file's first."""
    path = quote(os.path.relpath(mark.origin.path, docs).replace(os.sep, "/"))
    return f"{path}#L{mark.line + 1}" if mark.line else path
