"""Pure text tools: sentences, spans, words, numbers, dates, canonical URLs."""
