"""`python -m minirelprune` is `minirelprune`."""

import sys

from minirelprune.cli import main

sys.exit(main())
