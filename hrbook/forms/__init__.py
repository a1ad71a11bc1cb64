"""The city's own forms: a workbook that HR designed, filled on its own XML, so that nothing of its looks is lost."""
