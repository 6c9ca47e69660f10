"""The sample archive: sources of the documents, and the builder of their DOCX, PDF and TXT files."""
