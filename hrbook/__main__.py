"""`python -m hrbook` is the same as `hrbook`."""

from hrbook.cli import run

if __name__ == "__main__":
    run()
