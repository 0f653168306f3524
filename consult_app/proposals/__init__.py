"""议题: a matter from its registration to its end, the steps it goes through and the milestones that prove them."""
