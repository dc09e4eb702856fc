"""What happens to sites. The admin, the commands and the jobs call these; who may is asked before.

Every service that takes `by` logs the change under that user (None: a command).
"""

from .archives import request_export, request_restore, run_export, run_restore
from .deletion import cancel_deletion, delete_due_sites, delete_site, schedule_deletion
from .status import resume_site, suspend_site
from .sweeping import sweep

__all__ = [
    "cancel_deletion",
    "delete_due_sites",
    "delete_site",
    "request_export",
    "request_restore",
    "resume_site",
    "run_export",
    "run_restore",
    "schedule_deletion",
    "suspend_site",
    "sweep",
]
