"""Results for the desk: styles and a project for QGIS, a workbook, and tables for a memo."""
