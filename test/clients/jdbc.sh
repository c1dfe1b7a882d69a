#!/bin/bash
# Every published view and the main functions over pgjdbc.
exec java -cp /usr/share/java/postgresql.jar test/clients/JdbcCheck.java
