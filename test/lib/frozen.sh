# Released versions, as they were. Source it.

# install_frozen: lets the private server create version 0.1.0, too, by the script that it installed then.
install_frozen() {
	local script
	script="$CLUSTER/dest$("$PG_CONFIG" --sharedir)/extension/portext--0.1.0.sql"
	xzcat test/client/portext--0.1.0.sql.xz >"$script.$$" && mv "$script.$$" "$script" # tests run side by side
}
