"""Machine translation: what a provider is, adapters for two services, and what their answers must
keep.

Owns the conversation with a service and the check of its answers. Does *not* know pages, who may
ask, or what may be sent to whom: `cms.translation.machine` does. Nothing here is ever published:
an answer is a proposal.
"""

from .configured import InvalidMachineURL, Target, configured_provider, provider_from_url, target_of
from .markup import BrokenMarkup, Protected, protect
from .provider import (
    Kind,
    MachineError,
    MalformedAnswer,
    Provider,
    ProviderRefused,
    ProviderUnavailable,
    QuotaExceeded,
)

__all__ = [
    "BrokenMarkup",
    "InvalidMachineURL",
    "Kind",
    "MachineError",
    "MalformedAnswer",
    "Protected",
    "Provider",
    "ProviderRefused",
    "ProviderUnavailable",
    "QuotaExceeded",
    "Target",
    "configured_provider",
    "protect",
    "provider_from_url",
    "target_of",
]
