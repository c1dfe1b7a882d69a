// modes.mjs -- part of the benchmark: the nearest town by mode_town against the KNN join on geography, and the views.

// Towns and ports in clusters over the globe; a golden-angle spiral and checksums instead of random numbers.
const noise = (key) => `(('x' || substr(md5(${key}), 1, 8))::bit(32)::bigint / 4294967296.0)`;
const cluster = (i, part, spread) => `ST_SetSRID(ST_MakePoint(
	greatest(-180, least(180, mod((c * 137.50776405)::numeric, 360)::float8 - 180 + (${noise(`'${part}x' || ${i}`)} + ${noise(`'${part}X' || ${i}`)} - 1) * ${spread} * 1.5)),
	greatest(-90, least(90, degrees(asin(2 * (c + 0.5) / 2000 - 1)) * 0.8 + (${noise(`'${part}y' || ${i}`)} + ${noise(`'${part}Y' || ${i}`)} - 1) * ${spread}))), 4326)`;

export async function modes({ postgres, compare, report }, ports = 50000, cities = 150000) {
	console.log(`modes: ${ports} ports, ${cities} cities`);
	const rows = (n, part, spread) => `SELECT i, ${cluster('i', part, spread)} AS geom
		FROM (SELECT i, floor(2000 * power(${noise(`'${part}' || i`)}, 1.5)) AS c FROM generate_series(1, ${n}) i) s`;
	await postgres(`INSERT INTO portext.local_city (city_code, name, country_iso2, population, geom)
		SELECT 'bench-' || i, 'bench', 'XX', 5000 + i % 100000, geom FROM (${rows(cities, 'city', 4)}) r`);
	await postgres(`CREATE TABLE bench_port AS ${rows(ports, 'port', 5)}`);
	await postgres(`CREATE INDEX ON portext.local_city USING gist ((geom::geography))`);
	await postgres(`ANALYZE portext.local_city, bench_port`);
	// KNN on geography orders on the sphere, so its three nearest are measured on the spheroid, as mode_town does.
	const nearest = (lateral) => async () => postgres(`SELECT count(t.city_code), sum(hashtext(t.city_code)::bigint) FROM bench_port p ${lateral}`);
	const { ms, results } = await compare([
		{ run: nearest(`LEFT JOIN LATERAL portext.mode_town(p.geom, 'XX', 10000, 500, true) t ON true`) },
		{ run: nearest(`LEFT JOIN LATERAL (SELECT city_code FROM (SELECT city_code, population, ST_Distance(geom::geography, p.geom::geography) AS m FROM (
			SELECT * FROM portext.local_city WHERE country_iso2 = 'XX' AND population >= 10000 ORDER BY geom::geography <-> p.geom::geography LIMIT 3) k) k
			WHERE m <= 500000 ORDER BY m, population DESC, city_code LIMIT 1) t ON true`) }]);
	if (String(results[0]) !== String(results[1])) throw new Error(`nearest towns differ: ${results[0]} against ${results[1]}`);
	report(`nearest town of ${ports} ports`, ms[0], 'geography KNN join', ms[1], 0.35);
	await postgres(`DELETE FROM portext.local_city WHERE country_iso2 = 'XX'`);
	await postgres(`DROP TABLE bench_port`);
	const views = await compare(['mode_evidence', 'port_profile'].map((v) => ({ run: () => postgres(`SELECT * FROM portext.${v}`) })));
	console.log(`  mode_evidence ${views.ms[0].toFixed(1)} ms (aim < 50), port_profile ${views.ms[1].toFixed(1)} ms (aim < 200)`);
}
