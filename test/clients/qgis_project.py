#!/usr/bin/python3
"""Writes $QGIS_PROJECT_FILE, a QGIS project with the layers port, crossing and border, published over WFS."""
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import QgsApplication, QgsDataSourceUri, QgsProject, QgsVectorLayer  # noqa: E402

app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
env = os.environ
for view, kind in (("border", "LineString"), ("crossing", "LineString"), ("port", "Point")):
    uri = QgsDataSourceUri()
    uri.setConnection(env["PGHOST"], env["PGPORT"], env["PGDATABASE"], env["PGUSER"], env["PGPASSWORD"])
    uri.setDataSource("portext", view, "geom", "", f"{view}_id")
    layer = QgsVectorLayer(uri.uri(False), view, "postgres")
    project.addMapLayer(layer)
project.setCrs(layer.crs())
project.writeEntry("WFSLayers", "/", [layer.id() for layer in project.mapLayers().values()])
project.write(env["QGIS_PROJECT_FILE"])
os._exit(0)
