"""The door that questions enter by: cleaned, bounded, personal data stopped, orders and other subjects refused."""
