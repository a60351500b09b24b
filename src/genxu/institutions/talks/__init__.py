"""Evening talks (村湾夜话): one record makes the minutes, the suggestions and the matters."""
