"""What every package may lean on: resources, refusals, words for numbers and dates."""
