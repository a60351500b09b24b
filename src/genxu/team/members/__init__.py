"""党员教育管理: shown identity, duties taken on, promises, and what the records tell of them."""
