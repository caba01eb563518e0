"""`python -m desktop` and the entry of the bundle."""

from desktop.app import main

if __name__ == "__main__":
    raise SystemExit(main())
