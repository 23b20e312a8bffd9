"""`python -m jjj_sim` is `jjj-sim`."""

from jjj_sim.cli import main

if __name__ == "__main__":
    main()
