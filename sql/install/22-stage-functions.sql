-- Which stage a point in time falls in, and the two schemes of the paper.

CREATE FUNCTION china_border_port_stages() RETURNS stage_scheme
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN '[,1950) "pre-1949: passive to active opening"; [1950,1980) "1950-1979: slow opening, concentrated in the northeast"; [1980,2000) "1980-1999: rapid opening, turning west"; [2000,) "post-2000: steady growth, opening on all sides"'::stage_scheme;
COMMENT ON FUNCTION china_border_port_stages() IS 'the four stages in which China opened its border ports, with edges at 1950, 1980 and 2000; 1949 and 2000, which the printed labels leave in no stage, are put into the first and the last';
CREATE FUNCTION china_opening_peaks() RETURNS stage_scheme
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN '[1950,1956) "first peak, 1950-1955"; [1989,1996) "second peak, 1989-1995"'::stage_scheme;
COMMENT ON FUNCTION china_opening_peaks() IS 'the two peaks of openings, 1950 to 1955 and 1989 to 1995, both years included';

-- A year stands for its first day. smallint has an overload of its own: it could be either of the wider integers.
CREATE FUNCTION stage_bucket(at bigint, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'stage_bucket_year';
COMMENT ON FUNCTION stage_bucket(bigint, stage_scheme) IS 'ordinal (from 1) of the stage that holds the first day of a year, NULL when none does; -44 is 44 BC; error 22008 outside 4713 BC to 5874897 and for 0. portext.stage_bucket(1995::bigint) is 3';
CREATE FUNCTION stage_bucket(at smallint, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_bucket(CAST(at AS bigint), scheme);
COMMENT ON FUNCTION stage_bucket(smallint, stage_scheme) IS 'ordinal (from 1) of the stage that holds the first day of a year, NULL when none does. portext.stage_bucket(1995) is 3';
CREATE FUNCTION stage_bucket(at integer, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_bucket(CAST(at AS bigint), scheme);
COMMENT ON FUNCTION stage_bucket(integer, stage_scheme) IS 'ordinal (from 1) of the stage that holds the first day of a year, NULL when none does. portext.stage_bucket(1995) is 3';
CREATE FUNCTION stage_bucket(at date, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'stage_bucket_date';
COMMENT ON FUNCTION stage_bucket(date, stage_scheme) IS 'ordinal (from 1) of the stage that holds a date, NULL when none does; infinity and -infinity lie in a stage that is open on that side. portext.stage_bucket(date ''1979-12-31'') is 2';
CREATE FUNCTION stage_bucket(at timestamp, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_bucket(CAST(at AS date), scheme);
COMMENT ON FUNCTION stage_bucket(timestamp, stage_scheme) IS 'ordinal (from 1) of the stage that holds the day of a timestamp, NULL when none does';
CREATE FUNCTION stage_bucket(at timestamptz, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	RETURN stage_bucket(CAST(at AS date), scheme);
COMMENT ON FUNCTION stage_bucket(timestamptz, stage_scheme) IS 'ordinal (from 1) of the stage that holds the day of a timestamp in the time zone of the session, NULL when none does';
CREATE FUNCTION stage_bucket(at text, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'stage_bucket_text';
COMMENT ON FUNCTION stage_bucket(text, stage_scheme) IS 'ordinal (from 1) of the stage that holds a year or an ISO date, NULL when none does; what follows a date is ignored, but for BC at the very end; other text is error 22007. portext.stage_bucket(''1995-06-30 08:00+08'') is 3';

CREATE FUNCTION stage_ordinal_label(ordinal integer, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stage_ordinal_label(integer, stage_scheme) IS 'label of the stage with an ordinal (from 1), NULL when there is none such. portext.stage_ordinal_label(2, portext.china_opening_peaks()) is second peak, 1989-1995';

-- The label of the stage that stage_bucket finds.
CREATE FUNCTION stage_label(at smallint, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(smallint, stage_scheme) IS 'label of the stage that stage_bucket(smallint, stage_scheme) finds, NULL when there is none';
CREATE FUNCTION stage_label(at integer, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(integer, stage_scheme) IS 'label of the stage that stage_bucket(integer, stage_scheme) finds, NULL when there is none. portext.stage_label(1995, portext.china_opening_peaks()) is second peak, 1989-1995';
CREATE FUNCTION stage_label(at bigint, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(bigint, stage_scheme) IS 'label of the stage that stage_bucket(bigint, stage_scheme) finds, NULL when there is none';
CREATE FUNCTION stage_label(at date, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(date, stage_scheme) IS 'label of the stage that stage_bucket(date, stage_scheme) finds, NULL when there is none. portext.stage_label(date ''1995-06-30'', portext.china_opening_peaks()) is second peak, 1989-1995';
CREATE FUNCTION stage_label(at timestamp, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(timestamp, stage_scheme) IS 'label of the stage that stage_bucket(timestamp, stage_scheme) finds, NULL when there is none';
CREATE FUNCTION stage_label(at timestamptz, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(timestamptz, stage_scheme) IS 'label of the stage that stage_bucket(timestamptz, stage_scheme) finds, NULL when there is none';
CREATE FUNCTION stage_label(at text, scheme stage_scheme DEFAULT china_border_port_stages()) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN stage_ordinal_label(stage_bucket(at, scheme), scheme);
COMMENT ON FUNCTION stage_label(text, stage_scheme) IS 'label of the stage that stage_bucket(text, stage_scheme) finds, NULL when there is none. portext.stage_label(''1995'', portext.china_opening_peaks()) is second peak, 1989-1995';

CREATE FUNCTION stages(scheme stage_scheme DEFAULT china_border_port_stages())
	RETURNS TABLE(ordinal integer, label text, from_date date, to_date date)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 4 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION stages(stage_scheme) IS 'the stages of a scheme in order: ordinal from 1, label, first day, first day after it; NULL where a stage is open. SELECT * FROM portext.stages()';
CREATE FUNCTION stage_bounds(ordinal integer, scheme stage_scheme DEFAULT china_border_port_stages())
	RETURNS TABLE(from_date date, to_date date)
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT s.from_date, s.to_date FROM stages(stage_bounds.scheme) s WHERE s.ordinal = stage_bounds.ordinal;
END;
COMMENT ON FUNCTION stage_bounds(integer, stage_scheme) IS 'first day of a stage and first day after it, NULL where it is open; no row when the scheme has no stage of this ordinal. SELECT * FROM portext.stage_bounds(3) is 1980-01-01, 2000-01-01';
