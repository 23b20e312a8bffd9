"""Workers: what they return, in whatever order, and that none outlives the process it works for."""

import math
import os
import signal
import subprocess
import sys
import time

import pytest

from jjj_sim.running.workers import Workers

ALONE = """
import os, time
from jjj_sim.running.workers import Workers
with Workers(2) as workers:
    for _, pid in workers.outcomes(os.getpid, [()] * 2):
        print(pid, flush=True)
    time.sleep(60)
"""


def test_outcomes_come_with_the_index_of_their_job():
    with Workers(2) as workers:
        assert dict(workers.outcomes(math.sqrt, [(4.0,), (9.0,), (16.0,)])) == {0: 2.0, 1: 3.0, 2: 4.0}
        assert dict(workers.outcomes(math.sqrt, [(25.0,)])) == {0: 5.0}
        assert dict(workers.outcomes(math.sqrt, [])) == {}
        with pytest.raises(ValueError, match=r"nonnegative|domain"):
            list(workers.outcomes(math.sqrt, [(-1.0,)]))


def test_workers_end_with_a_parent_that_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    found = {int(parent.stdout.readline()) for _ in range(2)}
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(100):
        found = {pid for pid in found if _alive(pid)}
        if not found:
            break
        time.sleep(0.1)
    assert found == set()


def _alive(pid):
    """Whether a process is there and is not a dead one that nobody has asked after."""
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
