"""Layer 3: messages checked against a contract."""
