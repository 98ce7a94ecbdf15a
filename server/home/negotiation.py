"""Which of two representations a client prefers (RFC 9110, section 12.5.1)."""


def prefers_html(accept: str) -> bool:
    """Whether a page should be sent: browsers name text/html, programs and curl don't.

    Args:
        accept: the request's Accept header, empty if there is none.
    """
    qualities = dict(map(_quality, accept.lower().split(",")))
    html = qualities.get("text/html", 0.0)
    return html > 0 and html >= qualities.get("application/json", 0.0)


def _quality(part: str) -> tuple[str, float]:
    media_type, *parameters = (each.strip() for each in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media_type, float(value)
            except ValueError:
                return media_type, 0.0
    return media_type, 1.0
