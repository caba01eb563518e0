"""The program as a process of its own, begun from one that has read its modules already.

A command is answered in a tenth of a second, of which a start would take three tenths more; the tests of this folder
begin the program some hundred times. Each call is forked: own memory, own folder, own environment, own streams, and
the exit code of the process. The fixture `started` begins it from nothing.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import traceback
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


class Starting:
    """Starts the program from nothing for every call."""

    def run(self, words: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str, str]:
        """Run the program with these words in a folder; returns its exit code, what it wrote, and what it told."""
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *words], capture_output=True, cwd=folder, env=environment
        )
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def end(self) -> None:
        """Nothing waits."""


class Forking:
    """A process that waits to be forked, one line of JSON for a call and one for its exit code."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(self, words: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str, str]:
        """Run the program with these words in a folder; returns its exit code, what it wrote, and what it told."""
        asked, streams = self._begun(environment), [folder / ".said", folder / ".told"]
        order = {
            "words": words,
            "folder": str(folder),
            "streams": list(map(str, streams)),
            "environment": environment,
        }
        assert asked.stdin
        assert asked.stdout
        asked.stdin.write(json.dumps(order) + "\n")
        asked.stdin.flush()
        code = int(asked.stdout.readline())
        said, told = (stream.read_text(encoding="utf-8") for stream in streams)
        for stream in streams:
            stream.unlink()
        return code, said, told

    def _begun(self, environment: dict[str, str]) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
                text=True,
            )  # fmt: skip
        return self._process

    def end(self) -> None:
        """Let the waiting process go."""
        if self._process is not None:
            self._process.communicate()


def main() -> None:
    """Wait for calls, and be forked for each."""
    sys.path.insert(0, str(ROOT))
    app = import_module("desktop.app")
    for module in {module for module, _ in app.COMMANDS.values()}:
        import_module(f"desktop.commands.{module}")
    for line in sys.stdin:
        if child := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        else:
            _be(json.loads(line))


def _be(order: dict) -> None:
    """Be the program, up to its end."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    said, told = (os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in order["streams"])
    for handle, stream in ((os.open(os.devnull, os.O_RDONLY), 0), (said, 1), (told, 2)):
        os.dup2(handle, stream)
    sys.argv = ["openday", *order["words"]]
    code = 70
    try:
        code = import_module("desktop.__main__").main()
    except SystemExit as over:
        code = over.code if isinstance(over.code, int) else int(over.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
