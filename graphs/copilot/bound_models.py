"""The model chain with the tools a principal may use, bound once for each set of permissions."""

from core.principal import Permission, Principal
from graphs.models.chain import ModelChain
from tools_registry.registry import Registry


class BoundModels:
    """Binding costs more than a step of the loop, so it isn't done in one."""

    def __init__(self, chain: ModelChain, registry: Registry) -> None:
        self.without_tools = chain
        self._registry = registry
        self._bound: dict[frozenset[Permission], ModelChain] = {}

    def for_principal(self, principal: Principal) -> ModelChain:
        bound = self._bound.get(principal.permissions)
        if bound is None:
            bound = self.without_tools.with_tools(self._registry.definitions_for(principal))
            self._bound[principal.permissions] = bound
        return bound
