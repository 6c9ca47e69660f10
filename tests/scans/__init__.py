"""Pages as offices scan them: printing of documents, degradations of pages, and files made of pictures."""
