"""The stages: plain functions from values to values. No stage imports another."""
