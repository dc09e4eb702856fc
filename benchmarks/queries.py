"""`python -m benchmarks.queries HOST WARM PATH …`: database queries of each view, as JSON.

Runs under whatever settings and data folder the environment names. WARM is asked first, to load
what is loaded once a process; then PATH is asked and its queries are counted.
"""

import json
import sys

import django


def main(arguments: list[str]) -> None:
    """Print the counts, in the order asked, on the last line."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    counts = []
    for host, warm, path in zip(arguments[::3], arguments[1::3], arguments[2::3], strict=True):
        client.get(warm, headers={"host": host})
        with CaptureQueriesContext(connection) as captured:
            client.get(path, headers={"host": host}).getvalue()
        counts.append(len(captured))
    print(json.dumps(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
