"""The binary formats of Word and WPS, converted by LibreOffice where it is installed.

The program runs with a profile of its own in a temporary folder, which forbids macros and links and knows no network, and
is ended with all its children when its time is up.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.limits import Limits

MEDIA_TYPE = "application/msword"

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
)
_NOWHERE = "127.0.0.1"
_DISCARD = 9
_GRACE = 10
"""Seconds after the limit at which it ends without us."""
_NOT_STARTED = (126, 127)
"""What ``timeout`` and shells answer for a program that they cannot run."""
_FROM, _TO = "MS Word 97", "docx:MS Word 2007 XML"
# Macros off, no linked content, no updates of links, and a proxy that leads nowhere.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", str(_DISCARD)),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", str(_DISCARD)),
)


def read_doc(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a .doc or .wps file as LibreOffice reads it. Raises ``ReadError``.

    Places name the paragraphs and cells of the converted document.
    """
    from policyparse.reading.docx import read_docx

    return read_docx(converted(data, name, limits), name, limits).model_copy(update={"media_type": MEDIA_TYPE})


def converted(data: bytes, name: str, limits: Limits) -> bytes:
    """Return the document as .docx. Raises ``ReadError`` where it cannot be converted."""
    program = office_program()
    if program is None:
        raise ReadError(
            f"{name}: this is an old Word or WPS file, which is read through LibreOffice, and LibreOffice is not "
            "installed; install it (Debian: apt-get install libreoffice-writer-nogui), or save the file as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="policyparse-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "document.doc").write_bytes(data)
        (home / "out").mkdir()
        _write_profile(home / "profile" / "user")
        _run(program, home, name, limits)
        try:
            result = home / "out" / "document.docx"
            if result.stat().st_size > limits.file_bytes:
                raise ReadError(
                    f"{name}: becomes larger than {limits.file_bytes:,} bytes as .docx (limit file_bytes); raise the limit"
                )
            return result.read_bytes()
        except OSError as error:
            raise ReadError(
                f"{name}: LibreOffice could not convert this old Word or WPS file, which is damaged or protected by a "
                "password; open it in Word or WPS and save it as .docx"
            ) from error


def office_program() -> str | None:
    """Return the path of LibreOffice's program, ``None`` where it is not installed."""
    for program in _PROGRAMS:
        if found := shutil.which(program):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{prop}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, prop, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(program: str, home: Path, name: str, limits: Limits) -> None:
    """Let LibreOffice write ``out/document.docx`` below ``home``; what it says is not listened to."""
    command = [
        *_ended_after(limits.seconds + _GRACE),
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        f"--infilter={_FROM}",  # without it, what is no document would be taken for text
        "--convert-to",
        _TO,
        "--outdir",
        str(home / "out"),
        str(home / "document.doc"),
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 (the program found above; the document's name is not in the command)
            command,
            cwd=home,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise _not_started(name, program) from error
    try:
        if process.wait(limits.seconds) in _NOT_STARTED:
            raise _not_started(name, program)
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"{name}: LibreOffice took more than {limits.seconds} s to convert it (limit seconds); "
            "save the file as .docx, or raise the limit"
        ) from None
    finally:
        _end(process)


def _ended_after(seconds: int) -> list[str]:
    """Return a program that ends another one in time, also where this process is killed before it can do so itself."""
    program = None if sys.platform == "win32" else shutil.which("timeout")
    return [program, "--signal=KILL", str(seconds)] if program else []


def _not_started(name: str, program: str) -> ReadError:
    return ReadError(
        f"{name}: LibreOffice ({program}) cannot be started; repair its installation, or save the file as .docx"
    )


def _environment(home: Path) -> dict[str, str]:
    """Return the environment of the program: nothing of the user's but where programs and the system are."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH") if key in os.environ}
    nowhere = f"http://{_NOWHERE}:{_DISCARD}"
    return {
        **kept,
        "HOME": str(home),
        "TMPDIR": str(home),
        "TEMP": str(home),
        "TMP": str(home),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
        "ftp_proxy": nowhere,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and its children, also those that outlive it."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
