"""The commands of `jjj-sim`, one module a noun; each imports what it needs when it is called."""
