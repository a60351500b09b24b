"""专项治理: a question of the county over records that exist, answered hamlet by hamlet."""
