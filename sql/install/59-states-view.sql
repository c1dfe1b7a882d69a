-- The two-step query without its trick: an aggregate that another server or a partition computes whole has the
-- partition key in its GROUP BY. A view of states has it; whoever reads the view merges with rollup.

CREATE FUNCTION create_states_view(view_name text, flows regclass, key name, value name, VARIADIC by name[] DEFAULT '{}') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp	-- not STRICT: NULL is an error
	AS $$
DECLARE
	ident text[];
	wanted name[];
	missing name;
	schema name;
BEGIN
	IF create_states_view.view_name IS NULL OR create_states_view.flows IS NULL OR create_states_view.key IS NULL
			OR create_states_view.value IS NULL OR array_position(COALESCE(create_states_view.by, '{NULL}'), NULL) IS NOT NULL THEN
		RAISE EXCEPTION 'create_states_view needs the names of a view, a table and its columns, none of them NULL' USING ERRCODE = 'null_value_not_allowed';
	END IF;
	BEGIN
		ident := parse_ident(create_states_view.view_name);
	EXCEPTION WHEN invalid_parameter_value THEN NULL;
	END;
	IF COALESCE(cardinality(ident) > 2, true) THEN
		RAISE EXCEPTION 'create_states_view: improper view name "%"', create_states_view.view_name
			USING ERRCODE = 'invalid_name', HINT = 'Give view or schema.view, each in double quotes if it is no plain name.';
	END IF;
	SELECT c INTO missing FROM unnest(create_states_view.by || create_states_view.key || create_states_view.value) WITH ORDINALITY u (c, n)
	WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = create_states_view.flows AND a.attname = u.c AND a.attnum > 0 AND NOT a.attisdropped)
	ORDER BY n LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION '% has no column "%"', create_states_view.flows, missing USING ERRCODE = 'undefined_column';
	ELSIF EXISTS (SELECT FROM pg_partition_tree(create_states_view.flows) t JOIN pg_partitioned_table p ON p.partrelid = t.relid WHERE 0 = ANY (p.partattrs::int2[])) THEN
		RAISE EXCEPTION '% is partitioned by an expression', create_states_view.flows
			USING ERRCODE = 'feature_not_supported', HINT = 'Partition by a column, or write the view yourself with the expression in its GROUP BY.';
	END IF;
	-- The partition keys of every level, then what was asked for.
	wanted := ARRAY(SELECT c FROM (
			SELECT a.attname, t.level, k.n FROM pg_partition_tree(create_states_view.flows) t JOIN pg_partitioned_table p ON p.partrelid = t.relid
				CROSS JOIN LATERAL unnest(p.partattrs::int2[]) WITH ORDINALITY k (attnum, n) JOIN pg_attribute a ON a.attrelid = t.relid AND a.attnum = k.attnum
			UNION ALL SELECT u.c, 1000000, u.n FROM unnest(create_states_view.by) WITH ORDINALITY u (c, n)) x (c, level, n)
		GROUP BY c ORDER BY min(level), min(n));
	IF 'state' = ANY (wanted) THEN
		RAISE EXCEPTION 'create_states_view: column "state" of % has the name of the states', create_states_view.flows
			USING ERRCODE = 'duplicate_column', HINT = 'Rename the column, or write the view yourself with another name for the states.';
	END IF;
	SELECT n.nspname INTO schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = create_states_view.flows;
	EXECUTE format('CREATE VIEW %I.%I AS SELECT %sportext.composition_agg(%I, %I) AS state FROM %s%s',
		CASE cardinality(ident) WHEN 2 THEN ident[1] ELSE schema END, ident[cardinality(ident)],
		(SELECT string_agg(format('%I, ', c), '' ORDER BY n) FROM unnest(wanted) WITH ORDINALITY u (c, n)),
		create_states_view.key, create_states_view.value, create_states_view.flows,
		(SELECT ' GROUP BY ' || string_agg(format('%I', c), ', ' ORDER BY n) FROM unnest(wanted) WITH ORDINALITY u (c, n)));
	IF current_setting('enable_partitionwise_aggregate') = 'off' AND EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = create_states_view.flows) THEN
		RAISE NOTICE 'states are computed partition by partition, and on other servers, only while enable_partitionwise_aggregate is on'
			USING HINT = format('ALTER DATABASE %I SET enable_partitionwise_aggregate = on', current_database());
	END IF;
EXCEPTION WHEN undefined_function OR ambiguous_function THEN
	RAISE EXCEPTION 'columns "%" and "%" of % are no key and value of a composition', create_states_view.key, create_states_view.value, create_states_view.flows
		USING ERRCODE = 'datatype_mismatch', DETAIL = SQLERRM || '.', HINT = 'A key is text, integer or bigint; a value integer, bigint, numeric or double precision.';
END $$;
COMMENT ON FUNCTION create_states_view(text, regclass, name, name, name[]) IS 'creates a view of compositions of a table, one for each partition and each combination of the columns named last, so that partitions and foreign servers compute them whole; read it with rollup(state). A name without a schema stands in the schema of the table. Example: SELECT portext.create_states_view(''public.port_states'', ''portext.local_flow'', ''port_code'', ''value'', ''measure'', ''period_from'')';

REVOKE EXECUTE ON FUNCTION create_states_view(text, regclass, name, name, name[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_states_view(text, regclass, name, name, name[]) TO @extowner@ WITH GRANT OPTION;
