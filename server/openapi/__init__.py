"""The OpenAPI document: what FastAPI derives from the handlers, and what it can't know."""
