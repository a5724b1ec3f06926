"""Rules of procurement policies: cards of parameters with their proof, and the pure functions that run them."""
