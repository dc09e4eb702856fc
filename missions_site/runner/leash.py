"""A process that asks to die with its parent, so that nothing outlives the supervisor."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent(signum: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send us `signum` when our parent dies, however it dies.

    Linux only: elsewhere an orderly stop still ends every process, `kill -9` of the parent does
    not.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
