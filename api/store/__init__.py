"""What is kept: conversations, feedback, what is to be reviewed, approved answers, tokens.

`open_store` opens it; the modules beside it are functions over a connection, which the store runs.
"""

from api.store.store import Store, open_store

__all__ = ["Store", "open_store"]
