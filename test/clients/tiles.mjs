// tiles.mjs -- port_tile as a read-only role: decoded, complete, filtered; drawn by MapLibre GL in headless Chromium. Prints TAP.
import { createServer } from 'node:http';
import { readFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { VectorTile } from '@mapbox/vector-tile';
import Protobuf from 'pbf';
import { chromium } from 'playwright-core';

let tests = 0, failures = 0;
function ok(good, name) {
	tests++;
	if (!good) failures++;
	console.log(`${good ? 'ok' : 'not ok'} ${tests} - ${name}`);
}

const admin = new pg.Client();
await admin.connect();
// On top of the shipped ports: the antimeridian, the far north and names that want escaping.
await admin.query(`INSERT INTO portext.local_port (port_code, name, country_iso2, mode, geom)
	SELECT 'tile-' || n, CASE n WHEN 1 THEN 'a <b> "c" & d' END, 'US', CASE WHEN n % 2 = 0 THEN 'CC' END, ('SRID=4326;POINT(' || x || ' ' || y || ')')::public.geometry
	FROM (VALUES (1, 180, 10), (2, -180, 10), (3, 179.9999, -40), (4, -179.9999, 66), (5, 0, 85.05), (6, 0, 89.9), (7, -0.0001, 0.0001)) t(n, x, y)`);
const pool = new pg.Pool({ user: 'reader', password: 'reader', options: '-c default_transaction_read_only=on' });
const tile = async (z, x, y, query) => {
	const args = query === undefined ? [z, x, y] : [z, x, y, JSON.stringify(query)];
	return (await pool.query(`SELECT portext.port_tile(${args.map((_, i) => `$${i + 1}`).join(', ')}) AS t`, args)).rows[0].t;
};
const features = (bytes) => {
	const layer = new VectorTile(new Protobuf(bytes)).layers.port;
	return layer ? Array.from({ length: layer.length }, (_, i) => layer.feature(i)) : [];
};
const count = async (where) => Number((await admin.query(`SELECT count(*) FROM portext.port WHERE latitude < 85.06 AND ${where}`)).rows[0].count);

const all = await count('true');
for (const z of [0, 1, 2, 4]) {
	const seen = new Set();
	for (let x = 0; x < 2 ** z; x++)
		for (let y = 0; y < 2 ** z; y++)
			for (const f of features(await tile(z, x, y))) seen.add(f.id);
	ok(seen.size === all, `zoom ${z}: all ${all} ports are in the tiles (${seen.size})`);
}
const world = features(await tile(0, 0, 0));
ok(world.every((f) => Number.isInteger(f.id) && f.type === 1), 'features are points with their integer key');
ok(world.every((f) => f.properties.mode === undefined || typeof f.properties.mode_rank === 'number'), 'ranks are numbers');
ok(world.some((f) => f.properties.name === 'a <b> "c" & d'), 'a name with quotes and angle brackets arrives as it is');
for (const [query, where] of [
	[{ mode: 'PP' }, `mode = 'PP'`], [{ mode: 'PP,CC' }, `mode IN ('PP', 'CC')`], [{ mode: ['CPC', 'CPPC'] }, `mode IN ('CPC', 'CPPC')`],
	[{ stage: '2' }, 'stage_rank = 2'], [{ stage: 2 }, 'stage_rank = 2'], [{ country: 'CN' }, `country_iso2 = 'CN'`], [{ neighbour: 'VN', transport: 'road' }, `neighbour_iso2 = 'VN' AND transport = 'road'`],
	[{ country: 'XX' }, 'false'], [{ mode: [] }, 'false'], [{ mode: null }, 'true'], [{}, 'true']]) {
	const got = features(await tile(0, 0, 0, query)).length, wanted = await count(where);
	ok(got === wanted, `query ${JSON.stringify(query)}: ${got} of ${wanted}`);
}
for (const [what, args] of [['an unknown key', [0, 0, 0, { 'col<our>"': 'red' }]], ['an unknown mode', [0, 0, 0, { mode: 'PP,XX' }]], ['an unknown transport', [0, 0, 0, { transport: ['sea'] }]],
	['an unknown stage', [0, 0, 0, { stage: 5 }]], ['a query that is no object', [0, 0, 0, ['PP']]], ['a column out of range', [1, 2, 0]], ['a negative row', [1, 0, -1]],
	['a negative zoom', [-1, 0, 0]], ['a zoom too deep', [31, 0, 0]]]) {
	try {
		await tile(...args);
		ok(false, `${what} is refused`);
	} catch (e) {
		ok(e.code === '22023' && e.hint?.length > 10, `${what} is refused: ${e.message}`);
	}
}
try {
	await pool.query(`INSERT INTO portext.local_city (city_code, name, country_iso2, geom) VALUES ('x', 'x', 'US', 'SRID=4326;POINT(0 0)')`);
	ok(false, 'the reader cannot write');
} catch (e) {
	ok(['42501', '25006'].includes(e.code), `the reader cannot write: ${e.message}`);
}

// A page that asks this server for tiles and paints each mode in its colour.
const modules = join(process.env.OUT, 'node_modules');
const page = `<!doctype html><html><head><link rel="stylesheet" href="/maplibre-gl.css"><script src="/maplibre-gl.js"></script></head>
<body style="margin:0"><div id="map" style="width:1000px;height:700px"></div><script>
const map = new maplibregl.Map({ container: 'map', center: [103, 37], zoom: 3.2, fadeDuration: 0, attributionControl: false, preserveDrawingBuffer: true,
	style: { version: 8, sources: { port: { type: 'vector', tiles: [location.origin + '/{z}/{x}/{y}.pbf'], maxzoom: 8 } }, layers: [
	{ id: 'paper', type: 'background', paint: { 'background-color': '#ffffff' } },
	{ id: 'port', type: 'circle', source: 'port', 'source-layer': 'port', paint: { 'circle-radius': 5, 'circle-stroke-width': 1, 'circle-stroke-color': '#222',
		'circle-color': ['match', ['coalesce', ['get', 'mode'], ''], 'PP', '#f7cf46', 'CPPC', '#ee7f31', 'CPC', '#b8336a', 'CC', '#2e1a5e', '#b5b5b5'] } }] } });
map.on('idle', () => { window.drawn = map.queryRenderedFeatures({ layers: ['port'] }).map((f) => ({ id: f.id, mode: f.properties.mode })); });
map.on('error', (e) => { window.failed = String(e.error); });
</script></body></html>`;
const server = createServer(async (request, response) => {
	const m = /^\/(\d+)\/(\d+)\/(\d+)\.pbf$/.exec(request.url);
	try {
		if (m) response.setHeader('content-type', 'application/vnd.mapbox-vector-tile').end(await tile(...m.slice(1).map(Number)));
		else if (/^\/maplibre-gl\.(js|css)$/.test(request.url)) response.setHeader('content-type', request.url.endsWith('js') ? 'text/javascript' : 'text/css').end(readFileSync(join(modules, 'maplibre-gl/dist', request.url)));
		else response.setHeader('content-type', 'text/html').end(page);
	} catch (e) {
		response.writeHead(500).end(String(e));
	}
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launchPersistentContext(mkdtempSync(join(process.env.OUT, 'chromium-')), { executablePath: '/usr/bin/chromium', viewport: { width: 1000, height: 700 },
	args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });
try {
	const tab = await browser.newPage();
	await tab.goto(`http://127.0.0.1:${server.address().port}/`);
	await tab.waitForFunction(() => window.drawn?.length > 0 || window.failed, null, { timeout: 60000 });
	const drawn = await tab.evaluate(() => window.drawn ?? []);
	await tab.screenshot({ path: join(process.env.OUT, 'maplibre.png') });
	const ids = new Set(drawn.map((f) => f.id)), shipped = await count('NOT is_local');
	ok(ids.size >= shipped, `MapLibre draws the ${shipped} shipped ports (${ids.size} seen)`);
	ok(['PP', 'CPPC', 'CPC', 'CC'].every((mode) => drawn.some((f) => f.mode === mode)), 'each mode is drawn');
} catch (e) {
	ok(false, `MapLibre in Chromium: ${e.message}`);
}
await browser.close();
server.close();
await admin.query(`DELETE FROM portext.local_port WHERE port_code LIKE 'tile-%'`);
await admin.end();
await pool.end();
console.log(`1..${tests}`);
process.exit(failures ? 1 : 0);
