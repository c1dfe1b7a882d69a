#!/usr/bin/perl
# tap.pl FILE...: runs TAP-printing tests (.sql through psql in a fresh copy of $TAP_TEMPLATE, anything else
# as a program) and prints "N passed, N failed" as its last line. A test that dies or plans more than it runs failed.
use strict;
use warnings;
use TAP::Harness;
use TAP::Parser::Aggregator;

# As many at a time as there are processors, but four at most: each file has its own database.
chomp(my $processors = `nproc`);
my $harness = TAP::Harness->new({
	jobs      => $processors < 4 ? $processors : 4,
	verbosity => $ENV{VERBOSE} ? 1 : 0,
	timer     => 1,
	merge     => 0,
	failures  => 1,
	comments  => 1,
	exec      => sub {
		my ($h, $file) = @_;
		return ["test/lib/tap-sql.sh", $file] if $file =~ /\.sql$/;
		return [$file =~ m{^/} ? $file : "./$file"];
	},
});
my $all = $harness->runtests(@ARGV);
# A file that dies before its plan has no failed assertion of its own: count what is missing, at least one.
my $failed = 0;
for my $p ($all->parsers)
{
	my $planned = $p->tests_planned // 0;
	my $bad     = scalar $p->failed;
	my $missing = $planned - $p->tests_run;
	$bad += $missing if $missing > 0;
	$bad = 1 if !$bad && ($p->has_problems || !$p->tests_run || $p->skip_all);
	$failed += $bad;
}
my $passed = 0;
$passed += scalar($_->passed) - scalar($_->skipped) for $all->parsers;
$failed += scalar($_->skipped) for $all->parsers;
printf "%d passed, %d failed\n", $passed, $failed;
exit($failed ? 1 : 0);
