#!/bin/bash
# Every published view and the main functions over pgjdbc.
export PGDATABASE=clients_$(basename "$0" .sh)
exec java -cp /usr/share/java/postgresql.jar test/clients/JdbcCheck.java
