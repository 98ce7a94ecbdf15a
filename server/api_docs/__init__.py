"""/docs and /redoc, from files of our own: they work without the internet.

`static/` holds swagger-ui-dist 5.35.0 (Apache 2.0) and redoc 2.5.4 (MIT) as npm publishes them:
only the files that the two pages load, with their licences. To update, copy the same files of a
newer release. One thing is changed: ReDoc's logo, which it would load from cdn.redoc.ly, is
/home/icon.svg.
"""
