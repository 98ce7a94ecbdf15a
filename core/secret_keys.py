"""Which texts are accepted as a secret key, and how to make one."""

MIN_BYTES = 32
MIN_DISTINCT_CHARACTERS = 8
"""Random hexadecimal text of 32 bytes practically never has fewer; `aaaa...` does."""
HOW_TO_MAKE_ONE = """
Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"
""".strip()


def why_weak(key: str) -> str | None:
    """Say why a secret key could be guessed, or return None."""
    length = len(key.encode())
    if length < MIN_BYTES:
        return f"it has {length} bytes, and at least {MIN_BYTES} random ones are needed"
    if len(set(key)) < MIN_DISTINCT_CHARACTERS:
        return f"it has fewer than {MIN_DISTINCT_CHARACTERS} different characters"
    return None
