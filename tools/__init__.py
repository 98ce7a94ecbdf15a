"""What the agent can do, one file a tool. No LangChain here: tools_registry adapts them."""
