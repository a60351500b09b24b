"""The third root 阵地“扎根”: places, what they run on, and what is earned together."""
