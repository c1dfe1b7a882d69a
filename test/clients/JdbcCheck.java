// JdbcCheck.java -- reads every published view over JDBC the way a BI tool does, and prints TAP.
// Run: java -cp /usr/share/java/postgresql.jar test/clients/JdbcCheck.java  (PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD)

import java.sql.*;
import java.util.*;

public class JdbcCheck {
	static int tests = 0, failures = 0;
	static final Set<Integer> PLAIN = Set.of(Types.INTEGER, Types.BIGINT, Types.SMALLINT, Types.DOUBLE, Types.NUMERIC, Types.VARCHAR,
			Types.BIT, Types.BOOLEAN, Types.DATE, Types.TIMESTAMP);

	static void ok(boolean good, String name) {
		tests++;
		if (!good) failures++;
		System.out.println((good ? "ok " : "not ok ") + tests + " - " + name);
	}

	static Connection open(String path) throws SQLException {
		Map<String, String> env = System.getenv();
		Properties p = new Properties();
		p.setProperty("user", env.get("PGUSER"));
		p.setProperty("password", env.get("PGPASSWORD"));
		if (path != null) p.setProperty("currentSchema", path);
		Connection c = DriverManager.getConnection("jdbc:postgresql://" + env.get("PGHOST") + ":" + env.get("PGPORT") + "/" + env.get("PGDATABASE"), p);
		c.setReadOnly(true);
		return c;
	}

	record Column(String name, int type, String typeName, String remarks) {}

	static Map<String, List<Column>> views(Connection c) throws SQLException {
		Map<String, List<Column>> views = new TreeMap<>();
		DatabaseMetaData meta = c.getMetaData();
		try (ResultSet r = meta.getTables(null, "portext", "%", new String[] {"VIEW"})) {
			while (r.next()) {
				ok(r.getString("REMARKS") != null, "view " + r.getString("TABLE_NAME") + " has a comment that JDBC shows");
				views.put(r.getString("TABLE_NAME"), new ArrayList<>());
			}
		}
		for (String view : views.keySet())
			try (ResultSet r = meta.getColumns(null, "portext", view, "%")) {
				while (r.next())
					views.get(view).add(new Column(r.getString("COLUMN_NAME"), r.getInt("DATA_TYPE"), r.getString("TYPE_NAME"), r.getString("REMARKS")));
			}
		return views;
	}

	static void checkView(Connection c, String view, List<Column> columns) throws SQLException {
		List<String> odd = new ArrayList<>();
		for (Column col : columns)
			if (col.remarks() == null || !(PLAIN.contains(col.type()) || col.typeName().contains("geometry")))
				odd.add(col.name() + " " + col.typeName());
		ok(odd.isEmpty(), view + ": only plain, commented columns" + (odd.isEmpty() ? "" : " but " + odd));
		System.out.println("# " + view + ": " + String.join(", ", columns.stream().map(k -> k.name() + " " + k.typeName()).toList()));

		int first = columns.get(0).type();
		Set<Object> keys = new HashSet<>();
		long rows = 0, bad = 0;
		try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT * FROM portext." + view)) {
			while (r.next()) {
				rows++;
				keys.add(r.getObject(1));
				for (int i = 1; i <= columns.size(); i++) {
					Object value = r.getObject(i);
					if (value instanceof Double d && (d.isNaN() || d.isInfinite())) bad++;
					if (value instanceof java.sql.Array) bad++;
				}
			}
		}
		ok((first == Types.INTEGER || first == Types.BIGINT) && keys.size() == rows && !keys.contains(null),
				view + ": the first column is a unique integer in all " + rows + " rows");
		ok(bad == 0, view + ": no array, NaN or infinity");
		filterLabels(c, view, columns);
	}

	// Every text column takes a bound String, as a dashboard's filter sends it.
	static void filterLabels(Connection c, String view, List<Column> columns) throws SQLException {
		int filtered = 0, wrong = 0;
		for (Column col : columns) {
			if (col.type() != Types.VARCHAR) continue;
			String name = "\"" + col.name() + "\"";
			String value;
			try (Statement s = c.createStatement();
					ResultSet r = s.executeQuery("SELECT " + name + " FROM portext." + view + " WHERE " + name + " IS NOT NULL ORDER BY 1 LIMIT 1")) {
				if (!r.next()) continue;
				value = r.getString(1);
			}
			try (PreparedStatement p = c.prepareStatement("SELECT count(*) FROM portext." + view + " WHERE " + name + " = ? AND " + name + " IN (?, ?)")) {
				for (int i = 1; i <= 3; i++) p.setString(i, value);
				try (ResultSet r = p.executeQuery()) {
					r.next();
					filtered++;
					if (r.getLong(1) < 1) wrong++;
				}
			}
		}
		ok(wrong == 0, view + ": " + filtered + " labels filtered with a bound String");
	}

	interface Binder { void bind(PreparedStatement p) throws SQLException; }

	static void call(Connection c, String sql, String expected, Binder binder) throws SQLException {
		try (PreparedStatement p = c.prepareStatement(sql)) {
			binder.bind(p);
			try (ResultSet r = p.executeQuery()) {
				r.next();
				String got = r.getString(1);
				ok(expected.equals(got), sql + " gives " + expected + (expected.equals(got) ? "" : ", not " + got));
			}
		} catch (SQLException e) {
			ok(false, sql + ": " + e.getMessage());
		}
	}

	static void checkFunctions(Connection c) throws SQLException {
		call(c, "SELECT portext.stage_bucket(?)", "3", p -> p.setInt(1, 1990));
		call(c, "SELECT portext.stage_bucket(?)", "3", p -> p.setLong(1, 1990L));
		call(c, "SELECT portext.stage_bucket(?)", "3", p -> p.setString(1, "1990-05-01"));
		call(c, "SELECT portext.stage_bucket(?)", "3", p -> p.setDate(1, java.sql.Date.valueOf("1990-05-01")));
		call(c, "SELECT portext.stage_bucket(?)", "3", p -> p.setTimestamp(1, Timestamp.valueOf("1990-05-01 12:00:00")));
		call(c, "SELECT portext.stage_bucket(?)", "3", p -> p.setObject(1, java.time.LocalDate.of(1990, 5, 1)));
		call(c, "SELECT portext.mode_can_follow(?, ?)", "t", p -> { p.setString(1, "PP"); p.setString(2, "CPC"); });
		call(c, "SELECT portext.mode_rank(?)", "4", p -> p.setString(1, "CC"));
		call(c, "SELECT portext.classify_mode(?, ?)::text", "CPPC", p -> { p.setString(1, "separate"); p.setString(2, "separate"); });
		call(c, "SELECT portext.hhi(portext.composition_agg(k, v)) FROM (VALUES (?, 1), (?, 1)) t(k, v)", "0.5",
				p -> { p.setString(1, "a"); p.setString(2, "b"); });
		call(c, "SELECT portext.share(portext.composition_agg(country_iso2, value), ?) FROM portext.flow WHERE measure = ?", "1",
				p -> { p.setString(1, "CN"); p.setString(2, "persons"); });
		DatabaseMetaData meta = c.getMetaData();
		int functions = 0, silent = 0;
		try (ResultSet r = meta.getFunctions(null, "portext", "%")) {
			while (r.next()) {
				functions++;
				if (r.getString("REMARKS") == null) silent++;
			}
		}
		ok(functions > 50 && silent == 0, functions + " functions listed, each with its comment");
	}

	static void checkWriting(Connection c) throws SQLException {
		c.setAutoCommit(false);		// the driver begins a READ ONLY transaction
		try (Statement s = c.createStatement()) {
			s.executeUpdate("INSERT INTO portext.local_city (city_code, name, country_iso2, geom) VALUES ('x', 'x', 'US', 'SRID=4326;POINT(0 0)')");
			ok(false, "a read-only connection cannot write");
		} catch (SQLException e) {
			ok("25006".equals(e.getSQLState()), "a read-only connection cannot write: " + e.getSQLState());
		}
		c.rollback();
	}

	public static void main(String[] args) throws SQLException {
		try (Connection c = open(null)) {
			Map<String, List<Column>> views = views(c);
			ok(views.size() > 10, views.size() + " views found");
			for (Map.Entry<String, List<Column>> e : views.entrySet()) checkView(c, e.getKey(), e.getValue());
			checkFunctions(c);
			checkWriting(c);
		}
		// A BI tool may put portext alone on the path.
		try (Connection c = open("portext")) {
			checkFunctions(c);
			for (String view : views(c).keySet())
				try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT * FROM " + view + " LIMIT 1")) {
					ok(true, view + " unqualified, with portext alone on the path");
				}
		}
		System.out.println("1.." + tests);
		System.exit(failures == 0 ? 0 : 1);
	}
}
