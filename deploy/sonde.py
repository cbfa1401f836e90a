"""Health check of the web container: /sante/vivant, asked under a name that ALLOWED_HOSTS accepts."""

import os
import sys
import urllib.request


def main() -> int:
    hote = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
    demande = urllib.request.Request("http://127.0.0.1:8000/sante/vivant", headers={"Host": hote})
    with urllib.request.urlopen(demande, timeout=3) as reponse:  # noqa: S310 (our own address)
        return 0 if reponse.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
