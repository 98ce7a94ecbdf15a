"""The shell's face, `copilot`; it starts the other two."""
