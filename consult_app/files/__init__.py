"""附件: photos, scans and other files that belong to a record, kept in the database."""
