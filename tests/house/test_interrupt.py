"""Ctrl-C ends the preparation of a data folder, wherever it lands."""

import os
import signal
import time
import weakref

import pytest

from missions_site.runner.preparation import insistent_interrupt


class Thing:
    """Something with a finalizer."""


def interrupted_in_a_finalizer():
    thing = Thing()
    weakref.finalize(thing, os.kill, os.getpid(), signal.SIGINT)
    del thing
    time.sleep(0.5)
    return "went on"


def test_an_interrupt_that_is_dropped_in_a_finalizer_comes_again_and_is_not_told_of(capsys):
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), insistent_interrupt(every=0.05):
        interrupted_in_a_finalizer()
    assert signal.getsignal(signal.SIGINT) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert capsys.readouterr().err == ""


def test_an_interrupt_anywhere_else_ends_at_once():
    with pytest.raises(KeyboardInterrupt), insistent_interrupt(every=30):
        signal.raise_signal(signal.SIGINT)
