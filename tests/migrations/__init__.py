"""A filled database of the first state, and its way to the present one."""
