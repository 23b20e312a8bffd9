"""What leaves the house: workbooks, CSV and Word documents of results and comparisons, with words for readers.

Tables are made once (`tables`), each with heads, units and number formats, and written by `workbook`, `sheets` and
`document`. The only importer of XlsxWriter, python-docx and xarray.
"""
