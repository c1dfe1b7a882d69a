-- stage_scheme and the functions of stages, as people see them
\pset null NULL
SET search_path = '';
SET datestyle = 'ISO';

-- the two schemes of the paper
SELECT * FROM portext.stages();
SELECT portext.china_opening_peaks();
SELECT * FROM portext.stages(portext.china_opening_peaks());

-- one line, which reads back
SELECT '[,1950) "before 1950"; [1950,1980) "slow opening"; [1980-07-01,) "reform"'::portext.stage_scheme;
SELECT E'  [ , 1950 )\n"before"\t;[1950-01-01,1980-01-01)"a ""quoted"" one; [1,2)"  '::portext.stage_scheme;
SELECT '[4713 BC,44 bc) "a"; [0044-03-15 BC,1) "b"; [1,0476-09-04) "c"; [12024-02-29,5874897-12-31) "满洲里"'::portext.stage_scheme;
SELECT '[,) "always"'::portext.stage_scheme;

-- bad literals name the period
SELECT ''::portext.stage_scheme;
SELECT ' '::portext.stage_scheme;
SELECT '1950'::portext.stage_scheme;
SELECT '[1950,1960) "a"; [1955,1970) "b"'::portext.stage_scheme;
SELECT '[1950,) "a"; [1955,1970) "b"'::portext.stage_scheme;
SELECT '[1950,1960) "a"; [1940,1945) "b"'::portext.stage_scheme;
SELECT '[1950,1960) "a"; [,1945) "b"'::portext.stage_scheme;
SELECT '[1950,1960) ""'::portext.stage_scheme;
SELECT '[1950,1960) "   "'::portext.stage_scheme;
SELECT '[1950,1960) "a"; [1960,1970) "b"; [1970,1980) "a"'::portext.stage_scheme;
SELECT '[1950,1950) "a"'::portext.stage_scheme;
SELECT '[1950,1949-12-31) "a"'::portext.stage_scheme;
SELECT '[1950,99999999999999999999) "a"'::portext.stage_scheme;
SELECT '[0,1950) "a"'::portext.stage_scheme;
SELECT '[4714 BC,1950) "a"'::portext.stage_scheme;
SELECT '[1950,1960] "a"'::portext.stage_scheme;
SELECT '(1950,1960) "a"'::portext.stage_scheme;
SELECT '[1950 1960) "a"'::portext.stage_scheme;
SELECT '[1950;1960) "a"'::portext.stage_scheme;
SELECT '[1950-02-30,1960) "a"'::portext.stage_scheme;
SELECT '[1950-00-00,1960) "a"'::portext.stage_scheme;
SELECT '[1900-02-29,1960) "a"'::portext.stage_scheme;
SELECT '[1950-1,1960) "a"'::portext.stage_scheme;
SELECT '[01-02-03,1960) "a"'::portext.stage_scheme;
SELECT '[-44,1960) "a"'::portext.stage_scheme;
SELECT '[spring,1960) "a"'::portext.stage_scheme;
SELECT '[1950,1960) a'::portext.stage_scheme;
SELECT '[1950,1960)'::portext.stage_scheme;
SELECT '[1950,1960) "a'::portext.stage_scheme;
SELECT '[1950,1960) "a""'::portext.stage_scheme;
SELECT '[1950,1960) "a" [1960,1970) "b"'::portext.stage_scheme;
SELECT '[1950,1960) "a";'::portext.stage_scheme;
SELECT E'[1950,1960) "a\nb"'::portext.stage_scheme;
\set VERBOSITY sqlstate
SELECT '[1950,1960) "a"; [1955,1970) "b"'::portext.stage_scheme;
SELECT (string_agg(format('[%s,%s) "%s"', i, i + 1, i), ';'))::portext.stage_scheme FROM generate_series(1, 10001) i;
\set VERBOSITY default

-- buckets: every type, the edges
SELECT y, portext.stage_bucket(y) AS stage, portext.stage_bucket(y, portext.china_opening_peaks()) AS peak, portext.stage_label(y)
	FROM unnest(ARRAY[-4713, -1, 1, 1949, 1950, 1955, 1956, 1979, 1980, 1989, 1995, 1996, 1999, 2000, 5874897]) y ORDER BY y;
SELECT portext.stage_bucket(1995::smallint), portext.stage_bucket(1995), portext.stage_bucket(1995::bigint), portext.stage_bucket(date '1995-06-30'),
	portext.stage_bucket(timestamp '1995-06-30 23:59'), portext.stage_bucket(timestamptz '1995-06-30 12:00+00'), portext.stage_bucket('1995'), portext.stage_bucket('1995'::varchar);
SELECT portext.stage_bucket(date '1979-12-31'), portext.stage_bucket(date '1980-01-01'), portext.stage_bucket(timestamp '1979-12-31 23:59:59.999999');
SELECT portext.stage_bucket(date 'infinity'), portext.stage_bucket(date '-infinity'), portext.stage_bucket(timestamp 'infinity'),
	portext.stage_bucket(timestamptz '-infinity'), portext.stage_bucket('infinity'), portext.stage_bucket(' -Infinity '),
	portext.stage_bucket(date 'infinity', portext.china_opening_peaks()), portext.stage_bucket(date '-infinity', portext.china_opening_peaks());
-- a year is tested by its first day
SELECT portext.stage_bucket(1980, '[1950,1980-07-01) "to June"; [1980-07-01,) "from July"'), portext.stage_bucket('1980-07-01', '[1950,1980-07-01) "to June"; [1980-07-01,) "from July"'),
	portext.stage_bucket(1950, '[1950-01-02,) "a day late"');
-- the day of a timestamp with time zone is the session's
SET timezone = 'Asia/Shanghai';
SELECT portext.stage_bucket(timestamptz '1979-12-31 20:00+00');
SET timezone = 'UTC';
SELECT portext.stage_bucket(timestamptz '1979-12-31 20:00+00');
-- what clients send as text
SELECT t, portext.stage_bucket(t, '[,1) "BC"; [1,1980) "old"; [1980,) "new"')
	FROM unnest(ARRAY['1979', ' 1980 ', '+1980', '-44', '44 BC', '1979-12-31', '1980-01-01 00:00:00+08', '1980-01-01T00:00:00Z', '1980-01-01+08',
		'0044-03-15 BC', '0044-03-15 12:00:00 BC', '0044-03-15']) WITH ORDINALITY AS u(t, n) ORDER BY n;
SELECT portext.stage_bucket('spring');
SELECT portext.stage_bucket('');
SELECT portext.stage_bucket('1980-06');
SELECT portext.stage_bucket('1980-02-30');
SELECT portext.stage_bucket('01-02-03');
SELECT portext.stage_bucket('1980-06-301');
SELECT portext.stage_bucket('1980 was good');
SELECT portext.stage_bucket('-1980-01-01');
SELECT portext.stage_bucket('99999999999999999999');
SELECT portext.stage_bucket(3000000000);
SELECT portext.stage_bucket(5874898);
SELECT portext.stage_bucket(0);
SELECT portext.stage_bucket(-4714);
\set VERBOSITY sqlstate
SELECT portext.stage_bucket('spring');
SELECT portext.stage_bucket(3000000000);
\set VERBOSITY default
SELECT portext.stage_bucket(NULL::integer), portext.stage_bucket(1995, NULL), portext.stage_label(NULL::text);

-- labels and bounds
SELECT portext.stage_label(date '1995-06-30', portext.china_opening_peaks()), portext.stage_label('1960', portext.china_opening_peaks()), portext.stage_label(1953::smallint);
SELECT n, portext.stage_ordinal_label(n, portext.china_opening_peaks()), b.* FROM generate_series(0, 3) n
	LEFT JOIN LATERAL portext.stage_bounds(n, portext.china_opening_peaks()) b ON true ORDER BY n;
SELECT * FROM portext.stage_bounds(1);

-- equality and casts
SET search_path = portext;
SELECT '[,1950) "a"'::stage_scheme = '[ , 1950-01-01 ) "a"' AS eq, '[,1950) "a"'::stage_scheme <> '[,1950) "b"' AS ne;
SET search_path = '';
CREATE TEMPORARY TABLE s (scheme portext.stage_scheme UNIQUE);
INSERT INTO s VALUES ('[,1950) "a"');
INSERT INTO s VALUES ('[,1950-01-01) "a"');
PREPARE bind(varchar) AS INSERT INTO s VALUES ($1);
EXECUTE bind('[1950,) "b"');
CREATE TEMPORARY TABLE t (scheme text);
INSERT INTO t SELECT scheme FROM s;
SELECT * FROM t ORDER BY scheme;
SELECT scheme LIKE '%' FROM s;

-- binary input: good; later format; truncated at each part; too long; negative length; overlap; empty label; no period
CREATE TEMPORARY TABLE b (scheme portext.stage_scheme);
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000021 01 00000002 80000000 ffffb8aa 00000001 61 ffffb8aa 7fffffff 00000003 e6bba1 ffff) =~ tr/ //dr"' (format binary)
SELECT * FROM b;
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000012 02 00000001 80000000 ffffb8aa 00000001 61 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000000 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000003 010000 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 0000000d 01 00000001 80000000 ffffb8aa ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000012 01 00000001 80000000 ffffb8aa 00000002 61 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000013 01 00000001 80000000 ffffb8aa 00000001 6161 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000012 01 00000001 80000000 ffffb8aa ffffffff 61 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000012 01 7fffffff 80000000 ffffb8aa 00000001 61 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 0000001f 01 00000002 80000000 ffffb8aa 00000001 61 ffffb8a9 7fffffff 00000001 62 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000011 01 00000001 80000000 ffffb8aa 00000000 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000012 01 00000001 80000001 ffffb8aa 00000001 61 ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000012 01 00000001 80000000 ffffb8aa 00000001 ff ffff) =~ tr/ //dr"' (format binary)
\copy b from program 'perl -e "print pack q(H*), q(5047434f50590aff0d0a000000000000000000 0001 00000005 01 00000000 ffff) =~ tr/ //dr"' (format binary)
-- A label of 1000 bytes is the longest, 1000 periods are the most.
SELECT length(format('[,1950) "%s"', repeat('x', 1000))::portext.stage_scheme::text);
SELECT format('[,1950) "%s"', repeat('x', 1001))::portext.stage_scheme;
