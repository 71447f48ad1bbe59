#include "analyzer/calls/read_only_functions.h"

#include <string>

namespace composelint::calls {

namespace {

constexpr std::string_view kFunctions =
    "|abs|acos|adddate|addtime|age|any_value|array_agg|array_append|array_cat|array_dims|"
    "array_length|array_lower|array_ndims|array_position|array_positions|array_prepend|"
    "array_remove|array_replace|array_to_json|array_to_string|array_upper|ascii|asin|atan|"
    "atan2|avg|bin|bit_and|bit_length|bit_or|bool_and|bool_or|btrim|cardinality|cast|ceil|"
    "ceiling|char_length|character_length|chr|clock_timestamp|coalesce|col_description|concat|"
    "concat_ws|connection_id|convert|convert_from|corr|cos|count|count_if|countdistinct|"
    "countif|covar_pop|crc32|cume_dist|curdate|current_catalog|current_database|current_date|"
    "current_query|current_role|current_schema|current_schemas|current_setting|current_time|"
    "current_timestamp|current_user|currval|curtime|database|date|date_add|date_bin|"
    "date_format|date_part|date_sub|date_trunc|datediff|datetime|day|dayname|dayofmonth|"
    "dayofweek|dayofyear|decode|degrees|dense_rank|div|elt|encode|every|exp|extract|field|"
    "find_in_set|first_value|floor|format|format_type|formatreadablequantity|"
    "formatreadablesize|found_rows|from_days|from_unixtime|gcd|gen_random_uuid|generate_series|"
    "generate_subscripts|greatest|group_concat|has_column_privilege|has_database_privilege|"
    "has_function_privilege|has_schema_privilege|has_sequence_privilege|has_table_privilege|"
    "hex|host|hostname|hour|if|ifnull|iif|inet_aton|inet_client_addr|inet_client_port|"
    "inet_ntoa|inet_server_addr|inet_server_port|initcap|instr|isfinite|isnull|json|json_agg|"
    "json_array|json_array_elements|json_array_elements_text|json_array_length|json_arrayagg|"
    "json_build_array|json_build_object|json_contains|json_each|json_each_text|json_extract|"
    "json_extract_path|json_extract_path_text|json_keys|json_length|json_object|"
    "json_object_agg|json_object_keys|json_objectagg|json_pretty|json_quote|json_search|"
    "json_tree|json_type|json_typeof|json_unquote|json_valid|json_value|jsonb_agg|"
    "jsonb_array_elements|jsonb_array_elements_text|jsonb_array_length|jsonb_build_array|"
    "jsonb_build_object|jsonb_each|jsonb_each_text|jsonb_extract_path|jsonb_extract_path_text|"
    "jsonb_object_agg|jsonb_object_keys|jsonb_path_exists|jsonb_path_query|jsonb_pretty|"
    "jsonb_set|jsonb_strip_nulls|jsonb_typeof|julianday|justify_days|justify_hours|"
    "justify_interval|lag|last_day|last_insert_id|last_insert_rowid|last_value|lastval|lcase|"
    "lcm|lead|least|left|length|ln|localtime|localtimestamp|log|log10|log2|lower|lpad|ltrim|"
    "make_date|make_interval|make_time|make_timestamp|make_timestamptz|maketime|max|md5|"
    "microsecond|min|minute|mod|mode|month|monthname|now|nth_value|ntile|nullif|num_nonnulls|"
    "num_nulls|obj_description|octet_length|ord|overlay|percent_rank|percentile_cont|"
    "percentile_disc|period_diff|pg_backend_pid|pg_blocking_pids|pg_column_size|"
    "pg_conf_load_time|pg_control_checkpoint|pg_control_system|pg_current_snapshot|"
    "pg_current_wal_insert_lsn|pg_current_wal_lsn|pg_database_size|pg_describe_object|"
    "pg_encoding_to_char|pg_function_is_visible|pg_get_constraintdef|pg_get_expr|"
    "pg_get_function_arguments|pg_get_function_identity_arguments|pg_get_function_result|"
    "pg_get_functiondef|pg_get_indexdef|pg_get_ruledef|pg_get_serial_sequence|"
    "pg_get_triggerdef|pg_get_userbyid|pg_get_viewdef|pg_has_role|pg_index_column_has_property|"
    "pg_indexes_size|pg_is_in_backup|pg_is_in_recovery|pg_is_wal_replay_paused|"
    "pg_last_committed_xact|pg_last_wal_receive_lsn|pg_last_wal_replay_lsn|"
    "pg_last_xact_replay_timestamp|pg_lock_status|pg_ls_dir|pg_ls_logdir|pg_ls_tmpdir|"
    "pg_ls_waldir|pg_my_temp_schema|pg_postmaster_start_time|pg_read_file|pg_relation_filenode|"
    "pg_relation_filepath|pg_relation_size|pg_show_all_settings|pg_size_bytes|pg_size_pretty|"
    "pg_sleep|pg_stat_file|pg_stat_get_activity|pg_stat_get_db_conflict_all|"
    "pg_stat_get_dead_tuples|pg_stat_get_live_tuples|pg_table_is_visible|pg_table_size|"
    "pg_tablespace_location|pg_tablespace_size|pg_timezone_names|pg_total_relation_size|"
    "pg_type_is_visible|pg_typeof|pg_wal_lsn_diff|pg_walfile_name|pi|position|"
    "postgis_full_version|postgis_version|pow|power|pragma_database_list|"
    "pragma_foreign_key_list|pragma_index_info|pragma_index_list|pragma_table_info|printf|"
    "quarter|quote|quote_ident|quote_literal|quote_nullable|radians|rand|random|rank|"
    "regexp_count|regexp_instr|regexp_like|regexp_match|regexp_matches|regexp_replace|"
    "regexp_split_to_array|regexp_split_to_table|regexp_substr|regr_slope|repeat|replace|"
    "reverse|right|round|row_count|row_number|row_security_active|row_to_json|rpad|rtrim|"
    "schema|sec_to_time|second|session_user|sha1|sha2|sha224|sha256|sha384|sha512|"
    "shobj_description|sign|sin|sleep|soundex|split_part|sqlite_source_id|sqlite_version|sqrt|"
    "st_area|st_asgeojson|st_astext|st_distance|st_srid|st_x|st_y|starts_with|"
    "statement_timestamp|std|stddev|stddev_pop|stddev_samp|str_to_date|strcmp|strftime|"
    "string_agg|string_to_array|string_to_table|strpos|subdate|substr|substring|"
    "substring_index|subtime|sum|sysdate|system_user|tan|time|time_format|time_to_sec|timediff|"
    "timeofday|timestampadd|timestampdiff|timezone|to_char|to_date|to_days|to_hex|to_json|"
    "to_jsonb|to_number|to_regclass|to_regnamespace|to_regproc|to_regrole|to_regtype|"
    "to_seconds|to_timestamp|todate|todatetime|tostring|total|transaction_timestamp|translate|"
    "trim|trunc|txid_current_if_assigned|txid_current_snapshot|typeof|ucase|unhex|unicode|uniq|"
    "uniqexact|unix_timestamp|unixepoch|unnest|upper|user|utc_date|utc_time|utc_timestamp|uuid|"
    "var_pop|var_samp|variance|version|week|weekday|weekofyear|width_bucket|xmlagg|year|"
    "yearweek|";

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
    "|BinData|Boolean|Date|ISODate|Int32|Long|MinKey|NumberDecimal|NumberInt|NumberLong|"
    "ObjectId|RegExp|String|Timestamp|UUID|aggregate|allowDiskUse|batchSize|collStats|comment|"
    "conf|count|countDocuments|currentOp|dataSize|dbStats|distinct|estimatedDocumentCount|"
    "exists|exit|explain|find|findOne|for|getCollection|getCollectionInfos|getCollectionNames|"
    "getDB|getDBNames|getIndexes|getIndices|getMongo|getName|getReplicationInfo|getRole|"
    "getRoles|getShardDistribution|getSiblingDB|getTimestamp|getUser|getUsers|hasNext|hello|"
    "hint|hostInfo|if|isCapped|isMaster|isoformat|itcount|join|keys|latencyStats|limit|match|"
    "max|min|next|objsLeftInBatch|ping|pretty|print|printReplicationInfo|"
    "printSecondaryReplicationInfo|printShardingStatus|printSlaveReplicationInfo|printjson|"
    "printjsononeline|projection|quit|readConcern|readPref|returnKey|rs|serverBuildInfo|"
    "serverCmdLineOpts|serverStatus|showRecordId|size|skip|sort|stats|status|storageSize|"
    "stringify|toArray|toISOString|toJSON|toString|tojson|tojsononeline|totalIndexSize|"
    "totalSize|values|version|while|";

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
