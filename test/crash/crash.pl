#!/usr/bin/perl
# crash.pl ROUNDS SEED DIR: kills, waits for the recovery, compares. PG* and CLUSTER point at the server; crash.sh made it.
# What the clients saw committed is in files in DIR, written by psql; what the rows then are, this program works out itself.
use strict;
use warnings;
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep time);

my ($rounds, $seed, $dir) = @ARGV;
my $patience = 900;    # seconds for a recovery
srand($seed);
$| = 1;
my %sum = map { $_ => 0 } 'rows compared', 'roll-up cells compared', 'tables checked by amcheck', 'indexes checked by amcheck';

# --- the server ---

sub run { # run COMMAND...: its output, both streams, and its status
	my $pid = open my $pipe, '-|' // die "fork: $!\n";
	if (!$pid) { open STDERR, '>&', \*STDOUT; exec @_ or exit 127 }
	my @out = <$pipe>;
	close $pipe;
	return (join('', @out), $?);
}

sub psql { return run('psql', '-qXAt', '-v', 'ON_ERROR_STOP=1', '-d', @_) }

sub sql { # sql DATABASE QUERY: its result; dies on an error
	my ($out, $status) = psql($_[0], '-c', $_[1]);
	die "in $_[0]: $_[1]\n$out" if $status;
	chomp $out;
	return $out;
}

sub start { # start FILE COMMAND...: a client in the background that writes what it sees to DIR/FILE
	my $file = shift;
	my $pid = fork // die "fork: $!\n";
	return $pid if $pid;
	open STDOUT, '>', "$dir/$file";
	open STDERR, '>&', \*STDOUT;
	exec @_ or exit 127;
}

sub slurp { open my $in, '<', $_[0] or return ''; local $/; return <$in> // '' }

sub postmaster { return (split /\n/, slurp("$ENV{CLUSTER}/data/postmaster.pid"))[0] }

sub children { # the server's processes: number => title; the dead that nobody reaps are left out
	my ($out) = run('ps', '-o', 'pid=,stat=,args=', '--ppid', $_[0]);
	return map { /^\s*(\d+)\s+[^Z]\S*\s+(.*)/ ? ($1 => $2) : () } split /\n/, $out;
}

sub recoveries { my $n = () = slurp("$ENV{CLUSTER}/log") =~ /database system is ready to accept connections/g; return $n }

sub wait_for { # wait_for WHAT TEST
	my ($what, $test) = @_;
	my $end = time + $patience;
	until ($test->()) { die "$what: not within $patience seconds\n" if time > $end; sleep 0.1 }
}

# kill_one DATABASE: a backend of this database, or any process of the server, or the postmaster. The others end by
# themselves. Says which.
sub kill_one {
	my $database = shift;
	my $postmaster = postmaster();
	my ($choice, $which, $before) = (rand, rand, recoveries());
	my %child = children($postmaster);
	my @victims = $choice < 0.5 ? grep { $child{$_} =~ /^postgres: postgres $database / } sort { $a <=> $b } keys %child : ();
	@victims = sort { $a <=> $b } grep { $child{$_} !~ /logger/ } keys %child if !@victims && $choice < 0.7;
	my $what = 'the server';
	if (@victims)
	{
		my $victim = $victims[ $which * @victims ];
		return kill_one($database) unless stopped($victim);
		kill KILL => $victim;
		$what = $child{$victim} =~ /^postgres: (postgres \w+|\D*\w)/ ? $1 : 'a process without a title';
	}
	else
	{
		kill KILL => $postmaster;
		wait_for('the end of the server', sub { !children_left($postmaster, keys %child) });
		unlink "$ENV{CLUSTER}/data/postmaster.pid";    # where nobody reaps it, the dead server still counts as running
		my @as = $> == 0 ? ('runuser', '-u', 'postgres', '--') : ();
		my $pid = fork // die "fork: $!\n";
		if (!$pid) { chdir '/'; exec @as, 'pg_ctl', '-D', "$ENV{CLUSTER}/data", '-l', "$ENV{CLUSTER}/log", '-o', "-p $ENV{PGPORT}", '-s', '-w', '-t', $patience, 'start' or exit 127 }
		waitpid $pid, 0;
		die "the server did not start again\n" if $?;
	}
	wait_for('the recovery', sub { recoveries() > $before });
	wait_for('the first answer', sub { !(psql('postgres', '-c', 'SELECT 1'))[1] });
	return $what;
}

sub stopped { # stops this process; false when it ended by itself before
	my ($pid, $state) = (shift, '');
	kill STOP => $pid;
	until ($state eq 'T') { ($state) = slurp("/proc/$pid/stat") =~ /\) (\w)/ or return 0; return 0 if $state eq 'Z' }
	return 1;
}

sub children_left { # do any of these run on, or the server itself?
	my ($out) = run('ps', '-o', 'stat=', '-p', join(',', @_));
	return grep { /^[^Z]/ } split /\n/, $out;
}

sub amcheck { # reads every table and index of these databases
	my ($out, $status) = run('pg_amcheck', '--verbose', '--heapallindexed', map { ('-d', $_) } @_);
	die "amcheck: " . join("\n", grep { !/checking (heap|btree)|including database/ } split /\n/, $out) . "\n" if $status;
	$sum{'tables checked by amcheck'} += () = $out =~ /checking heap table/g;
	$sum{'indexes checked by amcheck'} += () = $out =~ /checking btree index/g;
}

sub same { # same WHAT GOT WANTED: both are texts of lines in any order
	my ($what, $got, $wanted) = @_;
	return if $got eq $wanted;
	my %n;
	$n{$_}++ for split /\n/, $got;
	$n{$_}-- for split /\n/, $wanted;
	my @diff = map { ($n{$_} > 0 ? '+ ' : '- ') . $_ } grep { $n{$_} } sort keys %n;
	die "$what:\n", join("\n", @diff[ 0 .. ($#diff < 9 ? $#diff : 9) ]), "\n" if @diff;
}

# --- writers: each transaction is numbered and follows from its number ---

my @progress = (0) x 4;    # by client: how many are committed; 0 is the loader
my @rows     = map { {} } 0 .. 3;    # client => number of a transaction => its rows, [port, month, measure, value]

sub operation { return $_[0] % 10 == 5 ? 'border' : (qw(insert insert update delete))[ $_[0] % 4 ] }

sub statement {
	my ($k, $n) = @_;
	my $own = "source = '$k'";
	return {
		insert => "INSERT INTO portext.local_flow (port_code, period_from, period_to, direction, measure, value, note, source)
			SELECT 'p' || 1 + ($n + i) % 3, make_date(2021, 1 + $n * i % 5, 1), make_date(2021, 2 + $n * i % 5, 1), 'in', CASE WHEN $k = 3 THEN 'own' ELSE 'm' || ($n + i) % 3 END, $n + i / 4.0, '$n', '$k'
			FROM generate_series(1, 6) i",
		update => "UPDATE portext.local_flow SET value = value + 0.25 WHERE $own AND note::integer % 3 = $n % 3",
		delete => "DELETE FROM portext.local_flow WHERE $own AND note::integer < $n - 60",
		border => "UPDATE portext.local_port SET neighbour_iso2 = (ARRAY['CA', 'MX'])[1 + $n / 10 % 2] WHERE port_code = 'p$k'",
	}->{ operation($n) };
}

sub replay { # what this transaction does to the rows
	my ($k, $n) = @_;
	my ($rows, $op) = ($rows[$k], operation($n));
	if ($op eq 'insert') { $rows->{$n} = [ map { [ 'p' . (1 + ($n + $_) % 3), 1 + $n * $_ % 5, $k == 3 ? 'own' : 'm' . ($n + $_) % 3, $n + $_ / 4 ] } 1 .. 6 ] }
	if ($op eq 'delete') { delete @$rows{ grep { $_ < $n - 60 } keys %$rows } }
	for my $of ($op eq 'update' ? grep { $_ % 3 == $n % 3 } keys %$rows : ()) { $_->[3] += 0.25 for @{ $rows->{$of} } }
	if ($k == 3) { $_->[3] += 1 for map { @$_ } values %$rows }
}

# A client of its own cells does much in one transaction; the others meet in the same cells, so a single statement each.
sub script {
	my ($k, $from) = @_;
	my $text = '';
	for my $n ($from + 1 .. $from + 2000)
	{
		$text .= "BEGIN;\n" . statement($k, $n) . ";\n";
		$text .= "SAVEPOINT s; DELETE FROM portext.local_flow WHERE source = '3'; ROLLBACK TO s;\nUPDATE portext.local_flow SET value = value + 1 WHERE source = '3';\n" if $k == 3;
		$text .= "UPDATE progress SET n = $n WHERE client = $k;\nCOMMIT;\n\\echo committed $n\n";
		$text .= "BEGIN; DELETE FROM portext.local_flow WHERE source = '$k'; ROLLBACK;\n" if $n % 7 == 0;
	}
	open my $out, '>', "$dir/client$k.sql" or die "$dir/client$k.sql: $!\n";
	print $out $text;
}

sub seen { # the last transaction that this client saw committed
	my ($k, $text) = ($_[0], slurp("$dir/client$_[0]"));
	die "client $k: $text\n" if $text =~ /ERROR:/;
	return $text =~ /.*^committed (\d+)$/ms ? $1 : $progress[$k];
}

sub check_rows {
	for my $k (1 .. 3)
	{
		my $n = sql('work', "SELECT n FROM progress WHERE client = $k");
		my $seen = seen($k);
		die "client $k saw $seen committed, and $n are there\n" if $n < $seen || $n > $seen + 1;
		replay($k, $_) for $progress[$k] + 1 .. $n;
		$progress[$k] = $n;
		my @wanted = map { my $of = $_; map { join '|', $of, @$_ } @{ $rows[$k]{$of} } } keys %{ $rows[$k] };
		same("rows of client $k", sql('work', "SELECT note, port_code, extract(month FROM period_from), measure, trim_scale(value) FROM portext.local_flow WHERE source = '$k'"), join("\n", @wanted));
		same("port of client $k", sql('work', "SELECT neighbour_iso2 FROM portext.local_port WHERE port_code = 'p$k'"), border($k));
		$sum{'rows compared'} += @wanted;
	}
}

sub border { # set by the last transaction that sets it
	my $k = shift;
	my ($last) = grep { operation($_) eq 'border' } reverse 1 .. $progress[$k];
	return defined $last ? (qw(CA MX))[ int($last / 10) % 2 ] : 'CA';
}

sub check_rollups {
	my $cells = sql('work', 'TABLE kept');
	same('roll-ups', $cells, sql('work', 'TABLE wanted'));
	$sum{'roll-up cells compared'} += () = $cells =~ /^./mg;
}

sub writing {
	my @pids = map { script($_, $progress[$_]); start("client$_", 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'work', '-f', "$dir/client$_.sql") } 1 .. 3;
	sleep 0.1 + rand 1.5;
	my $what = kill_one('work');
	waitpid $_, 0 for @pids;
	check_rows();
	return $what;
}

# --- loader: a file is loaded whole or not at all; each version of it has other values ---

my $file_rows = 3000;

sub load_file {
	my $version = shift;
	open my $out, '>', "$dir/load.csv" or die "$dir/load.csv: $!\n";
	print $out "port,period,direction,measure,value\n";
	printf $out "p%d,%d-%02d-%02d,out,loaded,%d\n", 1 + $_ % 3, 2000 + $_ / 336, 1 + $_ / 28 % 12, 1 + $_ % 28, $_ * 10 + $version for 0 .. $file_rows - 1;
}

sub loading {
	my $version = $progress[0] + 1;
	load_file($version);
	my $pid = start('load', 'sh', '-c', "psql -qX -d work -v file=$dir/load.csv -f sql/load/flows_csv.sql && echo loaded && psql -qX -d work -c 'SELECT portext.rebuild_local_rollup()'");
	sleep rand 1.2;
	my $what = kill_one('work');
	waitpid $pid, 0;
	my $values = sql('work', "SELECT value FROM portext.local_flow WHERE source = 'csv-flows_csv'");
	my $is = sub { my $v = shift; return $v ? join "\n", map { $_ * 10 + $v } 0 .. $file_rows - 1 : '' };
	if (slurp("$dir/load") =~ /^loaded/m || eval { same('', $values, $is->($version)); 1 }) { $progress[0] = $version }
	same('rows of the load', $values, $is->($progress[0]));
	$sum{'rows compared'} += $file_rows if $progress[0];
	return $what;
}

# --- CREATE, UPDATE and DROP: done or not done ---

# Everything of the extension in a database: its version, its members, and the rows of its views and local tables.
sub whole {
	my $database = shift;
	my $members = sql($database, "SELECT extversion FROM pg_extension WHERE extname = 'portext'
		UNION ALL SELECT pg_describe_object(classid, objid, 0) FROM pg_depend WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'portext')
		UNION ALL SELECT 'left over: ' || proname FROM pg_proc WHERE probin ~ 'portext' AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'portext')
		UNION ALL SELECT 'left over: schema' FROM pg_namespace WHERE nspname = 'portext' AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'portext')");
	return '' if $members eq '';
	my $queries = sql($database, "SELECT format('SELECT %L, v::text FROM portext.%I v;', relname, relname) FROM pg_class WHERE relnamespace = to_regnamespace('portext') AND (relkind = 'v' OR relkind = 'r' AND relname ~ '^local')");
	open my $out, '>', "$dir/views.sql" or die "$dir/views.sql: $!\n";
	print $out $queries, "\n";
	close $out;
	my ($rows, $status) = psql($database, '-f', "$dir/views.sql");
	die "views of $database: $rows" if $status;
	$sum{'rows compared'} += () = $rows =~ /\n/g;
	return join "\n", sort split /\n/, "$members\n$rows";
}

my %ddl = (    # statement, database before, database after
	creating => [ 'CREATE EXTENSION portext', 'crash_gis', 'crash_new' ],
	updating => [ 'ALTER EXTENSION portext UPDATE', 'crash_old', 'crash_updated' ],
	dropping => [ 'DROP EXTENSION portext CASCADE', 'crash_used', 'crash_dropped' ],
);
my (%whole, %lasts);

sub ddl {
	my ($statement, $before, $after) = @{ $ddl{ $_[0] } };
	$whole{$_} //= whole($_) for $before, $after;
	my $fresh = sub { sql('postgres', $_) for 'DROP DATABASE IF EXISTS ddl', "CREATE DATABASE ddl TEMPLATE $before" };
	$fresh->();
	unless ($lasts{$statement}) { my $start = time; sql('ddl', $statement); $lasts{$statement} = time - $start; $fresh->() }
	my $pid = start('ddl', 'psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-d', 'ddl', '-c', $statement, '-c', '\echo committed');
	sleep 1.1 * rand $lasts{$statement};
	my $what = kill_one('ddl');
	waitpid $pid, 0;
	my $done = slurp("$dir/ddl") =~ /^committed$/m || sql('ddl', "SELECT extversion FROM pg_extension WHERE extname = 'portext'") ne sql($before, "SELECT extversion FROM pg_extension WHERE extname = 'portext'");
	$sum{ $done ? "statements that were done all the same" : "statements undone by the crash" }++;
	same($done ? "after $statement" : "$statement undone", whole('ddl'), $whole{ $done ? $after : $before });
	unless ($done) { sql('ddl', $statement); same("$statement again", whole('ddl'), $whole{$after}) }
	amcheck('ddl');
	return $what;
}

# --- rounds ---

my ($passed, $failed) = (0, 0);
my @kinds = qw(writing loading creating writing updating dropping);
for my $round (1 .. $rounds)
{
	my $kind = $kinds[ ($round - 1) % @kinds ];
	my $what = eval {
		my $killed = $kind eq 'writing' ? writing() : $kind eq 'loading' ? loading() : ddl($kind);
		check_rollups();
		amcheck('work');
		$killed;
	};
	if (defined $what) { $passed++; $sum{"killed while $kind"}++; $sum{"killed: $what"}++ }
	print "round $round: $kind ... ", defined $what ? "ok, killed: $what\n" : "FAILED\n$@";
	$failed++ unless defined $what;
}
$sum{'recoveries'} = recoveries() - 1;
printf "%9d %s\n", $sum{$_}, $_ for sort keys %sum;
print "$passed passed, $failed failed\n";
exit($failed || !$passed ? 1 : 0);
