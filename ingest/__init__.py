"""From policy files to a published snapshot."""
