"""`python -m desktop`, the command `openday` and the entry of the bundle."""

import gc

# lists of 100,000 people are no garbage, nor are the modules of a start: look through the objects every 50,000
# new ones, not every 700
gc.set_threshold(50_000, 20, 20)


def main() -> int:
    """Run the program and return its exit code."""
    from desktop import app

    return app.main()


if __name__ == "__main__":
    raise SystemExit(main())
