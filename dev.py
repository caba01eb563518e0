"""The project's commands, on a machine that has nothing but Python: `python3 dev.py run`, `py dev.py check`.

run      make a sample office and its papers in out/, and open the window on it
check    format, lint, types, import rules and tests, as the build server does
screens  make the pictures of every page
bench    run the benchmarks, each beside its peer
bundle   build the one-folder program in dist/openday
lock     resolve the dependencies again into requirements.lock

Every command but `lock` first makes .venv from the lock and brings in the system libraries that Qt needs;
both are done once and cost nothing afterwards.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
OFFICE = ROOT / "out" / "office.openday"
SOURCES = ["desktop", "tests", "benchmarks", "dev.py", "build.spec"]

# What Qt's wheels leave to the system: library or command → Debian's package.
NEEDED = {  # nothing starts without them
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW = {  # a real window and printers
    "libcups.so.2": "libcups2",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
TESTS = {"Xvfb": "xvfb", "xvfb-run": "xvfb", "xauth": "xauth"}
PRINTING = {  # a print system for the tests that print on a real queue; without it they are skipped
    "/usr/sbin/cupsd": "cups",
    "/usr/lib/cups/backend/cups-pdf": "printer-driver-cups-pdf",
}
BUNDLE = {
    "objdump": "binutils",
    f"libpython3.{sys.version_info.minor}.so.1.0": f"libpython3.{sys.version_info.minor}",
}


def main(words: list[str]) -> int:
    """Carry out one command; the exit code is that of the first step that failed."""
    commands = {
        "run": run,
        "check": check,
        "screens": screens,
        "bench": bench,
        "bundle": bundle,
        "lock": lock,
    }
    if len(words) != 1 or words[0] not in commands:
        print(__doc__)
        return 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print("需要 Python 3.11–3.13 / Python 3.11 to 3.13 is needed, this is " + sys.version.split()[0])
        return 2
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)  # a console may know no Chinese
    try:
        commands[words[0]]()
    except subprocess.CalledProcessError as failed:
        print(f"✗ 失败 / failed (exit code {failed.returncode})")
        return failed.returncode if 0 < failed.returncode < 256 else 1
    return 0


def run() -> None:
    """Make the sample office, say what was made, and show it where there is a display."""
    prepare(WINDOW)
    if not OFFICE.exists():  # a second run keeps what was typed into the first one's office
        step("示例 / sample office", python("-m", "desktop", "demo", OFFICE.parent))
    made = sorted(path.name for path in OFFICE.parent.iterdir() if not path.name.startswith("."))
    print(f"示例单位和一套活动材料在 / A sample office and its papers are in {OFFICE.parent}:")
    print("\n".join(f"  {name}" for name in made))
    if has_display():
        step("窗口 / window", python("-m", "desktop", "--data", OFFICE))
    else:
        print("这里没有显示器，不打开窗口 / No display here, so no window is opened.")


def check() -> None:
    """Run everything a change must pass."""
    prepare(WINDOW | TESTS | PRINTING)
    sources = [name for name in SOURCES if (ROOT / name).exists()]
    step("格式 / format", python("-m", "ruff", "format", "--check", *sources))
    step("规范 / lint", python("-m", "ruff", "check", *sources))
    step("类型 / types", python("-m", "basedpyright"))
    # a file at a time on each core: the tests of one file share what is slow to make; where a core's process
    # dies, the others are waited for and no longer
    spread = ["-n", "auto", "--dist", "loadfile", "--max-worker-restart", "0"]
    # hundreds of tests start the program as a process of its own: half of each would go into compiling it
    compiled = {"PYTHONPYCACHEPREFIX": str(VENV / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    step("测试 / tests", python("-m", "pytest", *spread), QT_QPA_PLATFORM="offscreen", **compiled)
    tests = (ROOT / "tests").rglob("test_*.py")
    marked = [path for path in tests if "mark.real_window" in path.read_text(encoding="utf-8")]
    if marked and all(shutil.which(command) for command in TESTS):
        display = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24"]
        window = [*display, *python("-m", "pytest", "-m", "real_window", *marked)]
        step("真窗口的测试 / tests in a real window", window, QT_QPA_PLATFORM="xcb")
    print("✓ 全部通过 / all passed")


def screens() -> None:
    """Make the pictures of the pages."""
    prepare(WINDOW)
    step("截图 / pictures", python("tests/screens.py"), QT_QPA_PLATFORM="offscreen")


def bench() -> None:
    """Run every benchmark."""
    prepare({})
    for script in sorted((ROOT / "benchmarks").glob("[!_]*.py")):
        step(f"基准 / benchmark {script.stem}", python(script), QT_QPA_PLATFORM="offscreen")


def bundle() -> None:
    """Build the one-folder program."""
    prepare(WINDOW | BUNDLE)
    build = python("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec")
    step("打包 / bundle", build)
    print(f"已打包到 / The program is in {ROOT / 'dist' / 'openday'}")


def lock() -> None:
    """Resolve all dependencies for Linux and Windows, with hashes and without any index's address."""
    with_uv = ROOT / "build" / "lock-venv"
    venv.create(with_uv, with_pip=True, clear=True)
    scripts = with_uv / PYTHON.relative_to(VENV).parent
    step("uv", [scripts / PYTHON.name, "-m", "pip", "install", "--quiet", "uv"])
    groups = [word for group in ("check", "bench", "build") for word in ("--group", group)]
    quiet = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--quiet"]
    resolve = [scripts / "uv", "pip", "compile", "pyproject.toml", *groups, *quiet]
    form = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "-o", LOCK.name]
    step("锁定依赖 / lock", [*resolve, *form])


def prepare(libraries: dict[str, str]) -> None:
    """Bring in what the command needs: system libraries, then .venv with the locked packages."""
    if sys.platform == "linux":
        bring_in(NEEDED | libraries)
    stamp = VENV / "locked"
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), f"{sys.version} {ROOT}".encode())
    state = hashlib.sha256(b"".join(parts)).hexdigest()
    if stamp.is_file() and stamp.read_text() == state:
        return
    step("虚拟环境 / virtual environment", [sys.executable, "-m", "venv", VENV])
    pip = python("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    step("锁定的依赖 / locked packages", [*pip, "--require-hashes", "-r", LOCK])
    step("本程序 / the program itself", [*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])
    stamp.write_text(state)


def bring_in(wanted: dict[str, str]) -> None:
    """Install the missing system libraries through apt as root, else name them and go on."""
    if not (missing := lacking(wanted)):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"── 系统库 / system libraries: {' '.join(missing)}", flush=True)
        apt = ["apt-get", "-qq", "-o", "APT::Install-Recommends=0"]
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        # A failure isn't the end: an offline machine may still run all that the library isn't for.
        subprocess.run([*apt, "update"], env=quiet, stdout=subprocess.DEVNULL, check=False)
        subprocess.run([*apt, "install", "-y", *missing], env=quiet, stdout=subprocess.DEVNULL, check=False)
        missing = lacking(wanted)
    if missing:
        print("缺少系统库，请管理员安装 / These system packages are missing: " + " ".join(missing))


def lacking(wanted: dict[str, str]) -> list[str]:
    """Return the packages of the libraries and commands that this machine doesn't have."""
    return sorted({package for name, package in wanted.items() if not present(name)})


def present(name: str) -> bool:
    """Say whether a shared library can be loaded, a file is there, or a command is found."""
    if name.startswith("/"):
        return Path(name).exists()
    if ".so" not in name:
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return name.startswith("libpython") and not_debians_python()
    return True


def not_debians_python() -> bool:
    """Say whether this Python brings its own library (or none), so that Debian's wouldn't fit it."""
    return not Path(sys.base_prefix).samefile("/usr")


def has_display() -> bool:
    """Say whether a window can be opened."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def python(*words: object) -> list[object]:
    """Return a command line for the project's own Python."""
    return [PYTHON, *words]


def step(name: str, command: Iterable[object], **environment: str) -> None:
    """Run one named step from the project's folder; raises CalledProcessError where it fails."""
    print(f"── {name}", flush=True)
    subprocess.run([str(word) for word in command], cwd=ROOT, env=os.environ | environment, check=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
