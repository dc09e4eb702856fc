"""What changes missions: importing their records, provisioning their sites."""

from .importing import ImportRefused, import_missions, read_csv
from .provisioning import UnknownMission, provision_all, provision_mission
from .reference import reference_rows

__all__ = [
    "ImportRefused",
    "UnknownMission",
    "import_missions",
    "provision_all",
    "provision_mission",
    "read_csv",
    "reference_rows",
]
