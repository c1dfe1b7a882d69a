#!/usr/bin/python3
"""Opens every GIS layer of portext in QGIS without a window, draws them, digitises a port, and prints TAP.

QGIS is Python's own client here; PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD name the server, OUT the folder for pictures.
The role must be able to write local_port.
"""
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (  # noqa: E402
    QgsApplication, QgsDataSourceUri, QgsFeature, QgsGeometry, QgsMapRendererParallelJob, QgsMapSettings, QgsPointXY,
    QgsProject, QgsProviderRegistry, QgsRectangle, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

tests = 0
failures = 0


def ok(good, name):
    global tests, failures
    tests += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {tests} - {name}", flush=True)


def open_layer(table, key, geometry="geom"):
    uri = QgsDataSourceUri()
    env = os.environ
    uri.setConnection(env["PGHOST"], env["PGPORT"], env["PGDATABASE"], env["PGUSER"], env["PGPASSWORD"])
    uri.setDataSource("portext", table, geometry, "", key)
    return QgsVectorLayer(uri.uri(False), table, "postgres")


def query(sql):
    uri = QgsDataSourceUri()
    env = os.environ
    uri.setConnection(env["PGHOST"], env["PGPORT"], env["PGDATABASE"], env["PGUSER"], env["PGPASSWORD"])
    meta = QgsProviderRegistry.instance().providerMetadata("postgres")
    return meta.createConnection(uri.uri(False), {}).executeSql(sql)


def draw(layers, extent, name):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1000, 700))
    settings.setBackgroundColor(QColor("white"))
    settings.setDestinationCrs(layers[0].crs())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(os.path.join(os.environ["OUT"], name))
    return {image.pixelColor(x, y).name() for x in range(0, 1000) for y in range(0, 700)}


app = QgsApplication([], False)
app.initQgis()

layers = {}
for view, kind in query("""SELECT g.f_table_name, g.type FROM public.geometry_columns g
        JOIN pg_catalog.pg_views v ON v.schemaname = g.f_table_schema AND v.viewname = g.f_table_name
        WHERE g.f_table_schema = 'portext' ORDER BY 1"""):
    columns = [row[0] for row in query(f"""SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'portext' AND table_name = '{view}' ORDER BY ordinal_position""")]
    layer = open_layer(view, columns[0])
    layers[view] = layer
    ok(layer.isValid(), f"{view}: a valid layer with the first column, {columns[0]}, as key")
    fields = [f.name() for f in layer.fields()]
    ok(fields == [c for c in columns if c != "geom"], f"{view}: no column is dropped, {len(fields)} fields")
    print(f"# {view}: {', '.join(f.name() + ' ' + f.typeName() for f in layer.fields())}")
    ok(layer.crs().authid() == "EPSG:4326" and kind != "GEOMETRY", f"{view}: geometry {kind}, EPSG:4326")
    ok(bool(layer.dataProvider().dataComment()), f"{view}: the view's comment is the layer's abstract")
    count = query(f"SELECT count(*) FROM portext.{view}")[0][0]
    ok(layer.featureCount() == count and (count > 0 or view == "mode_local"), f"{view}: {layer.featureCount()} features")

for view, attr in [("port", "mode"), ("mode_layer", "mode"), ("crossing", "mode"), ("city", None), ("border", "kind")]:
    layer = layers[view]
    renderer = layer.renderer()
    ok(renderer.type() == ("categorizedSymbol" if attr else "singleSymbol"), f"{view}: opens with its default style")
    if attr:
        labels = {row[0] or "" for row in query(f"SELECT DISTINCT {attr} FROM portext.{view}")}
        values = {c.value() for c in renderer.categories()}
        ok(renderer.classAttribute() == attr and labels <= values and "" in values, f"{view}: each label and a catch-all have a symbol")

flow = layers["flow_layer"]
renderer = flow.renderer()
ranges = renderer.ranges() if renderer.type() == "graduatedSymbol" else []
ok(len(ranges) == 5 and ranges[0].lowerValue() == 0 and ranges[-1].upperValue() == 1,
   f"flow_layer: opens graduated by {renderer.classAttribute()}, {len(ranges)} classes")
sizes = [r.symbol().size() for r in ranges]
ok(sizes == sorted(set(sizes)), f"flow_layer: symbols grow with the share, {sizes} mm")
flow.setSubsetString("\"measure\" = 'cargo_tonnes' AND \"flow_year\" = 2002 AND \"subject_kind\" = 'port'")
colours = draw([flow, layers["border"]], QgsRectangle(72, 17, 137, 55), "qgis-flow.png")
ok(flow.featureCount() == 13 and ranges[0].symbol().color().name() in colours, "flow_layer: cargo of 2002 is drawn")
flow.setSubsetString("")

port = layers["port"]
for clause in ["\"mode\" = 'PP'", "\"mode\" IN ('PP','CC')", "\"name\" LIKE 'M%'", "\"stage_rank\" >= 3"]:
    port.setSubsetString(clause)
    ok(0 < port.featureCount() < query("SELECT count(*) FROM portext.port")[0][0], f"filter {clause}: {port.featureCount()} features")
port.setSubsetString("")

colours = draw([port, layers["crossing"], layers["border"]], QgsRectangle(72, 17, 137, 55), "qgis-map.png")
marks = [c.symbol().color().name() for c in port.renderer().categories()]
ok(all(m in colours for m in marks), f"the map shows every class, {' '.join(marks)}")
only_null = query("SELECT port_code FROM portext.port WHERE mode IS NULL LIMIT 1")[0][0]
port.setSubsetString(f"\"port_code\" = '{only_null}'")
ok(marks[-1] in draw([port], port.extent().buffered(1), "qgis-null.png"), "a port without a mode is drawn, in grey")
port.setSubsetString("")

# A project in three steps, without a host, user or password in it: name a service, add layers, save.
service = os.path.join(os.environ["OUT"], "pg_service.conf")
with open(service, "w") as f:
    os.chmod(service, 0o600)
    f.write("[portext]\n" + "".join(f"{k}={os.environ[v]}\n" for k, v in (
        ("host", "PGHOST"), ("port", "PGPORT"), ("dbname", "PGDATABASE"), ("user", "PGUSER"), ("password", "PGPASSWORD"))))
os.environ["PGSERVICEFILE"] = service
connection = {name: os.environ.pop(name) for name in ("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD")}
project = QgsProject.instance()
for view in ("border", "crossing", "port"):
    uri = QgsDataSourceUri()
    uri.setConnection("portext", "", "", "")  # the service, then database, user, password
    uri.setDataSource("portext", view, "geom", "", f"{view}_id")
    project.addMapLayer(QgsVectorLayer(uri.uri(False), view, "postgres"))
saved = os.path.join(os.environ["OUT"], "service.qgs")
ok(all(x.isValid() for x in project.mapLayers().values()) and project.write(saved), "a project with layers of service=portext is saved")
text = open(saved, encoding="utf-8").read()
ok("service='portext'" in text and not any(connection[k] in text for k in ("PGPASSWORD", "PGPORT"))
   and "user=" not in text and "host=" not in text, "its file has no host, port, user or password")
project.clear()
ok(project.read(saved) and len(project.mapLayers()) == 3 and all(x.isValid() and x.featureCount() > 0 for x in project.mapLayers().values()),
   "and opens again with all layers")
project.clear()
os.environ.update(connection)

# A port digitised by hand: a point and nothing else.
local = open_layer("local_port", "id")
before = local.featureCount()
local.startEditing()
feature = QgsFeature(local.fields())
feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(-106.4, 31.75)))
feature["name"] = "Drawn <by> \"hand\""
for name in ("id", "port_code", "transport"):
    i = local.fields().indexOf(name)
    feature[name] = local.dataProvider().defaultValueClause(i) or None
added = local.addFeature(feature)
committed = local.commitChanges()
ok(added and committed, f"a port drawn by hand is saved {local.commitErrors() if not committed else ''}")
ok(local.featureCount() == before + 1, "and is in local_port")
row = query("SELECT port_code, name, longitude, is_local FROM portext.port WHERE is_local ORDER BY port_id DESC LIMIT 1")[0]
ok(row[1] == "Drawn <by> \"hand\"" and row[2] == -106.4, f"and in the view port, as {row[0]}")
local.startEditing()
drawn = next(f for f in local.getFeatures() if f["name"] == "Drawn <by> \"hand\"")
local.changeAttributeValue(drawn.id(), local.fields().indexOf("mode"), "CC")
ok(local.commitChanges(), "its mode can be edited")
local.startEditing()
local.changeAttributeValue(drawn.id(), local.fields().indexOf("mode"), "XX")
ok(not local.commitChanges(), "a mode that does not exist is refused")
local.rollBack()
local.startEditing()
local.deleteFeature(drawn.id())
ok(local.commitChanges() and local.featureCount() == before, "and it can be deleted")

print(f"1..{tests}")
sys.stdout.flush()
os._exit(1 if failures else 0)  # QGIS may crash while it unloads its providers
