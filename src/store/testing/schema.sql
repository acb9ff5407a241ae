-- What schema there is, in the words of the migrations: the same lines from
-- both engines. Full-text tables, and the generated column that stands in for
-- them on PostgreSQL, are left out.

-- query: schema_lines :many
-- row: line text
SELECT t.name || '.' || c.name || ' ' || c.type ||
       CASE WHEN c.pk > 0 THEN ' key ' || c.pk
            WHEN c."notnull" THEN ' not null' ELSE '' END ||
       coalesce(' default ' || c.dflt_value, '') AS line
  FROM sqlite_schema t, pragma_table_info(t.name) c
 WHERE t.type = 'table' AND t.sql LIKE '%STRICT'
UNION ALL
SELECT t.name || '.' || f."from" || ' references ' || f."table" || '.' ||
       f."to" || CASE f.on_delete WHEN 'CASCADE' THEN ' cascade' ELSE '' END
  FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
 WHERE t.type = 'table' AND t.sql LIKE '%STRICT'
UNION ALL
SELECT t.name || CASE WHEN i."unique" THEN ' unique (' ELSE ' index (' END ||
       (SELECT group_concat(name, ', ')
          FROM (SELECT name FROM pragma_index_info(i.name)
                 ORDER BY seqno)) ||
       ')' || CASE WHEN i.origin = 'c' THEN ' ' || i.name ELSE '' END
  FROM sqlite_schema t, pragma_index_list(t.name) i
 WHERE t.type = 'table' AND t.sql LIKE '%STRICT' AND i.origin <> 'pk'
 ORDER BY line;
-- engine: pg
SELECT t.relname || '.' || c.attname || ' ' ||
       CASE format_type(c.atttypid, c.atttypmod)
            WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT'
            WHEN 'bytea' THEN 'BLOB' ELSE 'UNKNOWN' END ||
       CASE WHEN array_position(k.conkey, c.attnum) IS NOT NULL
            THEN ' key ' || array_position(k.conkey, c.attnum)
            WHEN c.attnotnull THEN ' not null' ELSE '' END ||
       coalesce(' default ' || replace(replace(
           pg_get_expr(d.adbin, d.adrelid), '::text', ''), '::bigint', ''),
           '') COLLATE "C" AS line
  FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
  LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = c.attnum
  LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
 WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r'
   AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
UNION ALL
SELECT t.relname || '.' || c.attname || ' references ' || o.relname || '.' ||
       p.attname || CASE f.confdeltype WHEN 'c' THEN ' cascade' ELSE '' END
  FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid
  JOIN pg_class o ON o.oid = f.confrelid
  JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = f.conkey[1]
  JOIN pg_attribute p ON p.attrelid = o.oid AND p.attnum = f.confkey[1]
 WHERE f.contype = 'f'
   AND t.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT t.relname ||
       CASE WHEN x.indisunique THEN ' unique (' ELSE ' index (' END ||
       (SELECT string_agg(c.attname, ', ' ORDER BY k.n)
          FROM unnest(x.indkey) WITH ORDINALITY AS k (attnum, n)
          JOIN pg_attribute c
            ON c.attrelid = t.oid AND c.attnum = k.attnum) ||
       ')' || CASE WHEN u.oid IS NULL THEN ' ' || i.relname ELSE '' END
  FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am a ON a.oid = i.relam
  LEFT JOIN pg_constraint u ON u.conindid = i.oid AND u.contype = 'u'
 WHERE t.relnamespace = current_schema()::regnamespace
   AND NOT x.indisprimary AND a.amname = 'btree'
 ORDER BY line;
