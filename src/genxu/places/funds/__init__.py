"""Running funds of hamlets (运转经费): what came, what is planned, what is asked for and paid."""
