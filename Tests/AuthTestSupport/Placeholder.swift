// The in-memory doubles of the ports.
