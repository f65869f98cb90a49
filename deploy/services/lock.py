"""Write a server's lock file anew from what Maven brings, after a change of its pom: `lock.py kafka|elasticsearch`.

Look at the difference before you commit it: these are the files that everyone will run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from agents.services.checksums import checksums
from agents.services.download import FILES, lock_path, pom_path
from agents.services.maven import copy_dependencies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service", choices=sorted(path.name for path in FILES.iterdir()))
    parser.add_argument("--java-home", type=Path, required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fetched = Path(folder) / "files"
        copy_dependencies(pom_path(given.service), fetched, given.java_home, lambda line: print(line, file=sys.stderr))
        lines = [f"{digest}  {name}\n" for name, digest in sorted(checksums(fetched).items())]
    lock_path(given.service).write_text("".join(lines), "ascii")


if __name__ == "__main__":
    main()
