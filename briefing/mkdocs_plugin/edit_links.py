"""Links from a fact to its place in its file: in the curator's editor in a preview, at the repository's host on a site."""

import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig

from briefing.diagnostics.problem import Location
from briefing.mkdocs_plugin.error_overlay import editor_url

EditUrlBuilder = Callable[[Location], str]


def editor_url_builder(editor: str) -> EditUrlBuilder | None:
    """Links that open a location in an editor on this machine; None where `editor` is empty."""
    here = Path.cwd()
    return (lambda location: editor_url(editor, location, here)) if editor else None


def repository_url_builder(config: MkDocsConfig) -> EditUrlBuilder | None:
    """Links to a location in the repository that mkdocs.yml names; None where it names none."""
    if not config.repo_url or not (config.edit_uri or config.edit_uri_template):
        return None
    docs, root = config.docs_dir, config.repo_url.rstrip("/") + "/"

    def link(location: Location) -> str:
        path = edit_uri(docs, location).partition("#")[0]
        if config.edit_uri_template:
            uri = config.edit_uri_template.format(path=path, path_noext=posixpath.splitext(path)[0])
        else:
            uri = f"{config.edit_uri}{path}"
        return f"{urljoin(root, uri)}#L{location.line + 1}"

    return link


def edit_uri(docs: str, location: Location) -> str:
    """A location as MkDocs appends it to `edit_uri`: the path from the docs folder, and the line unless it is the first."""
    path = quote(os.path.relpath(location.file.path, docs).replace(os.sep, "/"))
    return f"{path}#L{location.line + 1}" if location.line else path
