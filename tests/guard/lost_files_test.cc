// By which ways files of a database are hit: directories, patterns, and programs that write.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/guard/lost_case.h"

namespace composelint::guard {
namespace {

constexpr const char* kData = "/var/lib/postgresql/data";
constexpr const char* kFile = "/var/lib/postgresql/data/PG_VERSION";

std::string by(const std::string& text) {
  return lost(in_db({"sh", "-c", text}));
}

TEST(LostFiles, OfWhicheverDirectoryItMayBe) {
  const std::string data = kData;
  for (const std::string& text :
       Words{"cd " + data + " || cd /tmp; rm -rf *", "cd /nowhere || cd " + data + "; rm -rf *",
             "if [ -d /x ]; then cd " + data + "; else cd /tmp; fi; rm -rf *",
             "cd " + data + "; if [ -d tmp ]; then cd /tmp; fi; rm -rf *",
             "case $1 in a) cd " + data + " ;; esac; rm -rf base",
             "cd /tmp || cd " + data + "; cd base; rm -f *", "env -C " + data + " rm -rf base",
             "env --chdir=" + data + " sh -c 'rm -rf base'",
             "cd " + data + " || exit 1; rm -rf base"}) {
    EXPECT_NE(by(text), "") << text;
  }
  for (const std::string& text :
       Words{"cd /tmp || exit 1; rm -rf *", "cd /tmp || cd /var/tmp; rm -rf *",
             "if [ -d /x ]; then cd " + data + "; ls; fi; cd /tmp; rm -rf *",
             "(cd " + data + " || exit; ls); rm -rf x", "env -C /tmp rm -rf base",
             "env -C " + data + " ls; rm -rf base", "cd " + data + " || cd /tmp; rm -rf /tmp/x"}) {
    EXPECT_EQ(by(text), "") << text;
  }
  EXPECT_NE(lost(in_db({"env", "-C", kData, "rm", "-rf", "base"})), "");
  EXPECT_NE(lost({"exec", "-T", "-w", kData, "db", "sh", "-c",
                  "if [ -d tmp ]; then cd /tmp; fi; rm -rf *"}),
            "");
}

TEST(LostFiles, ThatAPatternNames) {
  for (const char* text :
       {"rm -rf /var/lib/*/data", "rm -rf /var/*/postgresql/data/*",
        "rm -rf /var/lib/post*/data/base", "rm -rf /var/lib/postgres?l/data", "rm -rf /v*",
        "rm -rf /*", "rm -rf /var/lib/{postgresql,mysql}/data", "rm -rf /var/lib/[p]ostgresql/data",
        "cd /var/lib && rm -rf post*", "cd /var/lib/*/data && rm -rf *",
        "rm -f /var/lib/postgresql/data/base/*/1*"}) {
    EXPECT_NE(by(text), "") << text;
  }
  for (const char* text :
       {"rm -rf /tmp/*/data", "rm -rf /var/lib/apt*/lists", "rm -rf /var/cache/*/lists/*",
        "cd /var/lib && rm -rf *.tmp", "rm -f /var/lib/postgresql/data/*.pid",
        "rm -f /dumps/*/old.sql", "ls /var/lib/*/data"}) {
    EXPECT_EQ(by(text), "") << text;
  }
  EXPECT_NE(lost({"exec", "app", "sh", "-c", "rm -f /srv/*/app.db"}), "");
  EXPECT_EQ(lost({"exec", "app", "sh", "-c", "rm -f /srv/*/photo.png"}), "");
  EXPECT_EQ(loss({"exec", "app", "sh", "-c", "rm -rf /srv/upl*"}).what,
            "it removes all that app keeps in /srv/uploads");
  EXPECT_EQ(loss({"exec", "app", "sh", "-c", "rm -rf /srv/uploads/tmp*"}).what, "");
}

TEST(LostFiles, ThatProgramsWriteOver) {
  const std::string data = kData;
  const std::string file = kFile;
  for (const std::string& text :
       Words{"gzip -f " + file, "xz " + file, "wget -O " + file + " http://x/y",
             "wget -P " + data + " http://x/y", "curl -fso" + file + " http://x/y",
             "curl --output " + file + " http://x/y", "curl --output=" + file + " http://x/y",
             "split -b 1M /tmp/x " + data + "/x", "cat /tmp/x | sponge " + file,
             "sort -u /tmp/x -o " + file, "unzip -o /tmp/x.zip -d " + data,
             "cd " + data + " && cpio -id </tmp/x", "fallocate -p -l 1M " + file,
             "openssl enc -aes256 -in /tmp/x -out " + file, "psql -o " + file + " -c 'select 1'",
             "zstd --rm " + file, "shred -u " + file, "truncate -s 0 " + file}) {
    EXPECT_NE(by(text), "") << text;
  }
  for (const std::string& text :
       Words{"gzip -c " + file + " >/tmp/x", "gzip -k " + file, "zstd " + file,
             "curl -fsS http://x/y -o /tmp/x", "split -b 1M " + file,
             "split -b 1M " + file + " /tmp/x", "grep -o " + file, "sort -o /tmp/x " + file,
             "wget -O - http://x/y", "ls -o " + data,
             "find " + data + " -name x -o -path " + data + "/base",
             "tar -cf /tmp/x.tar -O " + data}) {
    EXPECT_EQ(by(text), "") << text;
  }
}

TEST(LostFiles, BehindWhatStandsInFront) {
  for (const Words& call : std::vector<Words>{
           in_db({"nsenter", "-t", "1", "-m", "-u", "rm", "-rf", kData}),
           in_db({"nsenter", "--target", "1", "--all", "--", "sh", "-c", "dropdb app"}),
           in_db({"unshare", "-m", "rm", "-rf", kData}),
           in_db({"setpriv", "--reuid=70", "--clear-groups", "dropdb", "app"}),
           in_db({"chpst", "-u", "postgres", "dropdb", "app"}),
           in_db({"strace", "-f", "-o", "/tmp/x", "dropdb", "app"}),
           {"run", "-v", "/:/host", "app", "chroot", "/host", "rm", "-rf",
            "/var/lib/docker/volumes/shop_data"},
           {"run", "-v", "/:/host", "app", "chroot", "/host", "sh", "-c",
            "cd /var/lib/docker/volumes && rm -rf shop_data"}}) {
    EXPECT_NE(lost(call), "") << call.back();
  }
  for (const Words& call :
       std::vector<Words>{in_db({"nsenter", "-t", "1", "-m", "ls", kData}),
                          in_db({"setpriv", "--dump"}),
                          in_db({"strace", "-p", "1"}),
                          {"run", "-v", "/:/host", "app", "chroot", "/host", "rm", "-rf", "/tmp/x"},
                          in_db({"chroot", "/mnt", "rm", "-rf", kData})}) {
    EXPECT_EQ(lost(call), "") << call.back();
  }
}

TEST(LostFiles, ByAnotherNameForIt) {
  const std::string data = kData;
  for (const std::string& text :
       Words{"alias wipe='rm -rf'\nwipe " + data, "alias d=dropdb; d app",
             "alias q='psql app -c'\nq 'drop table items'", "alias rm='rm -f'\nrm -r " + data,
             "alias rm=echo; rm -rf " + data, "alias q='('; rm -rf " + data,
             "alias q='cat <<E'; rm -rf " + data, "rm -rf /var/lib/*/data/*.conf"}) {
    EXPECT_NE(by(text), "") << text;
  }
  for (const std::string& text :
       Words{"alias ll='ls -l'\nll " + data, "alias wipe='rm -rf " + data + "'\nls /tmp",
             "alias rm='rm -i'\nrm /tmp/x"}) {
    EXPECT_EQ(by(text), "") << text;
  }
}

}  // namespace
}  // namespace composelint::guard
