#!/usr/bin/perl
# Runs every ```sql block of README.md and compares what psql prints with the plain block that follows it. The blocks
# share one database, in order. The reference tables are made from the comments in the catalog, and compared too.
# README_UPDATE=1 writes what was printed into README.md instead, for a person to read before it is committed.
use strict;
use warnings;

my ($n, $bad) = (0, 0);

sub ok
{
	my ($good, $name, @why) = @_;
	$n++;
	print $good ? "" : "not ", "ok $n - $name\n";
	return if $good;
	$bad++;
	print "# $_\n" for map { split /\n/ } @why;
}

sub psql
{
	my ($database, $sql, @options) = @_;
	open my $pipe, '>', "build/readme.sql" or die "build/readme.sql: $!";
	print $pipe $sql;
	close $pipe;
	my $out = `psql -X @options -d $database 2>&1 <build/readme.sql`;
	$out =~ s/[ \t]+$//mg;
	$out =~ s/\n+\z/\n/;
	return $out;
}

mkdir 'build';
open my $file, '<', 'README.md' or die "README.md: $!";
my $text = do { local $/; <$file> };
my $database = 'readme';
psql('postgres', "DROP DATABASE IF EXISTS $database;\nCREATE DATABASE $database TEMPLATE template0;", '-q');
psql($database, "CREATE EXTENSION postgis;", '-q');

my $update = $ENV{README_UPDATE};
my $first;
my $new = '';
while ($text =~ /\G(.*?)^```sql\n(.*?)^```\n(?:\n```\n(.*?)^```\n)?/gcms)
{
	my ($before, $sql, $wanted) = ($1, $2, $3);
	my $line = 1 + (substr($text, 0, $-[2]) =~ tr/\n//);
	$first //= $line;
	my $got = psql($database, $sql);
	$new .= "$before```sql\n$sql```\n";
	if (defined $wanted)
	{
		$new .= "\n```\n" . ($update ? $got : $wanted) . "```\n";
		(my $trimmed = $wanted) =~ s/[ \t]+$//mg;
		ok($update ? $got !~ m{^ERROR}m : $got eq $trimmed, "README line $line", "printed:", $got, "README:", $wanted);
	}
	else
	{
		ok($got !~ /^(ERROR|FATAL|psql):/m, "README line $line runs", $got);
	}
}
$new .= substr($text, pos($text) // 0);
if ($update)
{
	open my $out, '>', 'README.md' or die "README.md: $!";
	print $out $new;
	close $out;
}
ok(defined $first && $first <= 60, "the first query stands by line 60", "line " . ($first // 'none'));

# The reference: a line <!-- reference: NAME --> stands before each table.
my $function = <<'SQL';
WITH own AS (
	SELECT p.*, obj_description(p.oid, 'pg_proc') AS comment,
		p.proname || '(' || coalesce(array_to_string(coalesce(p.proargnames[1:p.pronargs],
			ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS t)), ', '), '') || ')' AS signature
	FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
		JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'portext'
	-- Support functions of types, operators, casts, operator classes and aggregates are nothing to call.
	WHERE NOT EXISTS (SELECT FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend))
		AND NOT EXISTS (SELECT FROM pg_operator o WHERE p.oid IN (o.oprcode, o.oprrest, o.oprjoin) AND p.proname ~ '_(eq|ne|lt|le|gt|ge)$')
		AND NOT EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = p.oid)
		AND NOT EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (a.aggtransfn, a.aggcombinefn) OR p.oid = a.aggfinalfn AND p.proname ~ '_final$')
		AND NOT EXISTS (SELECT FROM pg_cast c WHERE c.castfunc = p.oid)
		AND p.prorettype <> 'trigger'::regtype
), grouped AS (
	SELECT CASE
			WHEN proname ~ '^(svg|qgis|tile)_|^require_' AND proname !~ '^svg_(map|opening_chart|stage_chart|share_bars|lorenz)$' THEN 'parts'
			WHEN proname ~ '^svg_|_tile$|qgis' THEN 'pictures'
			WHEN proname ~ '_flow$|_states_view$' THEN 'scale'
			WHEN proname ~ '^load_|rollup|^local_' AND prokind <> 'a' THEN 'loading'
			WHEN proname ~ '_version$' THEN 'versions'
			WHEN proname ~ '^mode_|^classify_mode' OR proargtypes[0] = 'portext.port_mode'::regtype THEN 'modes'
			WHEN proname ~ '^stage|^china_' THEN 'stages'
			WHEN prokind IN ('a', 'w') THEN 'aggregates'
			WHEN 'portext.composition'::regtype = ANY (proargtypes::oid[]) OR 'portext.composition[]'::regtype = ANY (proargtypes::oid[])
				OR proname ~ '^composition' THEN 'compositions'
			ELSE 'numbers'
		END AS part, *
	FROM own
)
SELECT DISTINCT ON (signature) format('| `%s` | %s | %s |', signature,
	regexp_replace(replace(pg_get_function_result(oid), 'double precision', 'float8'), '^TABLE', 'table '),
	replace(regexp_replace(CASE WHEN comment ~ '^\{' THEN comment::json ->> 'description' ELSE regexp_replace(comment, '\(\w+, stage_scheme\)', '') END,
		'( ?Example: |[.:]? portext\.|\. SELECT |\. ' || proname || '\().*$', ''), '|', '\|'))
FROM grouped WHERE part = 'PART' ORDER BY signature, oid;
SQL
my $relation = <<'SQL';
SELECT format('| `%s` | %s |', c.relname, replace(regexp_replace(obj_description(c.oid, 'pg_class'), '(; |\. |: one row per |: WHERE).*$', ''), '|', '\|'))
FROM pg_class c WHERE c.relnamespace = 'portext'::regnamespace AND c.relkind = 'KIND' ORDER BY c.relname;
SQL
my $operator = <<'SQL';
SELECT format('| `%s %s %s` | %s | %s |', o.oprleft::regtype, replace(o.oprname, '|', '\|'), o.oprright::regtype, replace(o.oprresult::regtype::text, 'double precision', 'float8'), obj_description(o.oid, 'pg_operator'))
FROM pg_operator o WHERE o.oprnamespace = 'portext'::regnamespace AND o.oprname !~ '^[<>=]' ORDER BY o.oprname, o.oprright::regtype::text;
SQL
my %seen;
open $file, '<', 'README.md' or die "README.md: $!";
$text = do { local $/; <$file> };
for my $part ($text =~ /^<!-- reference: (\w+) -->$/mg)
{
	my $sql = $part eq 'views' ? $relation =~ s/KIND/v/r : $part eq 'tables' ? $relation =~ s/KIND/r/r
		: $part eq 'operators' ? $operator : $function =~ s/PART/$part/r;
	my $rows = psql($database, "SET search_path = portext, public;\n$sql", '-qAt');
	$rows = join(', ', $rows =~ /`(\w+)\(/g) . ".\n" if $part eq 'parts';
	$rows =~ s/(\w+)(?=[,.])/`$1`/g if $part eq 'parts';
	$seen{$part} = 1;
	ok($rows =~ /\w/ && $rows !~ /ERROR/, "reference of $part has rows", $rows);
	if ($update)
	{
		$part eq 'parts' ? $text =~ s/(^<!-- reference: $part -->\n\n).*?\n(?=\n)/$1$rows/ms
			: $text =~ s/(^<!-- reference: $part -->\n\n\|[^\n]*\n\|[^\n]*\n)(?:\|[^\n]*\n)*/$1$rows/ms;
		next;
	}
	my ($is) = $part eq 'parts' ? $text =~ /^<!-- reference: $part -->\n\n(.*?\n)\n/ms
		: $text =~ /^<!-- reference: $part -->\n\n\|[^\n]*\n\|[^\n]*\n((?:\|[^\n]*\n)*)/ms;
	my %have = map { $_ => 1 } split /\n/, $is // '';
	my @missing = grep { !delete $have{$_} } split /\n/, $rows;
	ok(!@missing && !%have, "reference of $part", map({ "missing: $_" } @missing), map({ "too much: $_" } sort keys %have));
}
ok($seen{$_}, "there is a reference of $_")
	for qw(modes stages aggregates compositions operators numbers loading scale pictures parts versions views tables);
if ($update)
{
	open my $out, '>', 'README.md' or die "README.md: $!";
	print $out $text;
	close $out;
}

psql('postgres', "DROP DATABASE $database;", '-q');
unlink 'build/readme.sql';
print "1..$n\n";
exit($bad ? 1 : 0);
