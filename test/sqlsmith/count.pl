#!/usr/bin/perl
# count.pl WANTED STATUS DIR LOG: judges one lot of statements by what sqlsmith said (DIR/said) and by the server's log,
# and adds its figures to DIR/counts. count.pl total DIR: prints these.
use strict;
use warnings;

my ($wanted, $status, $dir, $log) = @ARGV;
if ($wanted eq 'total')
{
	my %sum;
	open my $in, '<', "$status/counts" or die "$status/counts: $!\n";
	while (<$in>) { $sum{$1} += $2 if /^(.*)\t(\d+)$/ }
	printf "%9d %s\n", $sum{$_}, $_ for sort keys %sum;
	exit;
}

# Which internal errors are not ours: function and message, with a reason in the file.
my @known;
(my $list = $0) =~ s/[^\/]*$/known.txt/;
open my $in, '<', $list or die "$list: $!\n";
while (<$in>) { push @known, [$1, qr/$2/] if /^(\w+)\s+(\S.*)$/ }

# One character a statement: completed, error, syntax error, timeout, connection lost.
my %name = ('.' => 'completed', e => 'errors', S => 'errors', t => 'timeouts', C => 'connections lost');
my %n = map { $_ => 0 } values %name;
open $in, '<', "$dir/said" or die "$dir/said: $!\n";
while (<$in>) { next unless /^[.eStC]+$/; $n{ $name{$_} }++ for /[^\n]/g }
my $ran = 0;
$ran += $_ for values %n;

my (@bad, $internal);
open $in, '<', $log or die "$log: $!\n";
while (<$in>)
{
	# A parallel worker that starts when its leader has ended already finds no shared memory, and ends with 1.
	next if /background worker "parallel worker" \(PID \d+\) exited with exit code 1$/;
	push @bad, $_ if /terminated by signal|exited with exit code|^\S+ [^|]*\|(?:PANIC|TRAP)/;
	if (/^(\w{5}) sqlsmith[^|]*\|(?:ERROR|FATAL):  \w{5}: (.*)/)
	{
		my ($code, $message) = ($1, $2);
		$n{"errors $code"}++;
		$internal = $code =~ /^XX/ ? $message : undef;
	}
	elsif (defined $internal && /\|LOCATION:  (\w+), (\S+)/)
	{
		my ($function, $file) = ($1, $2);
		my $ours = !grep { $_->[0] eq $function && $internal =~ $_->[1] } @known;
		push @bad, "internal error in $function, $file: $internal\n" if $ours;
		$n{"internal errors of others, in $function"}++ unless $ours;
		undef $internal;
	}
}
open my $counts, '>>', "$dir/counts" or die "$dir/counts: $!\n";
print $counts "$_\t$n{$_}\n" for sort keys %n;
push @bad, "sqlsmith ended with status $status after $ran of $wanted statements\n" if $status || $ran < $wanted;
push @bad, "$n{'connections lost'} connections lost\n" if $n{'connections lost'};
my %seen;
print grep { !$seen{$_}++ } @bad;
exit(@bad ? 1 : 0);
