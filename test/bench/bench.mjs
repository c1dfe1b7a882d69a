// bench.mjs -- portext against named anchors, on the real border-crossing table replicated with a commodity dimension.
// Each comparison runs its queries in turn, A B C A B C ..., after one warm-up; a ratio is that of the medians.
// PostgreSQL is measured serially unless a row says otherwise; DuckDB has two threads and its own native tables.
import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { DuckDBInstance } from '@duckdb/node-api';
import { modes } from './modes.mjs';

const rows = Number(process.env.BENCH_ROWS);
const rounds = Math.max(5, Number(process.env.BENCH_ROUNDS));
const csv = process.env.BENCH_CSV;

const client = new pg.Client();
await client.connect();
const duck = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();

const postgres = async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows;
const duckdb = async (sql) => (await duck.runAndReadAll(sql)).getRows();
const now = () => Number(process.hrtime.bigint()) / 1e6;

function median(a) {
	const s = [...a].sort((x, y) => x - y);
	const m = s.length >> 1;
	return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2;
}

// compare([{name, run}]): milliseconds per alternative, in turn
async function compare(list) {
	const times = list.map(() => []);
	const results = [];
	for (let round = 0; round <= rounds; round++) {
		for (const [i, one] of list.entries()) {
			const start = now();
			results[i] = await one.run();
			if (round > 0) times[i].push(now() - start);
		}
	}
	return { ms: times.map(median), results };
}

const table = [];
function report(what, ms, anchor, anchorMs, goal) {
	const ratio = ms / anchorMs;
	table.push([what, ms, anchor, anchorMs, ratio, goal]);
	console.log(`  ${what}: ${ms.toFixed(2)} ms / ${anchor}: ${anchorMs.toFixed(2)} ms = ${ratio.toPrecision(3)}`);
}

const close = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
function sameNumbers(what, a, b) {
	const flat = (r) => r.flat().map(Number);
	const x = flat(a), y = flat(b);
	const i = x.findIndex((v, i) => !close(v, y[i]));
	if (x.length !== y.length || i >= 0)
		throw new Error(`${what}: the numbers differ, ${x.length} against ${y.length}, ${x[i]} against ${y[i]}`);
}

// ---------------------------------------------------------------- data

console.log(`loading the table, ${rows.toLocaleString('en')} rows`);
const loadStart = now();
await postgres(`CREATE EXTENSION postgis`);
await postgres(`CREATE EXTENSION portext`);
await postgres(`CREATE EXTENSION pg_prewarm`);
// The CSV is parsed once, by DuckDB, and handed to PostgreSQL as plain numbers.
await duckdb(`CREATE TABLE base AS
	SELECT row_number() OVER () - 1 AS line, port_id, port, measure_id, m AS month, m // 100 AS year, v
	FROM (SELECT dense_rank() OVER (ORDER BY "Port Code") AS port_id, "Port Name" AS port,
		dense_rank() OVER (ORDER BY "Measure") AS measure_id,
		CAST("Date"[7:10] || "Date"[1:2] AS INTEGER) AS m, "Value" AS v
		FROM read_csv('${csv}', types = {'Port Code': 'INTEGER', 'Value': 'BIGINT', 'Date': 'VARCHAR'}))`);
const baseRows = Number((await duckdb('SELECT count(*) FROM base'))[0][0]);
const commodities = Math.ceil(rows / baseRows);
// The value of commodity k is an amount with cents: reported count x (k + 1) x 0.37.
await duckdb(`CREATE TABLE raw AS SELECT port_id, port, month, year, measure_id, k AS commodity,
	CAST(v * (k + 1) * 37 AS DOUBLE) / 100 AS value FROM range(${commodities}) r(k), base
	WHERE k * ${baseRows} + line < ${rows}`);
await duckdb(`COPY base TO '${csv}.base' (HEADER false)`);
await postgres(`CREATE TABLE base (line bigint, port_id bigint, port text, measure_id integer, month integer, year integer, v bigint)`);
execFileSync('psql', ['-qX', '-c', `\\copy base FROM '${csv}.base' (FORMAT csv)`]);
await postgres(`BEGIN`);
await postgres(`CREATE TABLE raw (port_id bigint, month integer, year integer, measure_id integer, commodity integer,
	value double precision, value_numeric numeric, port text)`);
await postgres(`INSERT INTO raw SELECT port_id, month, year, measure_id, k, (v * (k + 1) * 37)::float8 / 100,
	round((v * (k + 1) * 37)::numeric / 100, 2), port FROM generate_series(0, ${commodities - 1}) k, base
	WHERE k * ${baseRows}::bigint + line < ${rows}`);
await postgres(`COMMIT`);
await postgres(`VACUUM (FREEZE, ANALYZE) raw`);
await postgres(`SELECT pg_prewarm('raw')`);

// Stored states: coarse (year x commodity, about 700) and fine (month x measure x commodity group, about 60,000).
const groups = { coarse: 'year, commodity', fine: 'month, measure_id, commodity % 18' };
for (const [name, by] of Object.entries(groups)) {
	const as = name === 'coarse' ? 'year, commodity' : 'month / 100 AS year, month, measure_id, commodity % 18 AS slot';
	await postgres(`CREATE TABLE state_${name} AS SELECT ${as}, portext.composition_agg(port_id, value) AS s FROM raw GROUP BY ${by}`);
	await postgres(`VACUUM (FREEZE, ANALYZE) state_${name}`);
	await postgres(`SELECT pg_prewarm('state_${name}')`);
	await duckdb(`CREATE TABLE rollup_${name} AS SELECT ${as.replace('/', '//')}, port_id, sum(value) AS value FROM raw GROUP BY ALL ORDER BY ALL`);
}
await postgres(`CREATE INDEX ON state_fine (month, measure_id)`);
await postgres(`ANALYZE state_fine`);
console.log(`loaded in ${((now() - loadStart) / 1000).toFixed(0)} s`);

// ---------------------------------------------------------------- queries

// The same indicators, written as an analyst writes them today.
const idiomatic = (source, value, by) => `
	WITH p AS (SELECT ${by}, port_id, sum(${value}) AS v FROM ${source} GROUP BY ${by}, port_id),
	r AS (SELECT ${by}, v, sum(v) OVER w AS t, count(*) OVER w AS n, row_number() OVER (PARTITION BY ${by} ORDER BY v) AS i,
			row_number() OVER (PARTITION BY ${by} ORDER BY v DESC) AS rank
		FROM p WINDOW w AS (PARTITION BY ${by}))
	SELECT ${by}, max(t) AS total, sum((v / nullif(t, 0)) * (v / nullif(t, 0))) AS hhi,
		2 * sum(i * v) / (max(n) * nullif(max(t), 0)) - (max(n) + 1.0) / max(n) AS gini,
		-sum(CASE WHEN v > 0 THEN (v / t) * ln(v / t) ELSE 0 END) AS entropy,
		sum(v) FILTER (WHERE rank <= 4) / nullif(max(t), 0) AS cr4, count(*) FILTER (WHERE v > 0) AS partners
	FROM r GROUP BY ${by} ORDER BY ${by}`;
const composed = (source, by, agg) => `
	SELECT ${by}, portext.total(c), portext.hhi(c), portext.gini(c), portext.shannon_entropy(c),
		portext.concentration_ratio(c, 4), portext.partner_count(c)
	FROM (SELECT ${by}, ${agg} AS c FROM ${source} GROUP BY ${by}) q ORDER BY ${by}`;
const many = (by) => `SELECT sum(portext.hhi(c)) FROM (SELECT portext.composition_agg(port_id, value) AS c FROM raw GROUP BY ${by}) q`;
const manyIdiomatic = (by) => `
	SELECT sum(h) FROM (SELECT sum((v / nullif(t, 0)) * (v / nullif(t, 0))) AS h FROM
		(SELECT g1, g2, g3, v, sum(v) OVER (PARTITION BY g1, g2, g3) AS t FROM
			(SELECT ${by}, port_id, sum(value) AS v FROM raw GROUP BY 1, 2, 3, port_id) a) b GROUP BY g1, g2, g3) c`;
const dashboard = (source, value) => `
	WITH p AS (SELECT year, port_id, sum(${value}) AS v FROM ${source} GROUP BY year, port_id),
	r AS (SELECT year, v, sum(v) OVER (PARTITION BY year) AS t, row_number() OVER (PARTITION BY year ORDER BY v DESC) AS rank FROM p)
	SELECT year, max(t) AS total, sum((v / t) * (v / t)) AS hhi, sum(v) FILTER (WHERE rank <= 4) / max(t) AS cr4 FROM r GROUP BY year ORDER BY year`;
const dashboardStates = (source) => `
	SELECT year, portext.total(c), portext.hhi(c), portext.concentration_ratio(c, 4)
	FROM (SELECT year, portext.rollup(s) AS c FROM ${source} GROUP BY year) q ORDER BY year`;
const slice = `month = 200707 AND measure_id = 11`;
const P = (sql) => ({ run: () => postgres(sql) });
const D = (sql) => ({ run: () => duckdb(sql) });

// ---------------------------------------------------------------- building

console.log('building, one composition');
{
	const { ms } = await compare([
		P(`SELECT sum(value) FROM raw`),
		P(`SELECT portext.hhi(portext.composition_agg(port_id, value)) FROM raw`),
		P(`SELECT portext.hhi(portext.composition_agg(port, value)) FROM raw`),
		P(`SELECT portext.hhi(portext.composition_agg(port_id, value_numeric)) FROM raw`),
		P(`SELECT sum(value_numeric) FROM raw`)]);
	report('composition_agg(bigint, float8)', ms[1], 'sum(float8)', ms[0], 1.15);
	report('composition_agg(text, float8)', ms[2], 'sum(float8)', ms[0], 1.5);
	report('composition_agg(bigint, numeric)', ms[3], 'sum(numeric)', ms[4], null);
}
console.log('all indicators by year');
{
	const { ms, results } = await compare([
		P(composed('raw', 'year', 'portext.composition_agg(port_id, value)')),
		P(idiomatic('raw', 'value', 'year')), P(idiomatic('raw', 'value_numeric', 'year'))]);
	sameNumbers('indicators by year', results[0], results[1]);
	report('all indicators by year', ms[0], 'idiomatic SQL, float8', ms[1], 0.9);
	report('all indicators by year', ms[0], 'idiomatic SQL, numeric', ms[2], 0.7);
}
console.log('many groups');
for (const [name, by, sqlBy, goal] of [
	['700 groups', 'year, commodity', 'year AS g1, commodity AS g2, 0 AS g3', null],
	['60,000 groups', 'month, measure_id, commodity % 18', 'month AS g1, measure_id AS g2, commodity % 18 AS g3', 0.6]]) {
	const { ms, results } = await compare([P(many(by)), P(manyIdiomatic(sqlBy))]);
	sameNumbers(name, results[0], results[1]);
	report(`build ${name}`, ms[0], 'idiomatic SQL, float8', ms[1], goal);
	const memory = async (sql) => {
		const plan = JSON.stringify((await postgres(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`))[0][0]);
		return Math.max(...[...plan.matchAll(/"Peak Memory Usage":(\d+)/g)].map((m) => Number(m[1]))) / 1024;
	};
	const ours = await memory(many(by)), theirs = await memory(manyIdiomatic(sqlBy));
	table.push([`memory of ${name} (MB)`, ours, 'idiomatic SQL, hash aggregate (MB)', theirs, ours / theirs, goal ? 0.5 : null]);
}

// ---------------------------------------------------------------- stored states

console.log('stored states');
const count = async (t) => Number((await postgres(`SELECT count(*) FROM ${t}`))[0][0]);
const coarse = await count('state_coarse'), fine = await count('state_fine');
{
	const { ms, results } = await compare([P(dashboardStates('state_coarse')), D(dashboard('raw', 'value')), D(dashboard('rollup_coarse', 'value'))]);
	sameNumbers('dashboard', results[0], results[1]);
	report(`dashboard from ${coarse} states`, ms[0], `DuckDB, rescan of ${rows} rows`, ms[1], 0.02);
	report(`dashboard from ${coarse} states`, ms[0], 'DuckDB, its own roll-up', ms[2], 0.3333);
}
{
	const { ms, results } = await compare([P(dashboardStates('state_fine')), D(dashboard('rollup_fine', 'value'))]);
	sameNumbers('fine dashboard', results[0], results[1]);
	report(`merge ${fine} states by year`, ms[0], 'DuckDB, its own fine roll-up', ms[1], 0.6);
	const entries = Number((await postgres(`SELECT sum(portext.entity_count(s)) FROM state_fine`))[0][0]);
	console.log(`  ${entries} entries merged, ${(ms[0] * 1e6 / entries).toFixed(2)} ns an entry`);
}
{
	const { ms } = await compare([
		P(`SELECT portext.hhi(portext.rollup(s)) FROM state_fine WHERE ${slice}`),
		D(`SELECT sum((v / t) * (v / t)) FROM (SELECT v, sum(v) OVER () AS t FROM (SELECT sum(value) AS v FROM rollup_fine WHERE ${slice} GROUP BY port_id))`)]);
	report('one slice by index', ms[0], 'DuckDB, its own fine roll-up', ms[1], 0.3);
}
const size = await postgres(`SELECT avg(pg_column_size(s)), max(pg_column_size(s)), avg(portext.entity_count(s)) FROM state_fine`);
const sizeCoarse = await postgres(`SELECT avg(pg_column_size(s)), max(pg_column_size(s)), avg(portext.entity_count(s)) FROM state_coarse`);

// ---------------------------------------------------------------- modes

await modes({ postgres, compare, report });

// ---------------------------------------------------------------- the table

console.log(`\nmedians of ${rounds} rounds, ms (MB where said); ratio = measured / anchor\n`);
const cells = [['what', 'measured', 'anchor', 'anchor', 'ratio', 'goal'],
	...table.map(([a, b, c, d, e, f]) => [a, b.toFixed(2), c, d.toFixed(2), e.toPrecision(3), f === null ? '-' : `<= ${f}${e <= f ? '' : '  missed'}`])];
const width = cells[0].map((_, i) => Math.max(...cells.map((r) => r[i].length)));
for (const r of cells) console.log(r.map((c, i) => (i === 1 || i === 3 || i === 4 ? c.padStart(width[i]) : c.padEnd(width[i]))).join('  ').trimEnd());
for (const [n, s] of [[coarse, sizeCoarse], [fine, size]])
	console.log(`stored state: ${n} rows, ${Number(s[0][2]).toFixed(0)} keys, ${Number(s[0][0]).toFixed(0)} bytes on average, ${s[0][1]} at most`);
await client.end();
process.exit(0);
