"""`status`: what a person wants to know when nothing seems to arrive."""

from goldset_hook.config import NotConfigured, load_config
from goldset_hook.hook_log import last_lines
from goldset_hook.spool import count_waiting

LINES = 10


def show_status() -> int:
    """Print the server, what waits and the end of the log; return 0, or 1 where the hook is not set up."""
    is_ready = True
    try:
        print(f"Server: {load_config().url}")
    except NotConfigured as error:
        print(error)
        is_ready = False
    count, size = count_waiting()
    print(f"Waiting: {count} events, {size} bytes")
    for line in last_lines(LINES):
        print(line)
    return 0 if is_ready else 1
