CREATE INDEX thing_colour ON thing (colour);
