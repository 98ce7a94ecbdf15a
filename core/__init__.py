"""What every layer needs and nothing else: settings, errors, principal, clock, telemetry. A closed list."""
