#include "analyzer/knowledge/fact_table.h"
#include "analyzer/knowledge/programs.h"

namespace composelint::knowledge {
namespace {

using enum Effect;
using enum Role;

constexpr Fact kFacts[] = {
    {kRails, "db:seed*|db:fixtures:load|seed*", kImports, "Rails seed", "rails db:seed"},
    {kRails, "searchkick:*|elasticsearch:*|chewy:*|*reindex*", kAdministers, "search index",
     "rake searchkick:reindex:all"},
    {"artisan", "db:seed|*:seed|*:seed*", kImports, "Laravel seed", "php artisan db:seed --force"},
    {"artisan", "scout:*|elastic:*|*:import|*:sync", kImports, "Laravel import",
     "php artisan scout:import App"},
    {"prisma", "db seed", kImports, "Prisma seed", "npx prisma db seed"},
    {"knex", "seed:run", kImports, "Knex seed", "npx knex seed:run"},
    {kSequelize, "db:seed*", kImports, "Sequelize seed", "npx sequelize db:seed:all"},
    {kTypeorm, "seed*", kImports, "TypeORM seed", "typeorm seed"},
    {"ace", "db:seed", kImports, "AdonisJS seed", "node ace db:seed"},
    {"mix", "run ~seed", kImports, "Ecto seeds", "mix run priv/repo/seeds.exs"},
    {"phinx", "seed:run", kImports, "Phinx seed", "vendor/bin/phinx seed:run"},
    {"spark", "db:seed", kImports, "CodeIgniter seed", "php spark db:seed X"},
    {"hasura|hasura-cli", "... seed|seeds apply", kImports, "Hasura seed", "hasura seed apply"},
    {"medusa", "seed", kImports, "Medusa seed", "medusa seed -f x.json"},
    {"superset", "load_examples|load-examples", kImports, "Superset examples",
     "superset load_examples"},
    {kDjango,
     "seed*|populate_*|import_*|*_import|load_*|loaddata_*|create_test_data|generate_*|sync_*|"
     "update_*|fetch_*",
     kImports, "Django import", "manage.py populate_db"},
    {kDjango, "rebuild_*|reindex*|document_index|search_index|update_index|rebuild_index",
     kAdministers, "search index", "manage.py document_index reindex"},
    {"document_index", "", kAdministers, "Paperless index", "document_index reindex"},
    {kSymfony, "*:import*|fos:elastica:populate|app:seed*|*:fixtures:load", kImports,
     "console import", "bin/console fos:elastica:populate"},
    {"strapi", "import", kImports, "Strapi import", "strapi import -f x"},
    {"logstash|elasticdump|multielasticdump", "", kImports, "Elasticsearch copy",
     "elasticdump --input=a --output=b"},
    {"osm2pgsql|imposm|shp2pgsql|ogr2ogr|raster2pgsql|pgloader|pg_bulkload", "", kImports,
     "data load", "pgloader x.load"},
    {"clickhouse-local|bcp|sqlldr|impdp|imp|nodetool-sstableloader|sstableloader|arangoimport|"
     "arangorestore",
     "", kImports, "data load", "impdp system/x full=y"},
};

constexpr auto kKeys = index_programs<count_programs(kFacts)>(kFacts);

}  // namespace

FactTable seed_facts() {
  return {kFacts, kKeys};
}

}  // namespace composelint::knowledge
