#!/usr/bin/perl
# What a release says of itself in several places says the same everywhere: the version, the licence, the maintainer, the
# supported servers. META.json keeps the rules of PGXN's specification.
use strict;
use warnings;
use JSON::PP;

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

sub is
{
	my ($got, $wanted, $name) = @_;
	ok(defined $got && $got eq $wanted, $name, "got: " . ($got // 'nothing'), "wanted: $wanted");
}

sub slurp
{
	my ($file) = @_;
	open my $in, '<:raw', $file or return '';
	local $/;
	return <$in>;
}

sub first { my ($file, $pattern) = @_; return slurp($file) =~ $pattern ? $1 : undef }

my $version = first('portext.control', qr/^default_version = '(.*)'$/m);
like_version($version, 'portext.control');
is(first('CHANGELOG.md', qr/^## (\S+)/m), $version, 'CHANGELOG.md begins with this version');
is(first('debian/changelog', qr/\A\S+ \((\S+)\)/), $version, 'debian/changelog begins with it');
ok(scalar(glob "sql/update/portext--*--$version.sql"), 'there is an update to it');

my $meta = eval { JSON::PP->new->utf8->decode(slurp('META.json')) };
ok(ref $meta eq 'HASH', 'META.json is a JSON object', $@);
$meta = {} if ref $meta ne 'HASH';
is($meta->{name}, 'portext', 'META.json: name');
ok(length($meta->{abstract} // '') > 10, 'META.json: abstract');
is($meta->{version}, $version, 'META.json: version');
ok(scalar(grep { ($meta->{release_status} // '') eq $_ } qw(stable testing unstable)), 'META.json: release_status is one of three');
is(JSON::PP->new->canonical->encode($meta->{license} // {}), '{"PostgreSQL":"https://www.postgresql.org/about/licence"}', 'META.json: license');
is($meta->{'meta-spec'}{version}, '1.0.0', 'META.json: meta-spec');
is($meta->{provides}{portext}{version}, $version, 'META.json: version of the extension it provides');
ok(-f ($meta->{provides}{portext}{$_} // ''), "META.json: $_ is there") for qw(file docfile);
like_version($meta->{prereqs}{runtime}{requires}{PostgreSQL}, 'META.json, the server');
ok(ref $meta->{tags} eq 'ARRAY' && !grep({ !length || m{[/\\\p{Cntrl}]} } @{ $meta->{tags} // [] }), 'META.json: tags');
my %known = map { $_ => 1 } qw(abstract description generated_by license maintainer meta-spec name no_index prereqs provides release_status resources tags version);
is(join(' ', grep { !$known{$_} && !/^x_/i } sort keys %$meta), '', 'META.json: no key that the specification lacks');

my $maintainer = $meta->{maintainer} // '';
ok(scalar($maintainer =~ /^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/), 'META.json: maintainer', $maintainer);
is(first('debian/control.in', qr/^Maintainer: (.*)$/m), $maintainer, 'debian/control.in: the same maintainer');
is(first('debian/control', qr/^Maintainer: (.*)$/m), $maintainer, 'debian/control: the same maintainer');
is(first('debian/changelog', qr/^ -- (.*?)  /m), $maintainer, 'debian/changelog: the same maintainer');
is(first('debian/copyright', qr/^Upstream-Contact: (.*)$/m), $maintainer, 'debian/copyright: the same maintainer');

# The licence stands in LICENSE and, as its format wants it, in debian/copyright.
(my $licence = first('LICENSE', qr/^(Permission .*MODIFICATIONS\.)$/ms) // '') =~ s/\s+/ /g;
(my $copyright = first('debian/copyright', qr/^License: PostgreSQL\n( Permission .*?MODIFICATIONS\.)$/ms) // '') =~ s/^ \.$//mg;
$copyright =~ s/\s+/ /g;
$copyright =~ s/^ //;
is($copyright, $licence, 'debian/copyright has the text of LICENSE');

my $oldest = first('debian/pgversions', qr/^(\d+)\+$/m);
is($meta->{prereqs}{runtime}{requires}{PostgreSQL}, ($oldest // '') . '.0.0', 'META.json and debian/pgversions: the oldest server');
like(slurp('README.md'), qr/^\| $oldest \|/m, 'README.md: the oldest server');
like(slurp('src/compat.h'), qr/Supported: PostgreSQL $oldest to /, 'src/compat.h: the oldest server');
print "1..$n\n";
exit($bad > 0);

sub like
{
	my ($text, $pattern, $name) = @_;
	ok(scalar($text =~ $pattern), $name, "nothing is like $pattern");
}

sub like_version
{
	my ($text, $where) = @_;
	ok(scalar(($text // '') =~ /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/), "$where: a version of three numbers", $text // 'nothing');
}
