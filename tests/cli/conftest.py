"""What tests of commands share: the command line as a user types it."""

import sys

import pytest

from jjj_sim import cli


@pytest.fixture
def jjj_sim(monkeypatch, capsys):
    """Run the command line; returns (exit status, standard output, standard error)."""

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["jjj-sim", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        return end.value.code or 0, out, err

    return command
