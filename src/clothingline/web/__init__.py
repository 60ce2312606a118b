"""Pages: templates, style sheet, the reference of the API and the catalogue of refusals. It knows no house."""
