"""The transaction boundary and what every table shares."""
