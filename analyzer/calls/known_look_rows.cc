#include "analyzer/calls/known_look.h"

namespace composelint::calls {

namespace {

constexpr std::string_view kAny = "-*";

constexpr LookRow kRows[] = {
    // The machine.
    {"locale|nproc|arch|tty|groups|users|w|who|last|lsblk|lscpu|lsmod|vmstat|pstree|pgrep|pidof|"
     "pmap|findmnt|getconf|whereis|tracepath|traceroute",
     "", kAny, "", "", -1},
    {"base64|base32", "", "-d|-D|-i|-w*|--decode|--wrap=*", "", "", -1},
    {"hexdump|hd|nl|tac|rev|paste|comm|join|fold|fmt|sum|sha224sum|sha384sum|"
     "sha512sum|zcmp|zdiff|fgrep|zfgrep|zegrep|bzgrep|xzgrep|expr",
     "", kAny, "", "", -1},
    {"mount", "", "-l|-v|-t", "-t", "", 0},
    {"ip", "a|addr|address|l|link|r|ro|route|n|neigh|rule", "-4|-6|-br|-brief|-j|-o|-s|-c|-d", "",
     "", 0},
    {"ip",
     "a s|addr show|addr list|address show|link show|route show|route list|route get|neigh show|"
     "rule show",
     "-4|-6|-br|-brief|-j|-o|-s|-c|-d", "", "", 2},
    {"ifconfig", "", "-a|-s", "", "", 0},
    {"route|arp", "", "-n|-a|-e|-v", "", "-n|-a", 0},
    {"iptables|ip6tables", "", "-L|-S|-n|-v|-t|-nvL|-nL|-vnL|--line-numbers", "-t",
     "-L|-S|-nvL|-nL|-vnL", 1},
    {"crontab", "", "-l|-u", "-u", "-l", 0},
    {"kill", "", "-0|-l", "", "-0|-l", -1},
    {"zcat|gzcat|bzcat|xzcat|zstdcat|lz4cat", "", "-f|-q|-v|-k", "", "", -1},
    {"gzip|gunzip|pigz|unpigz|bzip2|bunzip2|xz|unxz|zstd|unzstd|lz4", "",
     "-c|-dc|-cd|-d|-k|-f|-q|-v|-l|-t|-tv|-lv|-dcf|--stdout|--decompress|--list|--test", "",
     "-c|-dc|-cd|-dcf|-l|-lv|-t|-tv|--stdout|--list|--test", -1},
    // Packages.
    {"dpkg|dpkg-query", "",
     "-l|-L|-s|-S|-W|-f|--list|--listfiles|--status|--search|--show|--showformat=*|"
     "--get-selections|--print-architecture",
     "-f",
     "-l|-L|-s|-S|-W|--list|--listfiles|--status|--search|--show|--get-selections|"
     "--print-architecture",
     -1},
    {"apt|apt-cache", "list|show|search|policy|depends|rdepends|showpkg",
     "--installed|--upgradable|-a|--all-versions|-q|-qq", "", "", -1},
    {"apk", "info|list|policy|version|dot",
     "-v|-vv|-e|-d|-a|-L|-R|-r|-s|-I|-u|--installed|--upgradable|--all", "", "", -1},
    {"rpm", "", "-q*|--query", "", "-q*|--query", -1},
    {"git",
     "log|status|rev-parse|show|describe|diff|ls-files|ls-tree|shortlog|blame|rev-list|cat-file|"
     "remote -v|remote show|remote get-url|config --get|config --list|stash list|tag -l|tag "
     "--list|symbolic-ref --short",
     "--no-pager|-C|-n|-1|-2|-3|-5|-10|-20|--oneline|--stat|--shortstat|--format=*|--pretty=*|"
     "--pretty|--short*|--abbrev-ref|--abbrev*|--porcelain*|-s|-b|-sb|--all|--tags|--always|"
     "--dirty*|--graph|--decorate*|--name-only|--name-status|--show-toplevel|--verify|-v|-p|"
     "--cached|--staged|--count|--since=*|--until=*|--author=*|--date=*|--get|--list|-l|-t|"
     "--max-count=*|--no-color|--is-inside-work-tree|--git-dir|--exact-match|--long|--first-parent|"
     "--no-merges|--merges|--follow|-u|--untracked-files=*|--ignored|--patch|--reverse",
     "-C|-n", "", -1},
    {"git", "branch|tag|remote", "-a|-r|-v|-vv|-l|--show-current|--list|--all|-C|--no-pager", "-C",
     "", 0},
    {"pip|pip3|pip3.*|pip2", "list|freeze|show|check",
     "--all|--user|--local|-l|--format=*|--outdated|-o|--uptodate|--not-required|-q|-v|--files|-f|"
     "--no-color|--disable-pip-version-check|--exclude-editable|--no-cache-dir",
     "", "", -1},
    {"npm|pnpm", "ls|list|outdated|root|prefix|config list|config get|view|explain|why",
     "--depth=*|--depth|--all|-a|-g|--global|--json|--parseable|--prod|--production|--omit=*|--dev|"
     "--long|-l|--silent|-s|-la",
     "--depth", "", -1},
    {"npm", "audit", "--json|--production|--omit=*|--audit-level=*", "", "", 0},
    {"gem", "list|environment|env|info|outdated|which|contents",
     "--local|-l|--versions|-a|--all|-d|--details|-q|-i|--installed|--no-verbose", "", "", -1},
    {"bundle|bundler", "list|show|info|check|outdated|platform|env|config list|config get",
     "--name-only|--paths|--path|--only-group=*|--without-group=*|--parseable|--strict|--dry-run",
     "", "", -1},
    {"composer|composer.phar",
     "show|info|outdated|licenses|validate|check-platform-reqs|diagnose|audit|why|depends|about",
     "--direct|-D|--latest|-l|--installed|-i|--no-dev|--format=*|-f|--tree|-t|--platform|-p|"
     "--name-only|-N|--no-interaction|-n|--no-ansi|--no-plugins|--no-scripts|-d|--working-dir=*|-q|"
     "--all|--strict|--no-check-all|--no-check-publish|--locked|--self|-s|-v|-vv",
     "-d|-f", "", -1},
    {"go", "version|env", "-json|-m", "", "", -1},
    // Languages and frameworks.
    {"php|php[578]*", "", "-v|-m|-i|--ini|--version|--info|--modules|--ri|--re|--rf|--rc",
     "--ri|--re|--rf|--rc", "-v|-m|-i|--ini|--version|--info|--modules|--ri|--re|--rf|--rc", 0},
    {"php-fpm*", "", "-t|-tt|-v|-i|-m|-y|-c", "-y|-c", "-t|-tt|-v|-i|-m", 0},
    {"artisan",
     "about|list|help|env|migrate:status|route:list|event:list|queue:failed|schedule:list|db:show|"
     "db:table|model:show|config:show|channel:list|horizon:status|horizon:list|horizon:supervisors|"
     "queue:list",
     "--json|--path=*|--except-vendor|--only-vendor|--method=*|--name=*|--sort=*|--env=*|--pending|"
     "--database=*|--no-ansi|--ansi|-v|-vv|-vvv|--no-interaction|-n|--only=*|--counts|--views|"
     "--types|-c|--raw|--format=*|--event=*|-r|--reverse|--compact|--timezone=*|--next",
     "", "", 2},
    {"rails|rake|gitlab-rake", "", "-T|-P|-W|-AT|-TA|--tasks|--version|-V|-v", "",
     "-T|-P|-W|-AT|-TA|--tasks|--version|-V|-v", 0},
    {"rails", "routes|about|stats|notes|middleware|initializers|version",
     "-c|-g|-a|-E|--expanded|--controller=*|--grep=*|--annotations|--unused", "-c|-g|-a", "", 0},
    {"rake|rails|gitlab-rake",
     "routes|about|stats|notes|middleware|db:version|db:migrate:status|zeitwerk:check|db:abort_if_"
     "pending_migrations",
     "--silent|-s|-q|--quiet|--trace", "", "", 0},
    {"manage.py|django-admin|django-admin.py",
     "showmigrations|check|diffsettings|show_urls|version|help|sqlmigrate|inspectdb|findstatic",
     "--plan|--list|-l|-p|--deploy|--all|--format=*|--no-color|--database=*|--tag=*|-v|--verbosity="
     "*|--traceback|--fail-level=*",
     "-v", "", -1},
    {"console",
     "about|list|help|debug:*|lint:*|router:match|messenger:stats|doctrine:migrations:status|"
     "doctrine:migrations:list|doctrine:migrations:up-to-date|doctrine:mapping:info|"
     "doctrine:schema:validate",
     "--env=*|-e|--no-debug|--format=*|-v|-vv|--no-interaction|-n|--no-ansi|--raw|--show-"
     "controllers|--parameters|--skip-sync|--skip-mapping",
     "-e", "", -1},
    // Servers and their tools.
    {"nginx|openresty", "", "-t|-T|-v|-V|-q|-tq|-c", "-c", "-t|-T|-v|-V|-tq", 0},
    {"apachectl|apache2ctl|httpd|apache2", "", "-t|-v|-V|-S|-M|-l", "", "-t|-v|-V|-S|-M|-l", 0},
    {"apachectl|apache2ctl", "configtest", "", "", "", 0},
    {"caddy", "version|list-modules|build-info|validate|adapt",
     "--config|-c|--adapter|-a|--pretty|--packages|--versions", "--config|-c|--adapter|-a", "", 0},
    {"haproxy", "", "-c|-v|-vv|-f|-V|-q", "-f", "-c|-v|-vv", 0},
    {"pg_ctl", "status", "-D", "-D", "", 0},
    {"mysqlshow|mariadb-show", "",
     "-u*|-p*|-h*|-P*|-k|-t|-v|-i|--user=*|--password=*|--host=*|--port=*|--count|--keys|--status",
     "-u|-h|-P", "", 3},
    {"mysqlcheck|mariadb-check", "",
     "--check|-c|--all-databases|-A|--databases|-B|-u*|-p*|-h*|-P*|--user=*|--password=*|--host=*|"
     "--quick|-q|--fast|-F|--medium-check|-m|--silent|-s|--verbose|-v",
     "-u|-h|-P", "--check|-c", -1},
    {"kafka-topics|kafka-topics.sh|kafka-consumer-groups|kafka-consumer-groups.sh|kafka-configs|"
     "kafka-configs.sh|kafka-acls|kafka-acls.sh",
     "",
     "--list|--describe|--bootstrap-server|--bootstrap-server=*|--topic|--topic=*|--group|--group=*"
     "|"
     "--all-groups|--members|--verbose|--state|--offsets|--timeout|--command-config|--entity-type|"
     "--entity-name|--all|--under-replicated-partitions|--unavailable-partitions|--exclude-"
     "internal",
     "--bootstrap-server|--topic|--group|--timeout|--command-config|--entity-type|--entity-name",
     "--list|--describe", 0},
    {"etcdctl",
     "get|version|member list|endpoint health|endpoint status|endpoint hashkv|alarm list|user list|"
     "user get|role list|role get|lease list|lease timetolive|auth status",
     "--endpoints=*|--endpoints|--prefix|--keys-only|--print-value-only|--count-only|--from-key|"
     "--limit=*|--limit|--rev=*|--rev|--consistency=*|--sort-by=*|--order=*|-w|--write-out=*|"
     "--write-out|--cacert=*|--cacert|--cert=*|--cert|--key=*|--key|--user=*|--user|--cluster|"
     "--hex|--insecure-skip-tls-verify|--dial-timeout=*|--command-timeout=*",
     "--endpoints|--limit|--rev|-w|--write-out|--cacert|--cert|--key|--user", "", -1},
    {"consul",
     "members|info|version|kv get|catalog services|catalog nodes|catalog datacenters|operator raft|"
     "validate",
     "-http-addr=*|-token=*|-recurse|-keys|-detailed|-wan|-status=*|-separator=*|-stale", "", "",
     -1},
    {"vault",
     "status|version|secrets list|auth list|policy list|policy read|token lookup|lease lookup",
     "-format=*|-address=*|-tls-skip-verify|-detailed|-field=*", "", "", 1},
    {"rabbitmqadmin", "list|show",
     "-f|-u|-p|-H|-P|-V|-q|-d|--format=*|--username=*|--password=*|--host=*|--port=*|--vhost=*",
     "-f|-u|-p|-H|-P|-V|-d", "", -1},
    {"mc", "ls|stat|du|tree|alias list|admin info|version", "--json|-r|--recursive|--summarize", "",
     "", -1},
    {"openssl", "version", "-a|-v|-d|-b", "", "", 0},
    {"openssl", "x509|crl|req",
     "-in|-inform|-noout|-dates|-enddate|-startdate|-subject|-issuer|-text|-fingerprint|-serial|"
     "-checkend|-ext|-sha1|-sha256|-pubkey|-modulus|-hash|-email|-purpose|-nextupdate|-lastupdate|"
     "-verify|-nameopt",
     "-in|-inform|-checkend|-ext|-nameopt", "-noout", 0},
    {"openssl", "verify", "-CAfile|-CApath|-untrusted|-purpose|-verbose|-partial_chain",
     "-CAfile|-CApath|-untrusted|-purpose", "", -1},
};

}  // namespace

std::span<const LookRow> look_rows() {
  return kRows;
}

}  // namespace composelint::calls
