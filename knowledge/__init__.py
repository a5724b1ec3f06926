"""What we know: records, language, dates, the search legs and the snapshots they live in."""

import os

# Vectors are multiplied by matrices for some hundreds of microseconds: waiting for a second thread takes longer than
# that on a machine with other work, and keeps a core from another question. It must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
