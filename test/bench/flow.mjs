// flow.mjs -- loading local_flow and answering from its roll-ups, against plain COPY, raw SQL and DuckDB.
// Rows are the border-crossing table replicated with other values: one measure, a cell for each border and month.
// The dashboard is measured at each number of rows that BENCH_FLOW_ROWS names (10000000 40000000); PG* point at a server,
// BENCH_CSV at the unpacked table. Rows after the first table are written with the triggers off and rolled up by a rebuild.
import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { DuckDBInstance } from '@duckdb/node-api';

const sizes = (process.env.BENCH_FLOW_ROWS || '10000000 40000000').trim().split(/[ ,]+/).map(Number).sort((a, b) => a - b);
const rounds = Math.max(3, Number(process.env.BENCH_ROUNDS || 5));
const csv = process.env.BENCH_CSV;
const client = new pg.Client();
await client.connect();
const duck = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
const postgres = async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows;
const duckdb = async (sql) => (await duck.runAndReadAll(sql)).getRows();
const now = () => Number(process.hrtime.bigint()) / 1e6;
const timed = async (run) => { const start = now(); await run(); return now() - start; };
const median = (a) => { const s = [...a].sort((x, y) => x - y), m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2; };
const say = (what, ms, anchor, anchorMs, goal) => console.log(`  ${what}: ${ms.toFixed(2)} ms / ${anchor}: ${anchorMs.toFixed(2)} ms = ${(ms / anchorMs).toPrecision(3)}${goal ? ` (goal <= ${goal})` : ''}`);

await postgres('CREATE EXTENSION IF NOT EXISTS postgis');
await postgres('CREATE EXTENSION IF NOT EXISTS portext');
await duckdb(`CREATE TABLE base AS SELECT lpad("Port Code", 4, '0') AS port_code, "Border" = 'US-Mexico Border' AS mx,
	make_date(CAST("Date"[7:10] AS INTEGER), CAST("Date"[1:2] AS INTEGER), 1) AS period_from, "Value" AS v
	FROM read_csv('${csv}', types = {'Port Code': 'VARCHAR', 'Value': 'BIGINT', 'Date': 'VARCHAR'})`);
await duckdb(`COPY (SELECT port_code, period_from, CAST(period_from + INTERVAL 1 MONTH AS DATE), 'in', 'value', v, 'USD', 'bench', 'measured' FROM base) TO '${csv}.flow' (HEADER false)`);
const ports = await duckdb(`SELECT port_code, bool_or(mx) FROM base GROUP BY 1 ORDER BY 1`);
for (const [code, mx] of ports)
	await client.query(`INSERT INTO portext.local_port (port_code, country_iso2, neighbour_iso2, geom) VALUES ($1, 'US', $2, 'SRID=4326;POINT(0 0)')`, [code, mx ? 'MX' : 'CA']);

const columns = 'port_code, period_from, period_to, direction, measure, value, unit, source, quality';
await postgres(`CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, port_code text NOT NULL, period_from date NOT NULL, period_to date NOT NULL,
	direction text NOT NULL, measure text NOT NULL, value numeric NOT NULL, unit text, source text, quality text)`);
const copy = (table) => async () => { execFileSync('psql', ['-qX', '-c', `\\copy ${table} (${columns}) FROM '${csv}.flow' (FORMAT csv)`]); };
const load = { plain: [], bare: [], kept: [] };
for (let i = 0; i < rounds; i++) {
	await postgres('TRUNCATE plain');
	load.plain.push(await timed(copy('plain')));
	await postgres('TRUNCATE portext.local_flow');
	await postgres('ALTER TABLE portext.local_flow DISABLE TRIGGER local_rollup_insert');
	load.bare.push(await timed(copy('portext.local_flow')));
	await postgres('ALTER TABLE portext.local_flow ENABLE TRIGGER local_rollup_insert');
	await postgres('TRUNCATE portext.local_flow');
	load.kept.push(await timed(copy('portext.local_flow')));
}
const n = Number((await postgres('SELECT count(*) FROM plain'))[0][0]);
console.log(`loading ${n} rows`);
say('COPY into local_flow, roll-ups kept', median(load.kept), 'COPY into the same columns', median(load.plain));
say('COPY into local_flow, no trigger', median(load.bare), 'COPY into the same columns', median(load.plain));
console.log(`  cost of the roll-ups: ${((median(load.kept) - median(load.bare)) * 1000 / n).toFixed(2)} us a row`);

// A statement for each row, as a form in a browser writes them.
const single = async () => {
	const start = now();
	for (let i = 0; i < 500; i++)
		await client.query(`INSERT INTO portext.local_flow (${columns}) VALUES ($1, '2018-07-01', '2018-08-01', 'in', 'value', 1, 'USD', 'single', 'measured')`, [ports[i % ports.length][0]]);
	return (now() - start) * 1000 / 500;
};
const alone = { bare: [], kept: [] };
for (let i = 0; i < rounds; i++) {
	await postgres('ALTER TABLE portext.local_flow DISABLE TRIGGER USER');
	alone.bare.push(await single());
	await postgres('ALTER TABLE portext.local_flow ENABLE TRIGGER USER');
	alone.kept.push(await single());
}
console.log(`  one row a statement: ${median(alone.kept).toFixed(0)} us, without triggers ${median(alone.bare).toFixed(0)} us`);
await postgres(`DELETE FROM portext.local_flow WHERE source = 'single'`);

const idiomatic = (source, value) => `WITH p AS (SELECT mx, year, port_code, sum(${value}) AS v FROM ${source} GROUP BY 1, 2, 3),
	r AS (SELECT mx, year, v, sum(v) OVER w AS t, row_number() OVER (PARTITION BY mx, year ORDER BY v DESC) AS rank FROM p WINDOW w AS (PARTITION BY mx, year))
	SELECT mx, year, max(t), sum((v / t) * (v / t)), sum(v) FILTER (WHERE rank <= 4) / max(t) FROM r GROUP BY 1, 2 ORDER BY 1, 2`;
const raw = `(SELECT p.neighbour_iso2 = 'MX' AS mx, date_part('year', f.period_from) AS year, f.port_code, f.value FROM portext.local_flow f JOIN portext.local_port p USING (port_code)) raw`;
const states = `SELECT neighbour_iso2 = 'MX', date_part('year', period_from) AS year, portext.total(portext.rollup(state)), portext.hhi(portext.rollup(state)),
	portext.concentration_ratio(portext.rollup(state), 4) FROM portext.local_rollup WHERE measure = 'value' GROUP BY 1, 2 ORDER BY 1, 2`;
const flat = (r) => r.map((x) => x.slice(1)).flat().map(Number);

// Copies of the table up to this many rows, on both sides.
let copies = 0;
async function grow(rows) {
	await postgres('ALTER TABLE portext.local_flow DISABLE TRIGGER USER');
	for (; copies * n < rows; copies++) {
		if (copies > 0)
			await postgres(`INSERT INTO portext.local_flow (${columns}) SELECT port_code, period_from, period_to, direction, measure, value * ${copies + 1}, unit, source, quality FROM plain`);
		await duckdb(`${copies > 0 ? 'INSERT INTO raw' : 'CREATE TABLE raw AS'} SELECT port_code, mx, CAST(year(period_from) AS INTEGER) AS year, CAST(v * ${copies + 1} AS DOUBLE) AS value FROM base`);
	}
	await postgres('ALTER TABLE portext.local_flow ENABLE TRIGGER USER');
	await postgres('VACUUM (ANALYZE) portext.local_flow');
	const ms = await timed(() => postgres('SELECT portext.rebuild_local_rollup()'));
	await postgres('VACUUM (ANALYZE) portext.local_rollup');
	console.log(`roll-ups of ${copies * n} rows rebuilt: ${(ms * 1000 / (copies * n)).toFixed(2)} us a row`);
}

async function dashboard() {
	const times = [[], [], []], results = [];
	const runs = [() => postgres(states), () => duckdb(idiomatic('raw', 'value')), () => postgres(idiomatic(raw, 'value'))];
	for (let i = 0; i <= rounds; i++)
		for (const [j, run] of runs.entries()) {
			if (j === 2 && i > 0) continue; // takes long; once is enough
			const ms = await timed(async () => { results[j] = await run(); });
			if (i > 0 || j === 2) times[j].push(ms);
		}
	for (const other of [1, 2])
		if (flat(results[0]).some((v, i) => Math.abs(v - flat(results[other])[i]) > 1e-9 * Math.max(1, Math.abs(v))))
			throw new Error('the engines do not give the same numbers');
	const total = Number((await postgres('SELECT count(*) FROM portext.local_flow'))[0][0]);
	console.log(`dashboard: total, HHI and share of the first four by border and year, ${total} rows`);
	say('from roll-ups', median(times[0]), 'DuckDB, rescan', median(times[1]), total >= 4e7 ? 0.005 : undefined);
	say('from roll-ups', median(times[0]), 'PostgreSQL, raw rows', median(times[2]));
}

for (const rows of sizes) {
	await grow(rows);
	await dashboard();
}
await client.end();
process.exit(0);
