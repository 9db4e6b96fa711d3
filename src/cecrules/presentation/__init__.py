"""Everything people read: sentences, text and pages, made from values alone; contains no rule."""
