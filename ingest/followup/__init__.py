"""Published articles are asked for again at growing intervals, also when they have left their feed."""
