"""Published editions: what learners read and answer, never changed once stored."""
