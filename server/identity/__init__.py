"""Who calls: the one place where authentication happens."""
