"""What ``tests.layer_pages`` is made of: texts, their layout, fonts that lie, pictures of pages, and the pages themselves."""
