// A shell script as commands, by the names of the POSIX shell grammar (2.9, 2.10). Values own their
// children; spans point into the file that holds the script, which may be a Makefile or a workflow.
#pragma once

#include <composelint/source.h>
#include <composelint/word.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace composelint {

// NAME=word, NAME+=word, NAME[i]=word, NAME=(word word).
struct Assignment {
  Span span;
  std::string name;
  std::string subscript;  // as written, empty without []
  bool append = false;
  bool array = false;  // elements hold the value
  Word value;          // empty word: NAME=
  std::vector<Word> elements;
};

struct HereDocument {
  Word body;            // literal parts only when the delimiter was quoted
  bool quoted = false;  // nothing is expanded in the body
  std::string delimiter;
};

struct IoRedirect {
  Span span;
  std::string op;  // "<", ">", ">>", "<>", ">|", ">&", "<&", "&>", "&>>", "<<", "<<-", "<<<"
  int fd = -1;     // as written; -1: the operator's default. "&>" stands for 1 and 2
  Word target;     // file name, descriptor number or "-"; of "<<<" the string; empty for "<<"
  std::shared_ptr<const HereDocument> here;  // "<<" and "<<-"
};

// [assignments] word… ; also `export A=b`, `local`, `declare`, `unset`, [[ … ]] and (( … )) whose
// first word is that keyword.
struct SimpleCommand {
  std::vector<Assignment> assignments;  // before the first word; for declarations also the operands
  std::vector<Word> words;
};

struct Pipeline {  // `a |& b` is `a 2>&1 | b`; `! a` alone is a negated pipeline of one command
  std::vector<Command> commands;
  bool negated = false;
};

enum class ListOperator { kAnd, kOr };

struct AndOrList {  // first, then (operator, next) pairs; operators.size() == commands.size() - 1
  std::vector<Command> commands;
  std::vector<ListOperator> operators;
};

struct Group {  // { … } or ( … )
  std::vector<Command> body;
  bool subshell = false;
};

struct IfClause {
  struct Branch {
    std::vector<Command> condition;  // empty: else
    std::vector<Command> body;
  };
  std::vector<Branch> branches;
};

struct LoopClause {  // while, until
  std::vector<Command> condition;
  std::vector<Command> body;
  bool until = false;
};

struct ForClause {  // for, select; for ((…;…;…)) has no name and no words
  std::string name;
  std::vector<Word> words;
  bool over_arguments = false;  // no `in`: "$@"
  std::vector<Command> body;
};

struct CaseClause {
  struct Item {
    std::vector<Word> patterns;
    std::vector<Command> body;
    bool falls_through = false;  // ;& or ;;&
  };
  Word subject;
  std::vector<Item> items;
};

struct FunctionDefinition {
  std::string name;
  std::shared_ptr<const std::vector<Command>> body;
  bool subshell = false;
};

// A region that the parser could not read; its text may still hold anything.
struct Unparsed {};

struct Command {
  Span span;
  std::vector<IoRedirect> redirects;
  bool background = false;  // ends in &
  std::variant<SimpleCommand, Pipeline, AndOrList, Group, IfClause, LoopClause, ForClause,
               CaseClause, FunctionDefinition, Unparsed>
      form;

  template <typename Form>
  [[nodiscard]] const Form* as() const {
    return std::get_if<Form>(&form);
  }
};

struct Comment {
  Span span;              // with '#'
  bool own_line = false;  // nothing but white space before it
};

enum class Dialect { kSh, kBash };  // what the shebang or the host says; bash where nothing does

struct Script {
  const SourceFile* file = nullptr;
  Span span;
  Dialect dialect = Dialect::kBash;
  std::string shebang;  // first line after "#!", trimmed; empty without one
  std::vector<Command> commands;
  std::vector<Comment> comments;
  std::vector<Span> unparsed;  // regions lost to parse errors, for a Notification each
};

}  // namespace composelint
