"""The books (账): double entry in whole fen, never changed, on which all stands that has to do with
money."""
