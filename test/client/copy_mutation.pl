#!/usr/bin/perl
# Binary values of all three types, changed at random, through COPY: each is refused with an error of bad input, or is
# a value that reads back from its own text and is sent as the bytes that came. MUTATIONS=N changes each type N times,
# SEED=N in another way.
use strict;
use warnings;
use File::Temp 'tempdir';

my $count = $ENV{MUTATIONS} // 500;
my $seed = $ENV{SEED} // 1;
my $db = "copy_mutation_$$";
my $dir = tempdir(CLEANUP => 1);
my ($tests, $bad) = (0, 0);
srand($seed);

sub ok
{
	my ($passed, $name, @why) = @_;
	$tests++;
	$bad++ unless $passed;
	print $passed ? 'ok' : 'not ok', " $tests - $name\n";
	print map { "# $_\n" } @why[0 .. ($#why > 19 ? 19 : $#why)] unless $passed;
}

sub psql
{
	my ($database, @arguments) = @_;
	open my $out, '-|', 'sh', '-c', 'exec psql "$@" 2>&1', 'psql', '-qXAt', '-d', $database, @arguments or die "psql: $!";
	local $/;
	my $text = <$out>;
	close $out;
	return $text;
}

sub slurp
{
	open my $in, '<:raw', $_[0] or die "$_[0]: $!";
	local $/;
	return scalar <$in>;
}

# The values of a binary copy of one column.
sub values_of
{
	my $bytes = slurp($_[0]);
	my ($at, @values) = (19);
	while (unpack('n', substr $bytes, $at, 2) != 0xFFFF)
	{
		my $size = unpack 'N', substr $bytes, $at + 2, 4;
		push @values, substr $bytes, $at + 6, $size;
		$at += 6 + $size;
	}
	return @values;
}

# One value, changed in one to four ways; pieces may come from another.
sub mutate
{
	my ($value, $other) = @_;
	for (0 .. int rand 4)
	{
		my $at = int rand(length($value) + 1);
		my $kind = int rand 8;
		if ($kind == 0) { substr($value, $at, 1) = chr int rand 256 if $at < length $value }
		elsif ($kind == 1) { substr($value, $at, 1) ^= chr(1 << int rand 8) if $at < length $value }
		elsif ($kind == 2) { $value = substr $value, 0, $at }
		elsif ($kind == 3) { substr($value, $at, 0) = chr(int rand 256) x (1 + int rand 4) }
		elsif ($kind == 4) { substr($value, $at, 1 + int rand 4) = '' if $at < length $value }
		elsif ($kind == 5) { substr($value, $at, 4) = pack 'N', (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, length $value)[int rand 6] if $at + 4 <= length $value }
		elsif ($kind == 6) { my $from = int rand(length($other) + 1); substr($value, $at, int rand 9) = substr $other, $from, int rand 9 if $at < length $value }
		else { substr($value, $at, 0) = substr $value, int rand(length($value) + 1), int rand 17 }
	}
	return $value;
}

psql('postgres', '-c', "CREATE DATABASE $db");
psql($db, '-c', 'SET client_min_messages = warning', '-c', 'CREATE EXTENSION portext CASCADE');
psql($db, '-c', "SET search_path = portext", '-c', "CREATE TABLE public.port_mode AS SELECT mode FROM unnest(ARRAY['PP', 'CPPC', 'CPC', 'CC']::port_mode[]) AS mode",
	'-c', q{CREATE TABLE public.stage_scheme AS SELECT china_border_port_stages() AS s UNION ALL SELECT china_opening_peaks() UNION ALL SELECT '[,) "后"'
		UNION ALL SELECT '[4713 BC,0044-03-15 BC) "a ""b"""; [2000-02-29,2000-03-01) "day"; [5874897,) "end"'},
	'-c', q{CREATE TABLE public.composition (c composition)},
	'-c', q{INSERT INTO public.composition VALUES ('{}'), ('[0]'), ('[1, 2.5, 2.5]'), ('[5e-324, 1e308, 0.5e0]'), ('[0.1e0, 0.2e0]'), ('{"満": 1, "é": 0.1, "": 0}'), ('{7: 1e-300, -7: 1e300, 0: 0e0}'),
		('{"a": 0.1e0+0.7e0}'), ('{"a": 1e300}'), ('{"a": 123456789012345678901234567890123456789012345.125, "b": 0.5}'), ('{1: 5, 2: 70000, 5000000000: 3}'), ('{"a": 2.6e-18, "b": 0e0}')});

for my $type (qw(port_mode stage_scheme composition))
{
	psql($db, '-c', "\\copy $type to '$dir/$type' (format binary)");
	my @values = values_of("$dir/$type");
	psql($db, '-c', "CREATE TABLE got (v portext.$type)", '-c', 'CREATE TABLE came (b text)');
	open my $script, '>', "$dir/script" or die;
	for my $n (1 .. $count)
	{
		my $value = mutate(map { $values[int rand @values] } 1, 2);
		open my $out, '>:raw', "$dir/$n" or die;
		print $out "PGCOPY\n\xFF\r\n\0", pack('NNnN', 0, 0, 1, length $value), $value, "\xFF\xFF";
		close $out;
		# \copy does not say whether it was refused: the rows do.
		print $script "\\copy got from '$dir/$n' (format binary)\n",
			"INSERT INTO came SELECT '", unpack('H*', $value), "' WHERE (SELECT count(*) FROM got) > (SELECT count(*) FROM came);\n";
	}
	close $script;
	my %refused;
	$refused{$_}++ for map { /ERROR:  (\S+)/ ? $1 : $_ } split /\n/, psql($db, '-v', 'VERBOSITY=sqlstate', '-f', "$dir/script");
	my $taken = psql($db, '-c', 'SELECT count(*) FROM came');
	chomp $taken;
	print "# $type, seed $seed: $count changed, $taken taken, refused: ", join(', ', map { "$refused{$_} $_" } sort keys %refused), "\n";
	my $refused = 0;
	$refused += $_ for values %refused;
	ok($taken + $refused == $count && $refused > $count / 10, "$type: every changed value is refused or taken");
	ok(!grep({ !/^(22P02|22P03|22021|08P01|0A000|22003|54000)$/ } keys %refused), "$type: every refusal is one of bad input", keys %refused);
	ok(psql($db, '-c', "SELECT v FROM got WHERE v::text::portext.$type OPERATOR(portext.<>) v") eq '', "$type: it reads back from its text");
	ok(psql($db, '-c', "SELECT b FROM came EXCEPT ALL SELECT encode(portext.${type}_send(v), 'hex') FROM got") eq '', "$type: it is sent as the bytes that came");
	psql($db, '-c', 'DROP TABLE got, came');
}
psql('postgres', '-c', "DROP DATABASE $db");
print "1..$tests\n";
exit($bad ? 1 : 0);
