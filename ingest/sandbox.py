"""Reads a file in a child process that may fail, hang or eat memory without harming the caller.

The child is this module run with `python -m`. It limits itself before it loads a parser, writes
one JSON object to its standard output, and says by its exit code what that is: 0, the document;
REPORTED, the error to raise. Any other ending is a crash.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from ingest.source import SourceDocument, check_text, decide_format, printable
from knowledge.errors import EmptyPolicy, SourceError, UnreadableFile

if sys.platform != "win32":
    import resource

MAX_RESULT_BYTES = 120_000_000
REPORTED = 3
_ERROR_DETAIL_BYTES = 4_000
_ROOT = Path(__file__).resolve().parent.parent
# The child gets no secrets: only what an interpreter and its libraries need to start.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL")


def read_document(path: Path, *, timeout_seconds: float = 60, memory_bytes: int = 1_500_000_000) -> SourceDocument:
    """Reads a policy file into pages of lines.

    `timeout_seconds` counts by the wall clock from the start of the child; `memory_bytes` is the
    address space it may use. Where the platform has no such limits only the clock counts.

    Raises:
        UnreadableFile: the file is not what its name says, is broken or protected, or reading it
            crashed or passed a limit. A note on the error holds what the parser said.
        EmptyPolicy: the file holds no text.
    """
    kind = decide_format(path)
    name = printable(path.name)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        command = [sys.executable, "-P", "-m", "ingest.sandbox", kind, str(path.resolve())]
        limits = [str(math.ceil(timeout_seconds) + 1), str(memory_bytes)]
        try:
            child = subprocess.Popen(
                command + limits,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                env=_child_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise UnreadableFile(f"{name}: the reading process did not start: {error.strerror}") from error
        try:
            status: int | None = child.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            if child.poll() is None:
                _end(child)
        return _outcome(name, status, output, _tail(errors), timeout_seconds, memory_bytes)


def _child_environment() -> dict[str, str]:
    environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    paths = [str(_ROOT), environment.get("PYTHONPATH", "")]
    return environment | {"PYTHONPATH": os.pathsep.join(path for path in paths if path), "PYTHONUTF8": "1"}


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills the child with everything it started, and waits until it is gone."""
    if sys.platform == "win32":
        child.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _outcome(
    name: str, status: int | None, output: IO[bytes], detail: str, timeout_seconds: float, memory_bytes: int
) -> SourceDocument:
    """Takes over what the child wrote, or raises the error that it reported or died of."""
    if status not in (0, REPORTED):
        raise _noted(_crash(name, status, detail, timeout_seconds, memory_bytes), detail)
    output.seek(0)
    written = output.read(MAX_RESULT_BYTES + 1)
    try:
        if len(written) > MAX_RESULT_BYTES:
            raise _noted(UnreadableFile(f"{name}: {_size_reason()}"), detail)
        if status == 0:
            return SourceDocument.model_validate_json(written)
        report = json.loads(written)
        kind = EmptyPolicy if report["error"] == "EmptyPolicy" else UnreadableFile
        error = kind(printable(report["message"]))
        detail = report["detail"] or detail
    except (ValueError, KeyError, TypeError) as problem:
        error = UnreadableFile(f"{name}: the reading process returned no valid result ({type(problem).__name__})")
    raise _noted(error, detail)


def _crash(name: str, status: int | None, detail: str, timeout_seconds: float, memory_bytes: int) -> UnreadableFile:
    """Words the end of a child that reported nothing; `status` None means that the clock ran out."""
    by_signal = -status if status is not None and status < 0 else 0
    if status is None or (sys.platform != "win32" and by_signal == signal.SIGXCPU):
        reason = f"reading took more than {timeout_seconds:g} seconds; split or simplify the file"
    elif "MemoryError" in detail or "bad_alloc" in detail:
        reason = _memory_reason(memory_bytes)
    elif by_signal:
        # A library in C may crash on memory that it was refused: from outside the two look the same.
        reason = (
            f"the reading process was ended by signal {by_signal}; the file is probably broken, or reading needs more "
            f"than {_megabytes(memory_bytes)} of memory"
        )
    else:
        reason = f"the reading process failed with exit code {status}; the file is probably broken"
    return UnreadableFile(f"{name}: {reason}")


def _memory_reason(memory_bytes: int) -> str:
    return f"reading needs more than {_megabytes(memory_bytes)} of memory; split or simplify the file"


def _megabytes(memory_bytes: int) -> str:
    return f"{memory_bytes / 1e6:,.0f} MB"


def _size_reason() -> str:
    return f"what was read takes more than {MAX_RESULT_BYTES / 1e6:,.0f} MB; split the file"


def _noted(error: SourceError, detail: str) -> SourceError:
    if detail:
        error.add_note(detail)
    return error


def _tail(errors: IO[bytes]) -> str:
    size_bytes = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size_bytes - _ERROR_DETAIL_BYTES))
    return errors.read().decode("utf-8", "replace").strip()


# --- in the child ---------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """The child: limits itself, reads one file, writes the result as JSON."""
    kind, path, cpu_seconds, memory_bytes = arguments
    _limit(int(cpu_seconds), int(memory_bytes))
    with contextlib.redirect_stdout(sys.stderr):  # a parser may print; only the answer is the result
        code, answer = _read(kind, Path(path), int(memory_bytes))
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()
    return code


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    if sys.platform == "win32":
        return
    wanted = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: MAX_RESULT_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in wanted.items():
        _, hard = resource.getrlimit(limit)
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # not every platform has every limit
            # One more above the soft limit of CPU time: the signal then tells what happened.
            resource.setrlimit(limit, (soft, soft + (limit == resource.RLIMIT_CPU and soft != hard)))


def _read(kind: str, path: Path, memory_bytes: int) -> tuple[int, bytes]:
    """The exit code and what to write: the document as JSON, or a report of the error."""
    name = printable(path.name)
    try:
        document = _reader(kind)(path)
        check_text(name, document.pages)
        answer = document.model_dump_json().encode()
    except SourceError as error:
        return _report(type(error).__name__, str(error), "\n".join(getattr(error, "__notes__", ())))
    except MemoryError:
        return _report("UnreadableFile", f"{name}: {_memory_reason(memory_bytes)}", "")
    except RecursionError as error:
        return _report("UnreadableFile", f"{name}: is nested too deeply to be read", str(error))
    # Whatever a parser throws at a broken file is one thing to the operator: this file is unreadable.
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__}: {error}"
        return _report("UnreadableFile", f"{name}: cannot be read as {kind} ({type(error).__name__})", detail)
    if len(answer) > MAX_RESULT_BYTES:
        return _report("UnreadableFile", f"{name}: {_size_reason()}", "")
    return 0, answer


def _report(error: str, message: str, detail: str) -> tuple[int, bytes]:
    report = {"error": error, "message": message, "detail": detail[-_ERROR_DETAIL_BYTES:]}
    return REPORTED, json.dumps(report).encode()


def _reader(kind: str) -> Callable[[Path], SourceDocument]:
    """The reader of a format; imported here, so that the child loads one parser only."""
    if kind == "pdf":
        from ingest.read_pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from ingest.read_docx import read_docx

        return read_docx
    if kind == "html":
        from ingest.read_html import read_html

        return read_html
    from ingest.read_text import read_markdown, read_text

    return read_markdown if kind == "markdown" else read_text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
