"""The fourth root, 制度: talks, matters and what else keeps a hamlet's life in order."""
