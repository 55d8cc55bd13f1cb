"""Records to records, pure: no stage knows another, only flows know their order."""
