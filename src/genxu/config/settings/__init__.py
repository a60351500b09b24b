"""Settings for demonstration, test and production; ``GENXU_MODE`` chooses."""
