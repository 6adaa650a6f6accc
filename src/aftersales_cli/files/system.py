"""The system we run on: `posix.py`, or its twin `windows.py`; nothing else may ask which."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from aftersales_cli.files.windows import (
        allow_cpu,
        confine,
        flush,
        flush_files,
        network_filesystem,
        others_may,
        try_lock,
    )
else:
    from aftersales_cli.files.posix import (
        allow_cpu,
        confine,
        flush,
        flush_files,
        network_filesystem,
        others_may,
        try_lock,
    )

__all__ = ["allow_cpu", "confine", "flush", "flush_files", "network_filesystem", "others_may", "try_lock"]
