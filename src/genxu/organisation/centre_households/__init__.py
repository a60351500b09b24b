"""Centre households: nominated, recommended, selected, appointed; who looks after whom."""
