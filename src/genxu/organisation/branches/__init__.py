"""Party organisations of the hamlets: founding by rule, members, terms, re-election."""
