"""A page as a browser reads it: elements with their attributes and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "input", "link", "hr"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        told = (each if isinstance(each, str) else each.text for each in self.children)
        return " ".join(" ".join(told).split())

    def all(self, name: str, css: str = "") -> list["Element"]:
        found = []
        for each in self.children:
            if isinstance(each, Element):
                classes = (each.attributes.get("class") or "").split()
                if each.name == name and (not css or css in classes):
                    found.append(each)
                found += each.all(name, css)
        return found

    def walk(self):
        yield self
        for each in self.children:
            if isinstance(each, Element):
                yield from each.walk()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("root", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(page: str) -> Element:
    """Fails where elements aren't closed in order."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    (root,) = parser.open
    return root
