"""The ground floor: access, actions, journal, errors, files, calendar. No word of villages."""
