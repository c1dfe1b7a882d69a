-- From distances and sizes to a mode, and Figure 7's graph of how modes evolve. Each function of a label has an
-- overload for text, because clients bind strings.

-- Not STRICT: a NULL distance is an answer (there is none in reach), not a missing one.
CREATE FUNCTION mode_relation(
	city_km double precision, city_population double precision, seat_km double precision, seat_is_city boolean,
	integrated_km double precision DEFAULT 10::double precision,
	integrated_population double precision DEFAULT 30000::double precision,
	integrated_seat_km double precision DEFAULT 25::double precision,
	reach_km double precision DEFAULT 60::double precision,
	reach_population double precision DEFAULT 10000::double precision
) RETURNS text
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mode_relation(double precision, double precision, double precision, boolean, double precision,
	double precision, double precision, double precision, double precision) IS
'how a port stands to the cities of one side: integrated, when a city of integrated_population people lies within integrated_km or the seat of the port''s own unit is a city within integrated_seat_km; separate, when a town of reach_population or that seat is within reach_km; else none. Distances in km; a NULL distance says that there is none; a NULL population or status is unknown, and the result is NULL when it depends on it. Negative or NaN: error 22003. portext.mode_relation(11.9, 112425, 11.9, false) is separate';

-- Not STRICT: a wrong word is refused even beside a NULL.
CREATE FUNCTION classify_mode(home text, away text) RETURNS port_mode
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION classify_mode(text, text) IS
'mode of a crossing from the relations of its two sides: both integrated CC, exactly one CPC, both separate CPPC, all else PP; NULL when a side is NULL; another word is error 22023. portext.classify_mode(''separate'', ''separate'') is CPPC';

CREATE FUNCTION mode_successors(mode port_mode) RETURNS SETOF port_mode
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 2 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mode_successors(port_mode) IS 'modes that can follow a mode in one step, in order of rank; none after CC';
CREATE FUNCTION mode_successors(mode text) RETURNS SETOF text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT CAST(s.next AS text) FROM mode_successors(CAST(mode_successors.mode AS port_mode)) AS s(next);
END;
COMMENT ON FUNCTION mode_successors(text) IS 'modes that can follow a mode in one step, from its label: portext.mode_successors(''PP'') gives CPPC and CPC';

CREATE FUNCTION mode_can_follow(from_mode port_mode, to_mode port_mode) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mode_can_follow(port_mode, port_mode) IS 'can the second mode follow the first in one step (PP>CPPC, PP>CPC, CPPC>CC, CPC>CC)? A mode does not follow itself';
CREATE FUNCTION mode_can_follow(from_mode text, to_mode text) RETURNS boolean
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN mode_can_follow(CAST(from_mode AS port_mode), CAST(to_mode AS port_mode));
COMMENT ON FUNCTION mode_can_follow(text, text) IS 'can the second mode follow the first in one step, from their labels? portext.mode_can_follow(''PP'', ''CC'') is false';

CREATE FUNCTION mode_path(from_mode port_mode, to_mode port_mode) RETURNS SETOF text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 1 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION mode_path(port_mode, port_mode) IS 'every way from one mode to another, one row each, like PP>CPC>CC; the mode itself when both are the same, no row when there is no way';
CREATE FUNCTION mode_path(from_mode text, to_mode text) RETURNS SETOF text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT p.path FROM mode_path(CAST(from_mode AS port_mode), CAST(to_mode AS port_mode)) AS p(path);
END;
COMMENT ON FUNCTION mode_path(text, text) IS 'every way from one mode to another, from their labels: portext.mode_path(''PP'', ''CC'') gives PP>CPPC>CC and PP>CPC>CC';
