"""Which steps of the demo have been loaded, so that an interrupted load goes on where it was."""

from django.db import models


class LoadedStep(models.Model):
    """One step that is complete. `version`: of the step's code and data (see `steps.py`)."""

    name = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField()
    finished = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
