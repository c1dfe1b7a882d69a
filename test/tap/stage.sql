-- laws of stage_scheme over generated schemes: order, hash, round trips, buckets against plain date arithmetic
SET client_min_messages = warning;
SET search_path = portext, public;
SELECT no_plan();

-- 300 schemes from a fixed sequence: 1 to 6 periods between cut days, open ends, gaps, quotes and Chinese in labels
CREATE TABLE cut AS
	SELECT s, p, date '1600-01-01' + ((s * 7919 + p * p * 104729 + p * 31) % 250)::integer + p * 36500 - CASE WHEN s % 11 = 0 THEN 900000 ELSE 0 END AS day
	FROM generate_series(1, 300) s, generate_series(0, 2 * (s % 6) + 1) p;
UPDATE cut SET day = date_trunc('year', day)::date WHERE (s + p) % 3 = 0;
CREATE TABLE period AS
	SELECT a.s, a.p / 2 AS n, CASE WHEN a.p = 0 AND a.s % 4 = 0 THEN NULL ELSE a.day END AS from_date,
		CASE WHEN b.p = 2 * (a.s % 6) + 1 AND a.s % 5 = 0 THEN NULL
			WHEN a.s % 7 = 0 AND c.day IS NOT NULL THEN c.day ELSE b.day END AS to_date,
		(ARRAY['plain', 'with "quotes"', '满洲里', '; [1,2)', 'it''s', ' a\b '])[(a.s + a.p / 2) % 6 + 1] || a.p AS label
	FROM cut a JOIN cut b ON b.s = a.s AND b.p = a.p + 1 LEFT JOIN cut c ON c.s = a.s AND c.p = a.p + 2
	WHERE a.p % 2 = 0;
CREATE INDEX ON period (s);
ANALYZE period;
CREATE TABLE scheme AS
	SELECT s, string_agg(format('[%s,%s) "%s"', from_date, to_date, replace(label, '"', '""')), ';' ORDER BY n)::stage_scheme AS scheme
	FROM period GROUP BY s;
ANALYZE scheme;

SELECT is((SELECT count(*) FROM scheme), 300::bigint, 'every generated scheme is accepted');
SELECT is((SELECT count(*) FROM scheme WHERE scheme::text::stage_scheme <> scheme OR scheme::text::stage_scheme::text <> scheme::text), 0::bigint, 'text round trip');
SELECT results_eq('SELECT s, t.ordinal - 1, t.label, t.from_date, t.to_date FROM scheme, stages(scheme) t ORDER BY 1, 2',
	'SELECT s, n, label, from_date, to_date FROM period ORDER BY 1, 2', 'stages gives back what was put in');
SELECT is((SELECT count(*) FROM scheme a, scheme b WHERE stage_scheme_cmp(a.scheme, b.scheme) <> -stage_scheme_cmp(b.scheme, a.scheme)), 0::bigint, 'cmp is antisymmetric');
SELECT is((SELECT count(*) FROM scheme a, scheme b WHERE (stage_scheme_cmp(a.scheme, b.scheme) = 0) <> (a.scheme::text = b.scheme::text)), 0::bigint, 'equal means equal text');
SELECT is((SELECT count(*) FROM scheme a, scheme b
	WHERE (a.scheme = b.scheme) <> (stage_scheme_cmp(a.scheme, b.scheme) = 0) OR (a.scheme <> b.scheme) <> (stage_scheme_cmp(a.scheme, b.scheme) <> 0)
		OR (a.scheme < b.scheme) <> (stage_scheme_cmp(a.scheme, b.scheme) < 0) OR (a.scheme <= b.scheme) <> (stage_scheme_cmp(a.scheme, b.scheme) <= 0)
		OR (a.scheme > b.scheme) <> (stage_scheme_cmp(a.scheme, b.scheme) > 0) OR (a.scheme >= b.scheme) <> (stage_scheme_cmp(a.scheme, b.scheme) >= 0)),
	0::bigint, 'the operators agree with cmp');
SELECT is((SELECT count(*) FROM (SELECT lag(scheme) OVER (ORDER BY scheme) AS before, scheme FROM scheme) o WHERE before > scheme), 0::bigint, 'ORDER BY is ascending');
SELECT is((SELECT count(*) FROM scheme WHERE stage_scheme_hash(scheme) <> stage_scheme_hash(scheme::text::stage_scheme)
	OR stage_scheme_hash_extended(scheme, 42) <> stage_scheme_hash_extended(scheme::text::stage_scheme, 42)), 0::bigint, 'equal schemes hash alike');
SELECT is((SELECT count(*) FROM scheme WHERE (stage_scheme_hash_extended(scheme, 0) & 4294967295) <> (stage_scheme_hash(scheme)::bigint & 4294967295)),
	0::bigint, 'the extended hash with seed 0 ends in the hash');
SELECT ok((SELECT count(DISTINCT stage_scheme_hash(scheme)) > 250 FROM scheme), 'hashes differ');

-- buckets against plain date comparison
CREATE TABLE day AS SELECT DISTINCT d + k AS d FROM (SELECT from_date FROM period UNION SELECT to_date FROM period) b(d), generate_series(-1, 1) k WHERE d IS NOT NULL;
SELECT is((SELECT count(*) FROM (SELECT * FROM scheme WHERE s % 10 = 3) s, day
	WHERE stage_bucket(d, scheme) IS DISTINCT FROM
		(SELECT p.n + 1 FROM period p WHERE p.s = s.s AND (from_date IS NULL OR from_date <= d) AND (to_date IS NULL OR d < to_date))),
	0::bigint, 'stage_bucket is first day <= day < day after');
SELECT is((SELECT count(*) FROM generate_series(-4712, 3000, 7) y, china_border_port_stages() s
	WHERE y <> 0 AND stage_bucket(y, s) IS DISTINCT FROM stage_bucket(make_date(y, 1, 1), s)), 0::bigint, 'a year is its first day');
SELECT is((SELECT count(*) FROM scheme, generate_series(1, 5) k, day WHERE s = k * 11 AND d > '0001-01-01'
		AND (stage_bucket(d::text, scheme) IS DISTINCT FROM stage_bucket(d, scheme) OR stage_bucket(d::timestamp::text, scheme) IS DISTINCT FROM stage_bucket(d, scheme))),
	0::bigint, 'text of a date or timestamp as the date itself');
SELECT is((SELECT count(*) FROM scheme, day WHERE s % 11 = 0 AND d < '0001-01-01' AND stage_bucket(d::text, scheme) IS DISTINCT FROM stage_bucket(d, scheme)), 0::bigint, 'and before Christ');
SELECT is((SELECT count(*) FROM day WHERE d < '0001-01-01') > 0, true, 'of which there are some');

-- every day of 9 years around a century and of 3 around the change of era: the calendar is the server's
SELECT is((SELECT count(*) FROM (SELECT date '1896-01-01' + i AS d FROM generate_series(0, 3300) i UNION ALL SELECT date '0002-01-01 BC' + i FROM generate_series(0, 1100) i
			UNION ALL SELECT date '1999-01-01' + i FROM generate_series(0, 800) i) c,
		format('[,%s) "a"', d) f, stages(f::stage_scheme) t WHERE t.to_date <> d), 0::bigint, 'every day reads as the server reads it');
SELECT is((SELECT count(*) FROM (SELECT date '1896-01-01' + i AS d FROM generate_series(0, 3300) i UNION ALL SELECT date '0002-01-01 BC' + i FROM generate_series(0, 1100) i) c,
		format('[,%s) "a"', d) f WHERE f::stage_scheme::text <> f AND f::stage_scheme::text <> format('[,%s) "a"', regexp_replace(ltrim(d::text, '0'), '-01-01', ''))),
	0::bigint, 'and writes as the server writes it, or as a year');
SELECT is((SELECT t.from_date::text || ' ' || t.to_date FROM stages('[4714-11-24 BC,5874897-12-31) "all"') t), '4714-11-24 BC 5874897-12-31', 'the ends of the calendar');

-- storage: toasted, short header, indexes, aggregates by group
CREATE TABLE big AS SELECT string_agg(format('[%s,%s) "%s"', i, i + 1, repeat('长', 300) || i), '; ' ORDER BY i)::stage_scheme AS scheme
	FROM generate_series(1, 20) i;
INSERT INTO big SELECT string_agg(format('[%s,%s) "%s"', i, i + 1, md5(i::text)), '; ' ORDER BY i)::stage_scheme FROM generate_series(1, 1000) i;
SELECT is((SELECT count(*) FROM big WHERE scheme::text::stage_scheme = scheme AND stage_bucket(5, scheme) = 5), 2::bigint, 'compressed and out of line');
SELECT is((SELECT count(*) FROM (SELECT scheme FROM scheme UNION SELECT scheme::text::stage_scheme FROM scheme) u), (SELECT count(DISTINCT scheme::text) FROM scheme), 'UNION removes equal ones');
CREATE INDEX ON scheme USING hash (scheme);
SET enable_seqscan = off;
SELECT is((SELECT count(*) FROM scheme a WHERE scheme = (SELECT scheme FROM scheme WHERE s = 17)), 1::bigint, 'found by hash index');
RESET enable_seqscan;
CREATE TABLE parted (scheme stage_scheme) PARTITION BY HASH (scheme);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parted SELECT scheme FROM scheme;
SELECT ok((SELECT count(*) FROM parted_0) BETWEEN 100 AND 200, 'hash partitions share the rows');

-- volatility and marks
SELECT is(stage_ordinal_label(n), label, 'label of the reference data, stage ' || n)
	FROM (VALUES (1, 'pre-1949: passive to active opening'), (2, '1950-1979: slow opening, concentrated in the northeast'),
		(3, '1980-1999: rapid opening, turning west'), (4, 'post-2000: steady growth, opening on all sides')) v(n, label) ORDER BY n;
SELECT is((SELECT string_agg(DISTINCT provolatile::text, '') FROM pg_proc WHERE proname IN ('stage_bucket', 'stage_label') AND proargtypes[0] = 'timestamptz'::regtype), 's', 'timestamptz is STABLE');
SELECT is((SELECT string_agg(DISTINCT provolatile::text, '') FROM pg_proc WHERE proname IN ('stage_bucket', 'stage_label') AND proargtypes[0] <> 'timestamptz'::regtype), 'i', 'all else IMMUTABLE');
SELECT throws_ok($$ SELECT '[1950,1960) "a"; [1955,1970) "b"'::portext.stage_scheme $$, '22P02', NULL, 'overlap is 22P02');
SELECT throws_ok($$ SELECT portext.stage_bucket('spring') $$, '22007', NULL, 'bad text is 22007');
SELECT throws_ok($$ SELECT portext.stage_bucket(3000000000) $$, '22008', NULL, 'a year outside int4 is 22008');
SELECT throws_ok($$ SELECT portext.stage_bucket('3000000000') $$, '22008', NULL, 'as text too');
SELECT throws_ok(format('SELECT %L::portext.stage_scheme', repeat('满', 300)), '22P02', 'invalid input syntax for type stage_scheme: "' || repeat('满', 66) || '..."', 'a message shows the beginning of a long text');

SELECT * FROM finish();
