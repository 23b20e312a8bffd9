"""Work that kills the process that does it, for tests; workers import it by name."""

import os
import signal


def begun(notes, deadly):
    """Note that the work was begun, and die of it the first `deadly` times; returns how often it was begun."""
    with notes.open("a") as file:
        file.write("x")
    times = len(notes.read_text())
    if times <= deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return times
