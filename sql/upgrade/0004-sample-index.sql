-- Every staff page asks whether a sample answer stands here: no more by reading
-- all the answers.
CREATE INDEX answer_sample ON answer (sample) WHERE sample = 1;
