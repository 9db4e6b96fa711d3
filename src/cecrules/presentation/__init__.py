"""Makes everything people read (sentences, text and pages) from values alone; contains no rule."""
