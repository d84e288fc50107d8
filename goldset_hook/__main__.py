import sys

from goldset_hook.cli import main

sys.exit(main())
