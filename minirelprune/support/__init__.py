"""What every floor stands on: array types, checks of arguments, whole files, and threads."""
