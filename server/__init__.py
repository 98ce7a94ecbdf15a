"""The HTTP face: LangServe, our own routes, authentication, problem documents."""
