#include "analyzer/knowledge/fact_table.h"
#include "analyzer/knowledge/programs.h"

namespace composelint::knowledge {
namespace {

using enum Effect;
using enum Role;

constexpr Fact kFacts[] = {
    {kDjango,
     "createsuperuser|changepassword|create_user|create_superuser|ensure_superuser|ensure_"
     "adminuser|createsuperuserwithpassword|manage_user|create_admin*|create_or_update_*|remove_"
     "2fa|confirm_email|admin_code|drf_create_token|set_password|createcachetable|clear_cache|"
     "clearsessions|invalidate_cachalot|remove_stale_contenttypes|createinitialrevisions",
     kAdministers, "Django administration", "manage.py createsuperuser --noinput"},
    {kDjango,
     "collectstatic|compress|compilemessages|makemessages|compilescss|collectstatic_js_reverse|"
     "tailwind",
     kAdministers, "Django static files", "manage.py collectstatic --noinput"},
    {kDjango, "shell|shell_plus|dbshell", kShell, "Django shell", "manage.py shell", kClient},
    {kDjango, "runserver|runserver_plus|test|rqworker|qcluster|celery", kRuns, "Django server",
     "manage.py runserver"},
    {"createsuperuser|createsuperuser.sh", "", kAdministers, "createsuperuser", "createsuperuser"},
    {"sentry", "createuser|permissions|config|cleanup|queues|repair|organizations", kAdministers,
     "Sentry administration", "sentry createuser"},
    {kRails,
     "assets:*|tmp:*|log:*|cache:*|webpacker:*|i18n:*|secrets:*|credentials:*|gitlab:password:"
     "reset*|gitlab:*",
     kAdministers, "Rails administration", "rails assets:precompile"},
    {kRails, "runner|r", kAdministers, "Rails runner", "rails runner 'User.count'"},
    {kRails, "console|c|dbconsole|db", kShell, "Rails console", "bin/rails console", kClient},
    {kRails, "server|s|jobs:work|spec|test", kRuns, "Rails server", "bin/rails server"},
    {kRails, "users:*|user:*|admin:*|create_admin*|mastodon:*|chatwoot:*", kAdministers,
     "Rails administration", "rake admin:create"},
    {"gitlab-rails", "console|c|dbconsole", kShell, "GitLab console", "gitlab-rails console",
     kClient},
    {"gitlab-rails", "runner", kAdministers, "GitLab runner", "gitlab-rails runner x"},
    {"artisan", "tinker", kShell, "Laravel tinker", "php artisan tinker", kClient},
    {"artisan",
     "make:*user|user:*|*:create-user|*:user|admin:*|passport:*|key:generate|storage:link|vendor:"
     "publish|package:discover|jwt:secret",
     kAdministers, "Laravel administration", "php artisan user:create"},
    {"artisan", "*:cache|*:clear|optimize*|config:*|route:*|view:*|event:*|cache:*", kAdministers,
     "Laravel caches", "php artisan config:cache"},
    // Workers: what limits them (`--time-limit`) makes the restart policy renew them.
    {kSymfony,
     "messenger:consume*|swarrot:consume*|enqueue:consume|enqueue:transport:consume|rabbitmq:"
     "consumer|rabbitmq:multiple-consumer",
     kRuns, "Symfony worker", "bin/console messenger:consume async"},
    {kSymfony,
     "cache:*|assets:*|messenger:*|secrets:*|lexik:jwt:*|user:*|fos:user:*|app:create-admin|app:"
     "user:*|theme:*|dal:refresh:*|es:*",
     kAdministers, "Symfony administration", "bin/console cache:clear"},
    {kSymfony, "doctrine:database:create", kAdministers, "Doctrine database",
     "bin/console doctrine:database:create --if-not-exists"},
    {kSymfony, "doctrine:query:sql|dbal:run-sql ~select", kReads, "Doctrine query",
     "bin/console dbal:run-sql 'SELECT 1'"},
    {kDrupal,
     "cr|cache:rebuild|cache-rebuild|cc|cache:clear|cron|core:cron|uli|user:login|user:create|ucrt|"
     "user:password|upwd|user:role:add|urol|en|pm:enable|pm:install|pmu|pm:uninstall|cset|config:"
     "set|sset|state:set|cex|config:export|locale:*|search-api:*|search-api-*|sapi-*",
     kAdministers, "Drush administration", "drush cr"},
    {kDrupal, "php:cli|php|core:cli", kShell, "Drush shell", "drush php:cli", kClient},
    {kWordPress,
     "user|option|plugin|theme|cache|rewrite|cron|role|config|transient|menu|widget|language|super-"
     "admin",
     kAdministers, "WordPress administration", "wp user create a b"},
    {kWordPress, "db cli|query", kShell, "WordPress SQL shell", "wp db cli", kClient},
    {kWordPress, "shell", kShell, "WordPress shell", "wp shell", kClient},
    {kWordPress, "db optimize|repair|create", kAdministers, "WordPress database repair",
     "wp db optimize"},
    {kWordPress, "core install|multisite-install|download", kAdministers, "WordPress install",
     "wp core install --url=x"},
    {kNextcloud,
     "user:*|group:*|config:*|app:disable|app:remove|files:*|background:*|theming:*|ldap:*|"
     "security:*|maintenance:*|encryption:*|preview:*|trashbin:*|versions:*|log:*|fulltextsearch:*",
     kAdministers, "Nextcloud administration", "occ user:add x"},
    {kMagento,
     "admin:user:*|cache:*|indexer:*|setup:static-content:deploy|setup:di:compile|config:*|deploy:*"
     "|module:*",
     kAdministers, "Magento administration", "bin/magento cache:flush"},
    {"bench",
     "... "
     "set-admin-password|add-user|clear-cache|clear-website-cache|build|set-config|use|setup|"
     "restart",
     kAdministers, "Bench administration", "bench --site x clear-cache"},
    {"bench", "... console|mariadb|postgres|db-console", kShell, "Bench console",
     "bench --site x console", kClient},
    {"superset|flask", "fab create-admin|create-user|reset-password|import-roles", kAdministers,
     "Superset users", "superset fab create-admin"},
    {"flask", "shell", kShell, "Flask shell", "flask shell", kClient},
    {"flask", "run", kRuns, "Flask server", "flask run"},
    {"airflow", "users create|delete|add-role|reset-password|import", kAdministers, "Airflow users",
     "airflow users create -u x"},
    {"airflow", "variables|connections|pools|config set|add|delete|import", kAdministers,
     "Airflow settings", "airflow variables set a b"},
    {"airflow", "dags|tasks trigger|backfill|clear|run|test", kRuns, "Airflow run",
     "airflow dags trigger x"},
    {"tootctl", "... accounts|settings|media|feeds|cache|search|statuses|domains", kAdministers,
     "Mastodon administration", "tootctl accounts create x"},
    {"mmctl|mattermost", "user|team|channel|config|license ...", kAdministers,
     "Mattermost administration", "mmctl user create"},
    {"tctl|temporal", "... users|namespace|operator|n", kAdministers, "cluster administration",
     "tctl users add x"},
    {"kcadm.sh", "", kAdministers, "Keycloak administration", "kcadm.sh create users"},
    {"createuser", "", kAdministers, "createuser", "createuser -U postgres app"},
    {"vacuumdb|reindexdb|clusterdb|mysqlcheck|mariadb-check|pg_repack|analyze_new_cluster.sh", "",
     kAdministers, "database maintenance", "vacuumdb --all"},
    {"pg_ctl|pg_ctlcluster|mysqld|mysqld_safe|postgres|mongod|redis-server", "", kRuns,
     "database server", "pg_ctl -D /d reload"},
    {"mysqladmin|mariadb-admin", "... create|password|flush-*|reload|shutdown|refresh",
     kAdministers, "mysqladmin", "mysqladmin -uroot password x"},
    {"mysql_secure_installation|mysql_tzinfo_to_sql", "", kAdministers, "MySQL set-up",
     "mysql_secure_installation"},
    {"gitea|forgejo", "admin ...", kAdministers, "Gitea administration", "gitea admin user create"},
    {"gitlab-ctl", "set-replication-password|renew-le-certs|registry-garbage-collect", kAdministers,
     "GitLab administration", "gitlab-ctl registry-garbage-collect"},
    {"rabbitmqctl", "", kAdministers, "RabbitMQ administration", "rabbitmqctl add_user a b"},
    {"mc|minio", "mb|admin|policy|anonymous|alias ...", kAdministers, "MinIO administration",
     "mc mb x/y"},
    {"kafka-topics|kafka-topics.sh", "--create|--alter", kAdministers, "Kafka topics",
     "kafka-topics --create --topic x"},
    {"kafka-topics|kafka-topics.sh", "--list|--describe", kReads, "Kafka topics",
     "kafka-topics --list"},
    {"etcdctl", "... put|del|compact|defrag|member", kAdministers, "etcd administration",
     "etcdctl put a b"},
    {"htpasswd|openssl|ssh-keygen|certbot", "", kAdministers, "credentials", "htpasswd -bn a b"},
    {"chown|chmod|chgrp|setfacl|mkdir|touch|ln|install", "", kAdministers, "file administration",
     "chown -R app /data"},
    {"nginx|apachectl|apache2ctl|httpd|caddy|haproxy|traefik", "-t|configtest|validate|-c", kReads,
     "configuration test", "nginx -t"},
    {"nginx|apachectl|apache2ctl|caddy", "-s|graceful|reload", kAdministers, "reload",
     "nginx -s reload"},
    {"composer|npm|yarn|pnpm|pip|pip3|bundle|apt-get|apt|apk|gem|poetry|uv|go|cargo",
     "install|ci|update|upgrade|add|remove|build|require|sync|dump-autoload|lock|cache|version|mod|"
     "get|download|audit",
     kAdministers, "packages", "composer install"},
    // What the image of composer is handed: no dump of data.
    {"dump-autoload|dumpautoload", "", kAdministers, "packages", "dump-autoload -o"},
    {"pytest|phpunit|rspec|jest|tox|nox|vitest|mocha|phpstan|eslint|flake8|mypy|black|ruff|rubocop|"
     "prettier",
     "", kReads, "tests", "pytest -x"},
    {"python|python3|ipython|node|irb|pry|psysh|ruby|php|bpython", "!-c|-e|-r|-m|-p $", kShell,
     "interactive interpreter", "python3", kClient},
    {"bash|sh|ash|zsh|dash|fish", "!-c $", kShell, "interactive shell", "bash -l", kClient},
    {"find", "", kReads, "find", "find . -name x"},
    {"iex|rabbitmqadmin|cypher-shell", "", kShell, "console", "iex -S mix", kClient},
};

constexpr auto kKeys = index_programs<count_programs(kFacts)>(kFacts);

}  // namespace

FactTable administration_facts() {
  return {kFacts, kKeys};
}

}  // namespace composelint::knowledge
