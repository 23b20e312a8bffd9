"""What readers read, in English and Chinese: names, labels, units; one home for charts, tables, reports and pages."""
