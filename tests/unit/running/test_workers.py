"""Workers: what they return, in whatever order, and that none outlives the process it works for."""

import math
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool

import dying
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


def test_a_worker_that_dies_takes_only_its_own_job_and_that_is_tried_once_more(tmp_path):
    """The first job kills its process whenever it is begun, the second the first time alone."""
    jobs = [(tmp_path / "always", 99), (tmp_path / "once", 1), *((tmp_path / str(n), 0) for n in range(4))]
    with Workers(2) as workers:
        found = dict(workers.outcomes(dying.begun, jobs))
    assert isinstance(found.pop(0), BrokenProcessPool)
    assert found == {1: 2, 2: 1, 3: 1, 4: 1, 5: 1}
    assert (tmp_path / "always").read_text() == "xx"


def test_workers_given_up_end_in_the_midst_of_their_job():
    start = time.monotonic()
    with Workers(1) as workers:
        assert next(iter(workers.outcomes(math.sqrt, [(4.0,)]))) == (0, 2.0)
        with pytest.raises(KeyboardInterrupt):
            list(workers.outcomes(time.sleep, [(60,)], _interrupt))
    assert time.monotonic() - start < 30


def _interrupt():
    raise KeyboardInterrupt
