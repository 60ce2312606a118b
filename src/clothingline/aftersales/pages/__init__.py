"""The pages of reviews: the consumer's, the makers', the officers', and what everybody sees."""
