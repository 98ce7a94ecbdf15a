"""The chat model without a key: it calls the same tools, quotes passages, computes, and says so."""

from graphs.models.extractive.model import ExtractiveChatModel

__all__ = ["ExtractiveChatModel"]
