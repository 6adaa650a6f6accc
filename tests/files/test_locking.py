"""One writing run at a time; the kernel ends a lock with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.locking import LOCK_FILE, Lock
from aftersales_cli.files.posix import filesystem

HOLD = """
import sys
from pathlib import Path
from aftersales_cli.files.locking import Lock
with Lock(Path(sys.argv[1]), command="cutover notify", started="2026-06-01 09:00").acquire():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / LOCK_FILE


def lock(path: Path, **given: object) -> Lock:
    return Lock(path, command="ledger verify", started="2026-06-01 09:05", **given)  # type: ignore[arg-type]


def holder(path: Path) -> subprocess.Popen[str]:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    return held


def test_a_second_run_is_told_who_holds_it(path: Path) -> None:
    with holder(path) as held:
        with pytest.raises(Stop) as stopped:
            lock(path).acquire()
        held.communicate("")

    assert stopped.value.code is Exit.BUSY
    assert f"process {held.pid} · cutover notify · 2026-06-01 09:00" in str(stopped.value)


def test_the_lock_ends_with_a_killed_process_although_its_file_stays(path: Path) -> None:
    with holder(path) as held:
        held.send_signal(signal.SIGKILL)
        held.wait()

    assert path.exists()
    with lock(path).acquire():
        assert path.read_text() == f"{os.getpid()} · ledger verify · 2026-06-01 09:05"


def test_waiting_takes_it_as_soon_as_it_is_free(path: Path) -> None:
    first = lock(path).acquire()
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            first.release()

    with lock(path, pause=pause).acquire(wait_seconds=10):
        assert len(pauses) == 3


def test_waiting_ends(path: Path) -> None:
    pauses: list[float] = []
    with lock(path).acquire(), pytest.raises(Stop):
        lock(path, pause=pauses.append).acquire(wait_seconds=2)

    assert sum(pauses) == pytest.approx(2)


def test_a_lock_given_back_can_be_taken_again(path: Path) -> None:
    first = lock(path).acquire()
    first.release()
    first.release()

    with lock(path).acquire(), pytest.raises(Stop) as stopped:
        lock(path).acquire()
    assert stopped.value.code is Exit.BUSY


def test_the_file_is_private_and_no_child_inherits_it(path: Path) -> None:
    before = os.umask(0)
    try:
        with lock(path).acquire():
            descriptors = [fd for fd in Path("/proc/self/fd").iterdir() if _is(fd, path)]
            inherited = [os.get_inheritable(int(fd.name)) for fd in descriptors]
    finally:
        os.umask(before)

    assert path.stat().st_mode & 0o777 == 0o600
    assert inherited == [False]


def _is(descriptor: Path, path: Path) -> bool:
    try:
        return descriptor.readlink() == path
    except OSError:
        return False


def test_a_folder_that_cannot_be_written_ends_in_74(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stopped:
        lock(tmp_path / "nowhere" / LOCK_FILE).acquire()

    assert stopped.value.code is Exit.NOT_WRITTEN


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/sdb1 /srv/local xfs rw 0 0
//nas/desk /mnt/our\\040desk cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param("/home/desk/ledger.sqlite3", "ext4", id="the root"),
        pytest.param("/srv/desk/ledger.sqlite3", "nfs4", id="on a server"),
        pytest.param("/srv/local/ledger.sqlite3", "xfs", id="a disk below it"),
        pytest.param("/srvx/ledger.sqlite3", "ext4", id="a name that only begins so"),
        pytest.param("/mnt/our desk/ledger.sqlite3", "cifs", id="a blank in the mount point"),
    ],
)
def test_the_longest_mount_point_tells_the_file_system(path: str, kind: str) -> None:
    assert filesystem(Path(path), MOUNTS) == kind
