#include "analyzer/compose/short_syntax.h"

#include <gtest/gtest.h>

#include "analyzer/compose/print_json.h"

namespace composelint::compose {
namespace {

std::string shown(const Result<Value>& value) {
  if (!value) return "refused";
  std::string text = print_compact_json(*value).value();
  std::erase(text, '"');
  return text;
}

TEST(ShortSyntax, ReadsMounts) {
  const struct {
    const char* text;
    const char* expected;
  } rows[] = {
      {"data:/d", "{type:volume,source:data,target:/d,volume:{}}"},
      {"./a:/b:ro", "{type:bind,source:./a,target:/b,read_only:true,bind:{create_host_path:true}}"},
      {"/d", "{type:volume,target:/d}"},
      {"/data/", "{type:volume,target:/data/,volume:{}}"},
      {"v:/data", "{type:volume,target:v:/data,volume:{}}"},
      {"c:\\x:/y", "{type:bind,source:c:\\\\x,target:/y,bind:{create_host_path:true}}"},
      {"a/b:/x", "{type:volume,source:a/b,target:/x,volume:{}}"},
      {"~/x:/y:z,rshared",
       "{type:bind,source:~/x,target:/y,bind:{selinux:z,propagation:rshared,"
       "create_host_path:true}}"},
      {"d:/x:nocopy", "{type:bind,source:d:/x,target:nocopy,bind:{create_host_path:true}}"},
      {"data:/x:nocopy", "{type:volume,source:data,target:/x,volume:{nocopy:true}}"},
      {":/x", "refused"},
      {"aa:/b:cc:dd", "refused"},
      {"", "refused"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(shown(parse_mount(Value::of(std::string(row.text)))), row.expected) << row.text;
  }
}

TEST(ShortSyntax, ReadsPorts) {
  const struct {
    const char* text;
    const char* expected;  // target<-published@address/protocol of each
  } rows[] = {
      {"80", "80<-@/tcp "},
      {"8080:80", "80<-8080@/tcp "},
      {"127.0.0.1:8000-8001:80-81/udp", "80<-8000@127.0.0.1/udp 81<-8001@127.0.0.1/udp "},
      {"9-10", "10<-@/tcp 9<-@/tcp "},
      {"8000-8005:80", "80<-8000-8005@/tcp "},
      {"[::1]:1:2", "2<-1@::1/tcp "},
      {"::1:1:2", "refused"},
      {"localhost:1:2", "refused"},
      {"80:x", "refused"},
      {"1-3:1-2", "refused"},
      {"80/icmp", "refused"},
      {"65536", "refused"},
      {"8:", "refused"},
  };
  for (const auto& row : rows) {
    const Result<std::vector<Value>> ports = parse_ports(Value::of(std::string(row.text)));
    std::string got = ports ? "" : "refused";
    for (const Value& port : ports ? *ports : std::vector<Value>()) {
      got += plain_text(*port.find("target")) + "<-" + std::string(port.text_of("published")) +
             "@" + std::string(port.text_of("host_ip")) + "/" +
             std::string(port.text_of("protocol")) + " ";
    }
    EXPECT_EQ(got, row.expected) << row.text;
  }
}

TEST(ShortSyntax, SplitsCommandsAndStopsAtOperators) {
  const struct {
    const char* line;
    std::vector<std::string> expected;
  } rows[] = {
      {"a  b\tc", {"a", "b", "c"}},
      {"a 'b c' \"d \\\" e\" f\\ g", {"a", "b c", "d \" e", "f g"}},
      {"a && b", {"a"}},
      {"a 2>x", {"a"}},
      {"a '' \"\"", {"a", "", ""}},
      {"echo $(date +%s)", {"echo", "$(date +%s)"}},
      {"echo \"#b\" # c", {"echo", "#b", "#", "c"}},
  };
  for (const auto& row : rows) {
    const Result<std::vector<std::string>> split = split_command(row.line);
    ASSERT_TRUE(split) << row.line;
    EXPECT_EQ(*split, row.expected) << row.line;
  }
  for (const char* line : {"a 'b", "a \"b", "(a)", "a \\"}) {
    EXPECT_FALSE(split_command(line)) << line;
  }
}

TEST(ShortSyntax, ReadsDevices) {
  EXPECT_EQ(shown(parse_device(Value::of(std::string("/dev/a")))),
            "{source:/dev/a,target:/dev/a,permissions:rwm}");
  EXPECT_EQ(shown(parse_device(Value::of(std::string("/a:/b:r")))),
            "{source:/a,target:/b,permissions:r}");
  EXPECT_EQ(shown(parse_device(Value::of(std::string("a:b:c:d")))), "refused");
}

}  // namespace
}  // namespace composelint::compose
