"""民主评议党员, once a year: own word, each other's, a poll on paper, the branch's opinion."""
