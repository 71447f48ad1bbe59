#include "analyzer/calls/read_only_functions.h"

#include <string>

namespace composelint::calls {

namespace {

constexpr std::string_view kFunctions =
    "|abbrev|abs|acos|acosh|adddate|addtime|age|akeys|any_value|approximate_row_count|argmax|"
    "argmin|armor|array_agg|array_append|array_cat|array_dims|array_fill|array_length|"
    "array_lower|array_ndims|array_position|array_positions|array_prepend|array_remove|"
    "array_replace|array_sample|array_shuffle|array_to_json|array_to_string|array_upper|"
    "arrayjoin|ascii|asin|asinh|atan|atan2|atanh|avals|avg|avgif|bin|bin_to_uuid|bit_and|"
    "bit_length|bit_or|bool_and|bool_or|broadcast|btrim|cardinality|cast|cbrt|ceil|ceiling|"
    "char_length|character_length|chr|chunks_detailed_size|clock_timestamp|coalesce|"
    "col_description|concat|concat_ws|connection_id|convert|convert_from|convert_tz|corr|cos|"
    "cosd|cosh|cot|count|count_if|countdistinct|countif|covar_pop|crc32|crypt|cume_dist|curdate|"
    "current_catalog|current_database|current_date|current_query|current_role|current_schema|"
    "current_schemas|current_setting|current_time|current_timestamp|current_user|currentdatabase|"
    "currval|curtime|database|date|date_add|date_bin|date_diff|date_format|date_part|date_sub|"
    "date_trunc|dateadd|datediff|dateof|daterange|datetime|day|dayname|dayofmonth|dayofweek|"
    "dayofyear|decode|degrees|dense_rank|digest|div|dmetaphone|elt|encode|every|exp|export_set|"
    "extract|factorial|family|field|find_in_set|first|first_value|floor|format|format_bytes|"
    "format_pico_time|format_type|formatdatetime|formatreadablequantity|formatreadablesize|"
    "found_rows|from_days|from_unixtime|gcd|gen_random_bytes|gen_random_uuid|gen_salt|"
    "generate_series|generate_subscripts|get_format|greatest|group_concat|"
    "group_replication_get_communication_protocol|grouparray|groupuniqarray|has_column_privilege|"
    "has_database_privilege|has_function_privilege|has_schema_privilege|has_sequence_privilege|"
    "has_table_privilege|hex|hmac|host|hostmask|hostname|hour|hstore|hypertable_approximate_size|"
    "hypertable_detailed_size|hypertable_size|if|ifnull|iif|inet6_aton|inet6_ntoa|inet_aton|"
    "inet_client_addr|inet_client_port|inet_ntoa|inet_same_family|inet_server_addr|"
    "inet_server_port|initcap|instr|int4range|int8range|interpolate|is_uuid|isempty|isfinite|"
    "isnull|json|json_agg|json_array|json_array_elements|json_array_elements_text|"
    "json_array_length|json_arrayagg|json_build_array|json_build_object|json_contains|"
    "json_contains_path|json_depth|json_each|json_each_text|json_extract|json_extract_path|"
    "json_extract_path_text|json_keys|json_length|json_object|json_object_agg|json_object_keys|"
    "json_objectagg|json_overlaps|json_pretty|json_quote|json_search|json_strip_nulls|json_table|"
    "json_to_record|json_to_recordset|json_tree|json_type|json_typeof|json_unquote|json_valid|"
    "json_value|jsonb_agg|jsonb_array_elements|jsonb_array_elements_text|jsonb_array_length|"
    "jsonb_build_array|jsonb_build_object|jsonb_each|jsonb_each_text|jsonb_extract_path|"
    "jsonb_extract_path_text|jsonb_insert|jsonb_object|jsonb_object_agg|jsonb_object_keys|"
    "jsonb_path_exists|jsonb_path_match|jsonb_path_query|jsonb_path_query_array|"
    "jsonb_path_query_first|jsonb_populate_record|jsonb_populate_recordset|jsonb_pretty|"
    "jsonb_set|jsonb_strip_nulls|jsonb_to_record|jsonb_to_recordset|jsonb_typeof|julian|"
    "julianday|justify_days|justify_hours|justify_interval|lag|last|last_day|last_insert_id|"
    "last_insert_rowid|last_value|lastval|lcase|lcm|lead|least|left|length|levenshtein|ln|"
    "localtime|localtimestamp|locf|log|log10|log1p|log2|lower|lower_inf|lpad|ltrim|make_date|"
    "make_interval|make_set|make_time|make_timestamp|make_timestamptz|makedate|maketime|masklen|"
    "max|maxtimeuuid|md5|median|metaphone|microsecond|mid|min|min_scale|mintimeuuid|minute|mod|"
    "mode|month|monthname|netmask|network|normalize|now|nth_value|ntile|nullif|num_nonnulls|"
    "num_nulls|numnode|numrange|obj_description|octet_length|ord|overlay|parse_ident|"
    "percent_rank|percentile_cont|percentile_disc|period_diff|pg_available_extensions|"
    "pg_backend_pid|pg_blocking_pids|pg_char_to_encoding|pg_collation_for|pg_column_size|"
    "pg_conf_load_time|pg_control_checkpoint|pg_control_system|pg_current_logfile|"
    "pg_current_snapshot|pg_current_wal_insert_lsn|pg_current_wal_lsn|pg_current_xact_id|"
    "pg_cursor|pg_database_size|pg_describe_object|pg_encoding_to_char|pg_function_is_visible|"
    "pg_get_backend_memory_contexts|pg_get_constraintdef|pg_get_expr|pg_get_function_arguments|"
    "pg_get_function_identity_arguments|pg_get_function_result|pg_get_functiondef|"
    "pg_get_indexdef|pg_get_keywords|pg_get_partkeydef|pg_get_ruledef|pg_get_serial_sequence|"
    "pg_get_statisticsobjdef|pg_get_triggerdef|pg_get_userbyid|pg_get_viewdef|pg_has_role|"
    "pg_hba_file_rules|pg_index_column_has_property|pg_index_has_property|"
    "pg_indexam_has_property|pg_indexes_size|pg_is_in_backup|pg_is_in_recovery|"
    "pg_is_wal_replay_paused|pg_jit_available|pg_last_committed_xact|pg_last_wal_receive_lsn|"
    "pg_last_wal_replay_lsn|pg_last_xact_replay_timestamp|pg_listening_channels|pg_lock_status|"
    "pg_ls_archive_statusdir|pg_ls_dir|pg_ls_logdir|pg_ls_tmpdir|pg_ls_waldir|pg_my_temp_schema|"
    "pg_opclass_is_visible|pg_options_to_table|pg_partition_ancestors|pg_partition_root|"
    "pg_partition_tree|pg_postmaster_start_time|pg_prepared_xact|pg_read_file|"
    "pg_relation_filenode|pg_relation_filepath|pg_relation_size|pg_safe_snapshot_blocking_pids|"
    "pg_show_all_file_settings|pg_show_all_settings|pg_show_replication_origin_status|"
    "pg_size_bytes|pg_size_pretty|pg_sleep|pg_stat_file|pg_stat_get_activity|"
    "pg_stat_get_backend_activity|pg_stat_get_backend_idset|pg_stat_get_backend_pid|"
    "pg_stat_get_db_conflict_all|pg_stat_get_db_numbackends|pg_stat_get_dead_tuples|"
    "pg_stat_get_last_analyze_time|pg_stat_get_last_autovacuum_time|pg_stat_get_last_vacuum_time|"
    "pg_stat_get_live_tuples|pg_stat_get_numscans|pg_stat_get_progress_info|"
    "pg_stat_get_replication_slot|pg_stat_get_tuples_deleted|pg_stat_get_tuples_inserted|"
    "pg_stat_get_tuples_updated|pg_stat_get_wal_senders|pg_table_is_visible|pg_table_size|"
    "pg_tablespace_location|pg_tablespace_size|pg_timezone_names|pg_total_relation_size|"
    "pg_trigger_depth|pg_type_is_visible|pg_typeof|pg_wal_lsn_diff|pg_walfile_name|"
    "pg_xact_commit_timestamp|phraseto_tsquery|pi|plainto_tsquery|position|postgis_full_version|"
    "postgis_version|pow|power|pragma_database_list|pragma_foreign_key_list|pragma_index_info|"
    "pragma_index_list|pragma_table_info|printf|ps_current_thread_id|quantile|quantiles|quarter|"
    "querytree|quote|quote_ident|quote_literal|quote_nullable|radians|rand|random|range_merge|"
    "rank|regexp_count|regexp_instr|regexp_like|regexp_match|regexp_matches|regexp_replace|"
    "regexp_split_to_array|regexp_split_to_table|regexp_substr|regr_slope|repeat|replace|reverse|"
    "right|round|row_count|row_number|row_security_active|row_to_json|rpad|rtrim|scale|schema|"
    "sec_to_time|second|session_user|set_masklen|setweight|sha1|sha2|sha224|sha256|sha384|sha512|"
    "shobj_description|show_chunks|show_trgm|sign|similarity|sin|sind|sinh|skeys|sleep|soundex|"
    "space|split_part|sqlite_source_id|sqlite_version|sqrt|st_area|st_asbinary|st_asewkt|"
    "st_asgeojson|st_astext|st_buffer|st_centroid|st_contains|st_distance|st_dwithin|st_envelope|"
    "st_extent|st_geogfromtext|st_geometrytype|st_geomfromtext|st_intersection|st_intersects|"
    "st_isvalid|st_isvalidreason|st_length|st_makepoint|st_npoints|st_numpoints|st_perimeter|"
    "st_point|st_setsrid|st_simplify|st_srid|st_transform|st_union|st_within|st_x|st_y|"
    "starts_with|statement_timestamp|std|stddev|stddev_pop|stddev_samp|str_to_date|strcmp|"
    "strftime|strict_word_similarity|string_agg|string_to_array|string_to_table|strip|strpos|"
    "subdate|substr|substring|substring_index|subtime|sum|sumif|svals|sysdate|system_user|tan|"
    "tanh|time|time_bucket|time_bucket_gapfill|time_format|time_to_sec|timediff|timeofday|"
    "timestampadd|timestampdiff|timezone|to_ascii|to_char|to_date|to_days|to_hex|to_json|"
    "to_jsonb|to_number|to_regclass|to_regnamespace|to_regproc|to_regrole|to_regtype|to_seconds|"
    "to_timestamp|to_tsquery|to_tsvector|todate|todatetime|token|tostartofday|tostartofhour|"
    "tostartofminute|tostring|total|totimestamp|tounixtimestamp|toyyyymm|toyyyymmdd|"
    "transaction_timestamp|translate|trim|trim_array|trim_scale|trunc|ts_headline|ts_rank|"
    "ts_rank_cd|tsrange|tstzrange|tsvector_to_array|ttl|txid_current|txid_current_if_assigned|"
    "txid_current_snapshot|typeof|ucase|unaccent|unhex|unicode|uniq|uniqexact|uniqif|"
    "unix_timestamp|unixepoch|unixtimestampof|unnest|upper|upper_inf|user|utc_date|utc_time|"
    "utc_timestamp|uuid|uuid_generate_v1|uuid_generate_v1mc|uuid_generate_v3|uuid_generate_v4|"
    "uuid_generate_v5|uuid_to_bin|var_pop|var_samp|variance|version|websearch_to_tsquery|week|"
    "weekday|weekofyear|weight_string|width_bucket|word_similarity|writetime|xmlagg|xmlconcat|"
    "xmlelement|xmlforest|xmlparse|xmlserialize|xpath|xpath_exists|year|yearweek|";

constexpr std::string_view kBeforeParenthesis =
    "|all|and|any|array|as|bernoulli|between|bigint|binary|bit|buffers|by|case|char|character|"
    "columns|costs|cross|cube|decimal|distinct|double|else|end|except|exists|explain|filter|"
    "float|force|from|full|group|grouping|having|ignore|ilike|in|index|inner|int|integer|"
    "intersect|interval|is|join|key|lateral|left|like|limit|materialized|not|null|numeric|"
    "nvarchar|offset|on|only|or|order|ordinality|outer|over|partition|real|recursive|right|"
    "rollup|row|rows|select|separator|sets|similar|smallint|some|system|table|tables|"
    "tablesample|then|time|timestamp|timestamptz|timetz|tinyint|to|unbounded|union|unsigned|"
    "using|values|varbinary|varbit|varchar|varying|when|where|window|with|within|without|";

constexpr std::string_view kPragmas =
    "|application_id|busy_timeout|cache_size|collation_list|compile_options|data_version|"
    "database_list|encoding|foreign_key_check|foreign_key_list|foreign_keys|freelist_count|"
    "function_list|index_info|index_list|index_xinfo|integrity_check|journal_mode|"
    "max_page_count|mmap_size|page_count|page_size|quick_check|schema_version|synchronous|"
    "table_info|table_list|table_xinfo|user_version|";

constexpr std::string_view kOfAName =
    "|foreign_key_check|foreign_key_list|index_info|index_list|index_xinfo|integrity_check|"
    "quick_check|table_info|table_list|table_xinfo|";

constexpr std::string_view kMongo =
    "|BinData|Boolean|Date|ISODate|Int32|Long|MinKey|Number|NumberDecimal|NumberInt|NumberLong|"
    "ObjectId|RegExp|String|Timestamp|UUID|aggregate|allowDiskUse|batchSize|ceil|collStats|"
    "comment|concat|conf|count|countDocuments|currentOp|dataSize|dbStats|distinct|endsWith|"
    "entries|estimatedDocumentCount|exists|exit|explain|find|findOne|floor|for|getCollection|"
    "getCollectionInfos|getCollectionNames|getDB|getDBNames|getFreeMonitoringStatus|getIndexes|"
    "getIndices|getLastError|getLogComponents|getMongo|getName|getProfilingStatus|"
    "getReplicationInfo|getRole|getRoles|getShardDistribution|getShardVersion|getSiblingDB|"
    "getTime|getTimestamp|getUser|getUsers|hasNext|hello|help|hint|hostInfo|if|includes|indexOf|"
    "isArray|isCapped|isInteger|isMaster|isoformat|itcount|join|keys|latencyStats|length|limit|"
    "listCommands|listIndexes|match|max|min|next|now|objsLeftInBatch|padEnd|padStart|parseFloat|"
    "parseInt|ping|pretty|print|printReplicationInfo|printSecondaryReplicationInfo|"
    "printShardingStatus|printSlaveReplicationInfo|printjson|printjsononeline|projection|quit|"
    "readConcern|readPref|returnKey|round|rs|serverBits|serverBuildInfo|serverCmdLineOpts|"
    "serverStatus|showRecordId|size|skip|slice|sort|split|startsWith|stats|status|storageSize|"
    "stringify|substring|toArray|toFixed|toISOString|toJSON|toLocaleString|toLowerCase|toString|"
    "toUpperCase|tojson|tojsononeline|totalIndexSize|totalSize|trim|values|version|while|";

bool holds(std::string_view list, std::string_view word) {
  return list.find("|" + std::string(word) + "|") != std::string_view::npos;
}

}  // namespace

bool is_read_only_function(std::string_view name) {
  return holds(kFunctions, name);
}

bool may_precede_parenthesis(std::string_view word) {
  return holds(kBeforeParenthesis, word);
}

bool is_reading_pragma(std::string_view name) {
  return holds(kPragmas, name);
}

bool takes_a_name(std::string_view pragma) {
  return holds(kOfAName, pragma);
}

bool is_read_only_mongo(std::string_view name) {
  return holds(kMongo, name);
}

}  // namespace composelint::calls
