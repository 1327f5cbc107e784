"""The screens of the formats of drills, one module each, found automatically."""
