"""What every layer needs: settings, errors, principal, clock, telemetry. A closed list."""
