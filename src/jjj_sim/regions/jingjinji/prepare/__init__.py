"""How the tables of Jing-Jin-Ji are made from published statistics; nothing in the model imports this.

`python -m jjj_sim.regions.jingjinji.prepare` writes `tables/` anew. Each module prepares one topic: `tables()`
returns its arrays and series by name, `ABOUT` says of each where it comes from, and of one that cannot be cut at a
year why (`uncut`).
"""
