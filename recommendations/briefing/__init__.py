"""What the reading pages show, read once and ready for the template: no queries there, no decisions."""
