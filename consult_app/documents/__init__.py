"""Papers: what a document says (model), how it is set on the page, and the PDF that is signed and filed."""
