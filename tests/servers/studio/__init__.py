"""The real studio behind a proxy that answers in the ways in which the cloud may answer."""

from tests.servers.studio.offers import Offers
from tests.servers.studio.server import VariedStudio
from tests.servers.studio.variants import Beat, Dialect, Drop, Fault, Shape, Variants

__all__ = ["Beat", "Dialect", "Drop", "Fault", "Offers", "Shape", "Variants", "VariedStudio"]
