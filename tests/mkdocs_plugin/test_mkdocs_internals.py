"""The private names of MkDocs that the preview needs are listed, exist, and are touched in one module."""

import ast
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from briefing.mkdocs_plugin import mkdocs_internals
from briefing.mkdocs_plugin.mkdocs_internals import PRIVATE_NAMES
from tests.sites import make_buildable

MODULE = Path(mkdocs_internals.__file__)


def test_mkdocs_has_every_private_name_that_is_relied_on(tmp_path: Path) -> None:
    config = load_config(config_file=str(make_buildable(tmp_path) / "mkdocs.yml"))
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    server.server_close()
    page = Page(None, File("page.md", str(tmp_path), str(tmp_path), use_directory_urls=True), config)
    owners = {
        "mkdocs.livereload.LiveReloadServer": server,
        "mkdocs.structure.pages.Page": page,
    }
    missing = [
        f"{owner}.{name}" for owner in PRIVATE_NAMES for name in PRIVATE_NAMES[owner] if not hasattr(owners[owner], name)
    ]
    assert missing == [], f"this version of MkDocs no longer has {', '.join(missing)}: change {MODULE.name}"


def private_names(path: Path) -> set[str]:
    """The private names that a module takes from other objects than itself, or imports."""
    tree = ast.parse(path.read_text("utf-8"))
    taken = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    taken |= {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    taken |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in taken - defined if name.startswith("_") and not name.startswith("__") and name.isidentifier()}


def test_the_list_is_whole_and_no_other_module_touches_one_of_them() -> None:
    listed = {name for names in PRIVATE_NAMES.values() for name in names}
    assert private_names(MODULE) == listed
    others = [path for path in MODULE.parent.glob("*.py") if path != MODULE]
    assert {path.name: found for path in others if (found := private_names(path) & listed)} == {}


def test_no_module_imports_a_private_name_of_another_package() -> None:
    imports = [
        (path.name, name.name)
        for path in MODULE.parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("briefing")
        for name in node.names
    ]
    assert [name for name in imports if name[1].startswith("_")] == []
